//! `POST /payment-method/{id}/payment`: charges a saved card.
//!
//! <https://docs.compago.com/payment-method/charge>, read November 2026. The call has no idempotency key, so a repeated
//! call is a second charge. **Never repeat it unless
//! [`CallError::did_nothing`](crate::endpoint::CallError::did_nothing) is true**: without an answer, and after 408, 409,
//! 429, 3xx and 5xx, the card may have been charged. A 2xx answer does not mean that the card was charged; the state in
//! it does. Whether an expired card is refused by an HTTP error or by a state is not documented.

use serde::Serialize;

use super::payment::CardPayment;
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::{ChargeAmount, Currency, Description, PaymentMethodId};

/// The charge to make.
///
/// Refusals: card not active, below 1 MXN, currency (400), unknown card (404).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChargePaymentMethod {
    /// The saved card.
    #[serde(skip)]
    pub method: PaymentMethodId,
    /// The amount.
    #[serde(serialize_with = "pesos::write")]
    pub amount: ChargeAmount,
    /// The currency; Compago accepts Mexican pesos only.
    pub currency: Currency,
    /// What the charge is for. No answer contains it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
}

impl Endpoint for ChargePaymentMethod {
    type Host = Compago;
    type Answer = CardPayment;

    const NAME: &'static str = "payment-method.charge";
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("/payment-method/{}/payment", self.method)
    }

    fn body(&self) -> Option<String> {
        Some(json::to_string(self))
    }

    fn read(&self, body: &[u8]) -> Result<CardPayment, DecodeError> {
        read_json(body)
    }
}
