//! Billing addresses.

use serde::{Deserialize, Serialize};

use super::{StateCode, Zip};

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
