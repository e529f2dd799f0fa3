//! Billing addresses.

use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

use super::{StateCode, clean_code};

/// Street, number and further address details: 1 to 200 characters. Personal data: `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressLine(String);

cleaned_text!(AddressLine, 200);
redacted_debug!(AddressLine);

/// A city or municipality: 1 to 80 characters. Personal data: `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct City(String);

cleaned_text!(City, 80);
redacted_debug!(City);

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

/// A billing address in Mexico.
///
/// ```
/// use compago::value::{Address, StateCode};
///
/// let address = Address::builder()
///     .address_line("Calle 5 10".parse()?)
///     .city("Puebla".parse()?)
///     .state(StateCode::Puebla)
///     .zip("72000".parse()?)
///     .build();
/// assert_eq!(address.zip.as_str(), "72000");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, bon::Builder)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// Street and number.
    pub address_line: AddressLine,
    /// City or municipality.
    pub city: City,
    /// State of Mexico, by Compago's code. The ISO 3166-2 code with `MX-` or without, the name, and common abbreviations such as `QRO` or
    /// `N.L.` are accepted as well, in any case.
    pub state: StateCode,
    /// Postal code of five digits.
    pub zip: Zip,
}
