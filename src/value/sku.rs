//! Stock-keeping units.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

/// A stock-keeping unit, the merchant's id of a product: 1 to 40 characters of `A-Z a-z 0-9 _ -`.
///
/// ```
/// use compago::value::Sku;
///
/// assert_eq!("cafe-chiapas-500".parse::<Sku>()?.as_str(), "cafe-chiapas-500");
/// assert!("café".parse::<Sku>().is_err());
/// # Ok::<(), compago::value::SkuError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct Sku(String);

impl Sku {
    /// The maximum length in characters.
    pub const MAX_CHARS: usize = 40;

    /// Returns the SKU as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Sku {
    type Err = SkuError;

    fn from_str(text: &str) -> Result<Self, SkuError> {
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !(1..=Self::MAX_CHARS).contains(&text.len()) || !text.bytes().all(legal) {
            return Err(SkuError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Not 1 to 40 letters, digits, underscores and hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("sku is not 1 to 40 letters, digits, underscores and hyphens")]
pub struct SkuError;
