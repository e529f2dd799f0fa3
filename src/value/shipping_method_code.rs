//! Names of shipping methods.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

/// The name of a shipping method for programs: 1 to 40 characters of `a-z 0-9 -`.
///
/// ```
/// use compago::value::ShippingMethodCode;
///
/// assert_eq!("home-delivery".parse::<ShippingMethodCode>()?.as_str(), "home-delivery");
/// assert!("Home".parse::<ShippingMethodCode>().is_err());
/// # Ok::<(), compago::value::ShippingMethodCodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct ShippingMethodCode(String);

impl ShippingMethodCode {
    /// The maximum length in characters.
    pub const MAX_CHARS: usize = 40;

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ShippingMethodCode {
    type Err = ShippingMethodCodeError;

    fn from_str(text: &str) -> Result<Self, ShippingMethodCodeError> {
        let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !(1..=Self::MAX_CHARS).contains(&text.len()) || !text.bytes().all(legal) {
            return Err(ShippingMethodCodeError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for ShippingMethodCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Not 1 to 40 lower-case letters, digits and hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a shipping method is not 1 to 40 lower-case letters, digits and hyphens")]
pub struct ShippingMethodCodeError;
