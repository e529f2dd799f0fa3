//! `GET /one-time-payment/{id}`: reads one payment, in one of two shapes.
//!
//! <https://docs.compago.com/one-time-payment/create>, read November 2026. While the payment is pending and unexpired
//! the answer is full. Afterwards it is limited: **no id, no external id and no amount**, so a `CONFIRMED` proves only
//! that the payment that was asked for is paid, and what that payment is for must be known from before. That the
//! payment is the caller's own is not promised either.

use serde::{Deserialize, Deserializer};

use super::Status;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// The state. An answer without one cannot be read.
    pub status: Status,
    /// Whether the link's time has passed, whatever the state: a confirmed payment may be expired as well.
    #[serde(default)]
    pub expired: Option<bool>,
    /// The home page that was sent at creation; in both shapes.
    #[serde(default)]
    pub homepage_url: Option<String>,
    /// The payment's id; full shape.
    #[serde(default)]
    pub id: Option<String>,
    /// The external id; full shape.
    #[serde(default)]
    pub external_id: Option<String>,
    /// The amount; full shape.
    #[serde(default, deserialize_with = "optional_pesos")]
    pub amount: Option<Amount>,
    /// The currency's code; full shape.
    #[serde(default)]
    pub currency: Option<String>,
    /// When the link runs out; full shape.
    #[serde(default)]
    pub expires_at: Option<UnixMillis>,
}

fn optional_pesos<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Amount>, D::Error> {
    #[derive(Deserialize)]
    struct Pesos(#[serde(with = "pesos")] Amount);
    Ok(Option::<Pesos>::deserialize(deserializer)?.map(|Pesos(amount)| amount))
}
