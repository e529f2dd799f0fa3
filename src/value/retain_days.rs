//! How long personal data of paid orders is kept.

use core::time::Duration;

use thiserror::Error;

/// How long the personal data of an order that was paid, or that a person has to look at, is kept at most: 1 to 365 whole
/// days.
///
/// ```
/// use compago::value::RetainDays;
///
/// assert_eq!(RetainDays::default().days(), 30);
/// assert_eq!(RetainDays::from_days(1)?.duration().as_secs(), 86_400);
/// assert!(RetainDays::from_days(366).is_err());
/// # Ok::<(), compago::value::RetainDaysError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RetainDays(u32);

bounded_number!(RetainDays: from_days or RetainDaysError, days);

impl RetainDays {
    /// One day.
    pub const MIN: Self = Self(1);

    /// One year.
    pub const MAX: Self = Self(365);

    /// Thirty days.
    pub const DEFAULT: Self = Self(30);

    /// Creates a time from days.
    ///
    /// # Errors
    ///
    /// Outside of [`RetainDays::MIN`] to [`RetainDays::MAX`].
    pub const fn from_days(days: u32) -> Result<Self, RetainDaysError> {
        if days < Self::MIN.0 || days > Self::MAX.0 { Err(RetainDaysError) } else { Ok(Self(days)) }
    }

    /// Returns the time in days.
    #[must_use]
    pub const fn days(self) -> u32 {
        self.0
    }

    /// Returns the time as a [`Duration`].
    #[must_use]
    pub fn duration(self) -> Duration {
        Duration::from_secs(u64::from(self.0) * 24 * 60 * 60)
    }
}

impl Default for RetainDays {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Fewer than 1 or more than 365 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("days are not between 1 and 365")]
pub struct RetainDaysError;
