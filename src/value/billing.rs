//! The payer of a one-time payment.

use serde::{Deserialize, Serialize};

use super::{Address, Email, PersonName, PhoneNumber};

/// The payer: all that Compago asks for.
///
/// The fields have Compago's names on the wire, and every one is required
/// (<https://docs.compago.com/one-time-payment/create>, read November 2026).
///
/// ```
/// use compago::{json, value::BillingInformation};
///
/// let billing: BillingInformation = json::from_str(
///     r#"{"email":"ana@example.com","firstName":"Ana","lastName":"Ruiz","phoneNumber":"55 1234 0000",
///         "address":{"addressLine":"Calle 5 10","city":"Puebla","state":"PUE","zip":"72000"}}"#,
/// )?;
/// assert_eq!(billing.phone_number.as_str(), "+525512340000");
/// assert!(!format!("{billing:?}").contains("ana"));
/// # Ok::<(), compago::json::JsonError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, bon::Builder)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BillingInformation {
    /// The e-mail address that receives receipts.
    pub email: Email,
    /// Given name.
    pub first_name: PersonName,
    /// Family name or names.
    pub last_name: PersonName,
    /// The telephone number: ten digits of Mexico, or a number with its country code. Spaces, dots, hyphens, slashes, brackets, `tel:` in
    /// front and a trunk prefix `(0)` are accepted, an extension is refused; Compago receives it as `+525512340000`.
    pub phone_number: PhoneNumber,
    /// The billing address, in Mexico.
    pub address: Address,
}
