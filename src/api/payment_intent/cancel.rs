//! `POST /payment-intent/{id}/cancel`: cancels a charge at a terminal.
//!
//! <https://docs.compago.com/payment-intent/cancel>, read November 2026. Only a pending intent can be cancelled. The
//! call is refused for one that is confirmed or cancelled, so any refusal may mean that it was just paid: read the
//! intent before drawing a conclusion.

use serde::Serialize;

use crate::endpoint::{Compago, DecodeError, Endpoint, Method};
use crate::value::PaymentIntentId;

/// Cancels the intent with this id. The request has no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CancelPaymentIntent {
    /// The intent's id.
    pub id: PaymentIntentId,
}

impl Endpoint for CancelPaymentIntent {
    type Host = Compago;
    type Answer = Acknowledged;

    const NAME: &'static str = "payment-intent.cancel";
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("/payment-intent/{}/cancel", self.id)
    }

    /// Accepts any body. The documented one is an empty object.
    fn read(&self, _body: &[u8]) -> Result<Acknowledged, DecodeError> {
        Ok(Acknowledged {})
    }
}

/// Compago accepted the call. The answer has no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Acknowledged {}
