//! `POST /payment-intent/{id}/cancel`: takes a charge back from its terminal.
//!
//! <https://docs.compago.com/payment-intent/cancel>, read November 2026. Only a pending intent can be cancelled; one that is
//! confirmed or cancelled is refused, so any refusal may mean that it was just paid: read the intent before saying anything.

use serde::Serialize;

use crate::endpoint::{Compago, Endpoint, Method, Unreadable};
use crate::value::PaymentIntentId;

/// Cancels the intent with this id. There is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// An empty object, as documented; nothing in it could matter.
    fn read(&self, _body: &[u8]) -> Result<Acknowledged, Unreadable> {
        Ok(Acknowledged {})
    }
}

/// Compago took the call: an answer that tells nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Acknowledged {}
