//! `GET /one-time-payment/{id}`: reads one payment. The answer has one of two shapes.
//!
//! <https://docs.compago.com/one-time-payment/create>, read November 2026. While the payment is pending and not
//! expired, the answer is full. Afterwards it is limited: it has **no id, no external id and no amount**. A `CONFIRMED`
//! then proves only that the requested payment is paid; which order that payment belongs to must have been proved
//! before. Compago does not promise either that the payment belongs to the caller's organisation.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::Status;
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::{Amount, PaymentId, UnixMillis};

/// Reads the payment with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GetOneTimePayment {
    /// The payment's id.
    pub id: PaymentId,
}

impl Endpoint for GetOneTimePayment {
    type Host = Compago;
    type Answer = Reading;

    const NAME: &'static str = "one-time-payment.get";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/one-time-payment/{}", self.id)
    }

    fn read(&self, body: &[u8]) -> Result<Reading, DecodeError> {
        read_json(body)
    }
}

/// The answer, in either shape. Fields that the limited shape does not have are `None`.
///
/// The answer also contains the payer's telephone number and the organisation, which are not read. `Debug` shows
/// no text that another program may have chosen.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Reading {
    /// The state. Required.
    pub status: Status,
    /// Whether the link has expired, in any state: a confirmed payment may be expired as well.
    pub expired: Option<bool>,
    /// The payment's id; full shape.
    pub id: Option<String>,
    /// The external id; full shape.
    pub external_id: Option<String>,
    /// The amount; full shape.
    #[serde(default, deserialize_with = "pesos::read_some")]
    pub amount: Option<Amount>,
    /// The currency's code; full shape.
    pub currency: Option<String>,
    /// When the link expires; full shape.
    pub expires_at: Option<UnixMillis>,
    /// The home page URL that was sent at creation; in both shapes.
    pub homepage_url: Option<String>,
    /// The return URL that was sent at creation; full shape. `None` if it is unreadable.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub redirect_url: Option<String>,
    /// The description that the payer sees; full shape. For display only: `None` if it is unreadable.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub description: Option<String>,
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Reading");
        shown.field("status", &self.status).field("expired", &self.expired).field("amount", &self.amount);
        shown.finish_non_exhaustive()
    }
}
