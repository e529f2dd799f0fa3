//! Whose card is saved.

use serde::{Deserialize, Serialize};

use super::{Email, PersonName, PhoneNumber};

/// What Compago asks about the holder of a card that is to be saved: as for a payment, but no address
/// (<https://docs.compago.com/payment-method/save-card>, read November 2026). Every field is required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payer {
    /// Where receipts go.
    pub email: Email,
    /// Given name.
    pub first_name: PersonName,
    /// Family name or names.
    pub last_name: PersonName,
    /// Telephone in international form.
    pub phone_number: PhoneNumber,
}
