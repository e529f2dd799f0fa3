//! Mexican postal codes.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

use super::clean_code;

/// A Mexican postal code: five digits, kept as text because many begin with zero. The text is cleaned like a code
/// ([`clean_code`]). Personal data: `Debug` is redacted.
///
/// ```
/// use compago::value::Zip;
///
/// assert_eq!("03100".parse::<Zip>()?.as_str(), "03100");
/// assert!("3100".parse::<Zip>().is_err());
/// # Ok::<(), compago::value::ZipError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct Zip(String);

impl Zip {
    /// How many digits it has.
    pub const DIGITS: usize = 5;

    /// Returns the five digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Zip {
    type Err = ZipError;

    fn from_str(text: &str) -> Result<Self, ZipError> {
        let digits = clean_code(text);
        if digits.is_empty() {
            return Err(ZipError::Empty);
        }
        if digits.len() != Self::DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ZipError::Format);
        }
        Ok(Self(digits))
    }
}

impl fmt::Display for Zip {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

redacted_debug!(Zip);

/// The reason why a text is not a [`Zip`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ZipError {
    /// No characters.
    #[error("postal code is empty")]
    Empty,
    /// Not five digits.
    #[error("postal code is not five digits")]
    Format,
}
