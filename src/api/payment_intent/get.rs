//! `GET /payment-intent/{id}`: reads how a charge at a terminal stands.
//!
//! <https://docs.compago.com/payment-intent/create>, read November 2026. The documented answer names **neither amount nor
//! external id**: what is paid must be known from the answer to creating. Should an answer name them all the same, they are
//! read, since they must not differ from what was asked for. `paymentSummary.status` is `SUCCESS` for a charge that was
//! made; other values, and whatever stands beside it, are not documented.

use super::Status;
use super::create::CreatePaymentIntent;
use crate::api::card::read_card;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json::{FromJson, Json, Unexpected};
use crate::value::amount::Pesos;
use crate::value::{Amount, Card, PaymentIntentId};

/// Reads the intent with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetPaymentIntent {
    /// The intent's id.
    pub id: PaymentIntentId,
}

impl Endpoint for GetPaymentIntent {
    type Host = Compago;
    type Answer = IntentReading;

    const NAME: &'static str = "payment-intent.get";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("/payment-intent/{}", self.id)
    }

    fn read(&self, body: &[u8]) -> Result<IntentReading, Unreadable> {
        read_json(body)
    }
}

/// What a read tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentReading {
    /// The intent's id, to be compared with the one that was asked for.
    pub id: PaymentIntentId,
    /// The state. An answer without one cannot be read.
    pub status: Status,
    /// Whether its ten minutes have passed.
    pub expired: Option<bool>,
    /// What `paymentSummary.status` says, once a charge was tried.
    pub charge: Option<Charge>,
    /// The card, where the answer names it.
    pub card: Card,
    /// The amount; not documented.
    pub amount: Option<Amount>,
    /// The currency's code; not documented.
    pub currency: Option<String>,
    /// The external id; not documented.
    pub external_id: Option<String>,
}

impl IntentReading {
    /// Whether it names another amount, currency or external id than was asked for.
    pub fn contradicts(&self, asked: &CreatePaymentIntent) -> bool {
        self.amount.is_some_and(|amount| amount != asked.amount)
            || self.currency.as_ref().is_some_and(|code| code != asked.currency.as_str())
            || self.external_id.as_ref().is_some_and(|id| id != asked.external_id.as_str())
    }
}

/// How a charge went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// `SUCCESS`: the card was charged.
    Succeeded,
    /// Any other text: none is documented, and none means that the card was charged.
    Other,
}

impl FromJson for IntentReading {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        let summary = json.get("paymentSummary")?;
        let charge = match summary {
            Json::Object(_) => summary.field::<Option<String>>("status")?.map(|status| match status.as_str() {
                "SUCCESS" => Charge::Succeeded,
                _ => Charge::Other,
            }),
            Json::Null => None,
            Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => Some(Charge::Other),
        };
        Ok(Self {
            id: json.field("id")?,
            status: json.field("status")?,
            expired: json.field("expired")?,
            charge,
            card: summary.get("cardInformation").map(read_card).unwrap_or_default(),
            amount: json.field::<Option<Pesos>>("amount").ok().flatten().map(|Pesos(amount)| amount),
            currency: json.field("currency").ok().flatten(),
            external_id: json.field("externalId").ok().flatten(),
        })
    }
}
