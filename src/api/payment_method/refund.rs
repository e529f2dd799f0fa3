//! `POST /payment-method/{id}/payment/{paymentId}/refund`: gives back the whole of a charge.
//!
//! <https://docs.compago.com/payment-method/refund>, read November 2026. Only a confirmed charge can be given back, and only
//! once: a second call is refused. So asking again after a lost answer cannot give back more.

use super::payment::CardPayment;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json::{self, IfSome, Object};
use crate::value::{CardPaymentId, Description, PaymentMethodId};

/// A charge to be given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundCardPayment {
    /// Whose card.
    pub method: PaymentMethodId,
    /// The charge.
    pub id: CardPaymentId,
    /// Why.
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
        Some(json::to_string(&Object(&[("reason", &IfSome(&self.reason))])))
    }

    fn read(&self, body: &[u8]) -> Result<CardPayment, Unreadable> {
        read_json(body)
    }
}
