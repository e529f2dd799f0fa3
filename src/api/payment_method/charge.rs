//! `POST /payment-method/{id}/payment`: charges a saved card.
//!
//! <https://docs.compago.com/payment-method/charge>, read November 2026. **Never repeated by itself**: there is no key by which
//! Compago could know a repeated call. A 2xx answer does not mean that the card was charged; its state says that. How a card
//! that has expired is refused, by an HTTP error or by a state, is not said.

use serde::Serialize;

use super::payment::CardPayment;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::{ChargeAmount, Currency, Description, PaymentMethodId};

/// A charge to be made.
///
/// Refusals: not active, below 1 MXN, currency (400), no such method (404).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChargePaymentMethod {
    /// Whose card.
    #[serde(skip)]
    pub method: PaymentMethodId,
    /// How much.
    #[serde(serialize_with = "pesos::write")]
    pub amount: ChargeAmount,
    /// Mexican pesos, the one currency that is taken.
    pub currency: Currency,
    /// What for. No answer repeats it.
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

    fn read(&self, body: &[u8]) -> Result<CardPayment, Unreadable> {
        read_json(body)
    }
}
