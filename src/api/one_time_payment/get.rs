//! `GET /one-time-payment/{id}`: reads one payment, in one of two shapes.
//!
//! <https://docs.compago.com/one-time-payment/create>, read November 2026. While the payment is pending and unexpired
//! the answer is full. Afterwards it is limited: **no id, no external id and no amount**, so a `CONFIRMED` proves only
//! that the payment that was asked for is paid, and what that payment is for must be known from before. That the
//! payment is the caller's own is not promised either.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::{Amount, PaymentId, UnixMillis};

/// Reads the payment with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    fn read(&self, body: &[u8]) -> Result<Reading, Unreadable> {
        read_json(body)
    }
}

/// What a read tells. Both shapes fit: what the limited one leaves out is `None`.
///
/// The payer's phone number and the organisation stand in the answer too and are not read at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// The state. An answer without one cannot be read.
    pub status: Status,
    /// Whether the link's time has passed, whatever the state: a confirmed payment may be expired as well.
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
    /// When the link runs out; full shape.
    pub expires_at: Option<UnixMillis>,
    /// The home page that was sent at creation; in both shapes.
    pub homepage_url: Option<String>,
    /// The return URL that was sent at creation; full shape, and `None` as well if it cannot be read.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub redirect_url: Option<String>,
    /// What the payer is shown; full shape. What cannot be read of it is `None`: only people look at it.
    #[serde(default, deserialize_with = "json::if_readable")]
    pub description: Option<String>,
}
