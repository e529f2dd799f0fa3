//! The holder of a card to be saved.

use serde::{Deserialize, Serialize};

use super::{Email, PersonName, PhoneNumber};

/// The card holder's data in Compago's field names: as for a payment, but without an address
/// (<https://docs.compago.com/payment-method/save-card>, read November 2026). Every field is required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payer {
    /// The address for receipts.
    pub email: Email,
    /// Given name.
    pub first_name: PersonName,
    /// Family name or names.
    pub last_name: PersonName,
    /// Telephone number in international format.
    pub phone_number: PhoneNumber,
}
