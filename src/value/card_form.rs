//! Settings of Compago's form for saving a card.

use core::{fmt, str::FromStr, time::Duration};

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

/// The text of the form's button: 1 to 40 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ButtonText(String);

cleaned_text!(ButtonText, 40);

/// The colour of the form's button: `#` and six hexadecimal digits.
///
/// ```
/// use compago::value::ButtonColor;
///
/// assert_eq!("#16a34a".parse::<ButtonColor>()?.to_string(), "#16A34A");
/// assert!("green".parse::<ButtonColor>().is_err());
/// # Ok::<(), compago::value::ButtonColorError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct ButtonColor(u32);

impl FromStr for ButtonColor {
    type Err = ButtonColorError;

    fn from_str(text: &str) -> Result<Self, ButtonColorError> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(ButtonColorError)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ButtonColorError);
        }
        u32::from_str_radix(digits, 16).map(Self).map_err(|_| ButtonColorError)
    }
}

impl fmt::Display for ButtonColor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:06X}", self.0)
    }
}

/// Not `#` and six hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a colour is # and six hexadecimal digits, such as #16A34A")]
pub struct ButtonColorError;

/// The lifetime of the form: 1 to 43,200 whole minutes. Compago documents no maximum
/// (<https://docs.compago.com/payment-method/save-card>, read November 2026); thirty days is the limit of this project.
///
/// ```
/// use compago::value::FormTtl;
///
/// assert_eq!(FormTtl::from_minutes(120)?.minutes(), 120);
/// assert!(FormTtl::from_minutes(0).is_err());
/// # Ok::<(), compago::value::FormTtlError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormTtl(u32);

bounded_number!(FormTtl: from_minutes or FormTtlError, minutes);

impl FormTtl {
    /// One minute.
    pub const MIN: Self = Self(1);

    /// Thirty days.
    pub const MAX: Self = Self(43_200);

    /// Two days: Compago's default.
    pub const DEFAULT: Self = Self(2_880);

    /// Creates a lifetime from minutes.
    ///
    /// # Errors
    ///
    /// Outside of [`FormTtl::MIN`] to [`FormTtl::MAX`].
    pub const fn from_minutes(minutes: u32) -> Result<Self, FormTtlError> {
        if minutes < Self::MIN.0 || minutes > Self::MAX.0 { Err(FormTtlError) } else { Ok(Self(minutes)) }
    }

    /// Returns the lifetime in minutes.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        self.0
    }

    /// Returns the lifetime as a [`Duration`].
    #[must_use]
    pub fn duration(self) -> Duration {
        Duration::from_secs(u64::from(self.0) * 60)
    }
}

/// Fewer than 1 or more than 43,200 minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("time to live is not between 1 and 43200 minutes")]
pub struct FormTtlError;
