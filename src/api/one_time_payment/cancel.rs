//! `PATCH /one-time-payment/{id}/cancel`: cancels a payment link.
//!
//! <https://docs.compago.com/one-time-payment/cancel>, read November 2026. Allowed while the payment is pending and its
//! link has not expired. The format of a refusal is not documented, so any refusal may mean that the payment was just
//! paid: read it before drawing a conclusion.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::redacted::debug_only;
use crate::value::{Amount, PaymentId};

/// Cancels the payment with this id. The request has no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

    fn read(&self, body: &[u8]) -> Result<Cancellation, DecodeError> {
        read_json(body)
    }
}

/// The payment after the call. Only `id` and `status` are documented as required; any other field that cannot be read
/// is `None`, since the cancellation does not depend on it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Cancellation {
    /// The id of the payment, to be compared with the requested one.
    pub id: PaymentId,
    /// The state; `CANCELLED` after a successful call.
    pub status: Status,
    /// The external id.
    #[serde(default, deserialize_with = "json::if_readable", skip_serializing)]
    pub external_id: Option<String>,
    /// The amount.
    #[serde(default, deserialize_with = "pesos::if_readable", skip_serializing)]
    pub amount: Option<Amount>,
    /// The currency's code.
    #[serde(default, deserialize_with = "json::if_readable", skip_serializing)]
    pub currency: Option<String>,
}

debug_only!(Cancellation { id, status, amount, currency });
