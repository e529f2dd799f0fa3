//! `POST /payment-method/{id}/payment/{paymentId}/refund`: gives back the whole of a charge.
//!
//! <https://docs.compago.com/payment-method/refund>, read November 2026. Only a confirmed charge can be given back, and only
//! once: a second call is refused. So asking again after a lost answer cannot give back more.

use serde::Serialize;

use super::payment::CardPayment;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json;
use crate::value::{CardPaymentId, Description, PaymentMethodId};

/// A charge to be given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefundCardPayment {
    /// Whose card.
    #[serde(skip)]
    pub method: PaymentMethodId,
    /// The charge.
    #[serde(skip)]
    pub id: CardPaymentId,
    /// Why.
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
        // Whether a body may be missing is not said.
        Some(json::to_string(self))
    }

    fn read(&self, body: &[u8]) -> Result<CardPayment, Unreadable> {
        read_json(body)
    }
}
