//! `PATCH /one-time-payment/{id}/cancel`: takes a link back for good.
//!
//! <https://docs.compago.com/one-time-payment/cancel>, read November 2026. Allowed while the payment is pending and its
//! link has not run out. How a refusal looks is not documented, so any refusal may mean that it was just paid: read the
//! payment again before saying anything.

use super::Status;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::value::PaymentId;

/// Cancels the payment with this id. There is no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelOneTimePayment {
    /// The payment's id.
    pub id: PaymentId,
}

impl Endpoint for CancelOneTimePayment {
    type Host = Compago;
    type Answer = Cancellation;

    const NAME: &'static str = "one-time-payment.cancel";
    const METHOD: Method = Method::Patch;

    fn path(&self) -> String {
        format!("/one-time-payment/{}/cancel", self.id)
    }

    fn read(&self, body: &[u8]) -> Result<Cancellation, Unreadable> {
        read_json(body)
    }
}

/// The payment after the call. Of the documented fields only these two are marked as required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// The id of the payment, to be compared with the one that was asked for.
    pub id: PaymentId,
    /// `CANCELLED`, if the answer is what it should be.
    pub status: Status,
}

record_from_json!(Cancellation { id: "id", status: "status" });
