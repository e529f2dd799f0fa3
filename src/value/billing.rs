//! The payer of a one-time payment.

use serde::{Deserialize, Serialize};

use super::{Address, Email, PersonName, PhoneNumber};

/// The payer's data in Compago's field names; every field is required
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BillingInformation {
    /// The address for receipts.
    pub email: Email,
    /// Given name.
    pub first_name: PersonName,
    /// Family name or names.
    pub last_name: PersonName,
    /// Telephone number in international format.
    pub phone_number: PhoneNumber,
    /// Billing address.
    pub address: Address,
}
