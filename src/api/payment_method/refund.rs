//! `POST /payment-method/{id}/payment/{paymentId}/refund`: refunds a charge in full.
//!
//! <https://docs.compago.com/payment-method/refund>, read November 2026. Only a confirmed charge can be refunded, and
//! only once: a second call is refused. Repeating a call whose answer was lost can therefore not refund twice.

use serde::Serialize;

use super::payment::CardPayment;
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::json;
use crate::value::{CardPaymentId, Description, PaymentMethodId};

/// The charge to refund.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RefundCardPayment {
    /// The saved card.
    #[serde(skip)]
    pub method: PaymentMethodId,
    /// The charge.
    #[serde(skip)]
    pub id: CardPaymentId,
    /// The reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Description>,
}

impl Endpoint for RefundCardPayment {
    type Host = Compago;
    type Answer = CardPayment;

    const NAME: &'static str = "payment-method.refund";
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("/payment-method/{}/payment/{}/refund", self.method, self.id)
    }

    fn body(&self) -> Option<String> {
        // Whether the body may be omitted is not documented.
        Some(json::to_string(self))
    }

    fn read(&self, body: &[u8]) -> Result<CardPayment, DecodeError> {
        read_json(body)
    }
}
