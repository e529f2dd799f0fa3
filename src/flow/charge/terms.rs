//! What is to be charged. None of it changes over a charge's life.

use crate::api::payment_method::charge::ChargePaymentMethod;
use crate::value::{ChargeAmount, Currency, Description, PaymentMethodId, Reference, UnixMillis};

/// What is to be charged, and to whose card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeTerms {
    /// The charge's own name, which follows from the idempotency key of the request.
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
}

record_on_the_wire!(ChargeTerms {
    key: "key",
    method: "method",
    amount: "amount",
    currency: "currency",
    description: "description",
    placed_at: "placedAt",
});

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
