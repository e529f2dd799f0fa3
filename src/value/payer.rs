//! The holder of a card to be saved.

use serde::{Deserialize, Serialize};

use super::{Email, PersonName, PhoneNumber};

/// The holder of a card that is to be saved.
///
/// Compago asks for the same as for a payment, but for no address (<https://docs.compago.com/payment-method/save-card>, read November
/// 2026). Every field is required.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, bon::Builder)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
pub struct Payer {
    /// The e-mail address that receives receipts.
    pub email: Email,
    /// Given name.
    pub first_name: PersonName,
    /// Family name or names.
    pub last_name: PersonName,
    /// The telephone number: ten digits of Mexico, or a number with its country code.
    pub phone_number: PhoneNumber,
}
