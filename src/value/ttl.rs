//! Lifetimes of payment links.

use core::time::Duration;

use thiserror::Error;

/// The lifetime of a payment link: 10 to 2,880 whole minutes (<https://docs.compago.com/one-time-payment/create>, read
/// November 2026).
///
/// ```
/// use compago::value::Ttl;
///
/// assert_eq!(Ttl::from_minutes(30)?.millis(), 1_800_000);
/// assert_eq!(Ttl::default().minutes(), 2_880);
/// assert!(Ttl::from_minutes(9).is_err());
/// # Ok::<(), compago::value::TtlError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ttl(u32);

bounded_number!(Ttl: from_minutes or TtlError, minutes);

impl Ttl {
    /// Ten minutes.
    pub const MIN: Self = Self(10);

    /// Two days.
    pub const MAX: Self = Self(2_880);

    /// Two days: Compago's default.
    pub const DEFAULT: Self = Self::MAX;

    /// One hour.
    pub const HOUR: Self = Self(60);

    /// Creates a lifetime from minutes.
    ///
    /// # Errors
    ///
    /// Outside of [`Ttl::MIN`] to [`Ttl::MAX`].
    pub const fn from_minutes(minutes: u32) -> Result<Self, TtlError> {
        if minutes < Self::MIN.0 || minutes > Self::MAX.0 { Err(TtlError) } else { Ok(Self(minutes)) }
    }

    /// Returns the lifetime in minutes.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        self.0
    }

    /// Returns the lifetime in milliseconds.
    #[must_use]
    pub fn millis(self) -> u64 {
        u64::from(self.0) * 60_000
    }

    /// Returns the lifetime as a [`Duration`].
    #[must_use]
    pub fn duration(self) -> Duration {
        Duration::from_millis(self.millis())
    }
}

impl Default for Ttl {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Fewer than 10 or more than 2,880 minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("time to live is not between 10 and 2880 minutes")]
pub struct TtlError;
