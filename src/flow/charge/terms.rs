//! What is to be charged. None of it changes over a charge's life.

use serde::{Deserialize, Serialize};

use crate::api::payment_method::charge::ChargePaymentMethod;
use crate::value::{ChargeAmount, Currency, Description, Metadata, PaymentMethodId, Reference, UnixMillis};

/// What is to be charged, and to whose card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChargeTerms {
    /// The reference, derived from the request's idempotency key.
    pub key: Reference,
    /// Whose card.
    pub method: PaymentMethodId,
    /// How much.
    pub amount: ChargeAmount,
    /// Its currency.
    pub currency: Currency,
    /// What for.
    pub description: Option<Description>,
    /// When it was asked for.
    pub placed_at: UnixMillis,
    /// The merchant's own data.
    pub metadata: Metadata,
}

impl ChargeTerms {
    /// The call that charges the card.
    pub fn charge(&self) -> ChargePaymentMethod {
        ChargePaymentMethod {
            method: self.method,
            amount: self.amount,
            currency: self.currency,
            description: self.description.clone(),
        }
    }
}
