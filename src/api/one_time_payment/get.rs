//! `GET /one-time-payment/{id}`: reads one payment, in one of two shapes.
//!
//! <https://docs.compago.com/one-time-payment/create>, read November 2026. While the payment is pending and unexpired
//! the answer is full. Afterwards it is limited: **no id, no external id and no amount**, so a `CONFIRMED` proves only
//! that the payment that was asked for is paid, and what that payment is for must be known from before. That the
//! payment is the caller's own is not promised either.

use super::Status;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json::{FromJson, Json, Unexpected};
use crate::value::amount::Pesos;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The state. An answer without one cannot be read.
    pub status: Status,
    /// Whether the link's time has passed, whatever the state: a confirmed payment may be expired as well.
    pub expired: Option<bool>,
    /// The home page that was sent at creation; in both shapes.
    pub homepage_url: Option<String>,
    /// The payment's id; full shape.
    pub id: Option<String>,
    /// The external id; full shape.
    pub external_id: Option<String>,
    /// The amount; full shape.
    pub amount: Option<Amount>,
    /// The currency's code; full shape.
    pub currency: Option<String>,
    /// When the link runs out; full shape.
    pub expires_at: Option<UnixMillis>,
    /// What the payer is shown; full shape. What cannot be read of it is `None`: only people look at it.
    pub description: Option<String>,
    /// The return URL that was sent at creation; full shape, and `None` as well if it cannot be read.
    pub redirect_url: Option<String>,
}

impl FromJson for Reading {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        Ok(Self {
            status: json.field("status")?,
            expired: json.field("expired")?,
            homepage_url: json.field("homepageUrl")?,
            id: json.field("id")?,
            external_id: json.field("externalId")?,
            amount: json.field::<Option<Pesos>>("amount")?.map(|Pesos(amount)| amount),
            currency: json.field("currency")?,
            expires_at: json.field("expiresAt")?,
            description: json.field("description").ok().flatten(),
            redirect_url: json.field("redirectUrl").ok().flatten(),
        })
    }
}
