//! `GET /payment-intent/{id}`: reads how a charge at a terminal stands.
//!
//! <https://docs.compago.com/payment-intent/create>, read November 2026. The documented answer names **neither amount nor
//! external id**: what is paid must be known from the answer to creating. Should an answer name them all the same, they are
//! read, since they must not differ from what was asked for. `paymentSummary.status` is `SUCCESS` for a charge that was
//! made; other values, and whatever stands beside it, are not documented.

use serde::{Deserialize, Serialize, Serializer};

use super::Status;
use super::create::CreatePaymentIntent;
use crate::api::card;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json::{self, Json};
use crate::value::amount::pesos;
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

/// What a read tells. It serialises to what callers in other languages get ([`crate::by_name`]): that is not what Compago writes, and is
/// not read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Answer", rename_all = "camelCase")]
pub struct IntentReading {
    /// The intent's id, to be compared with the one that was asked for.
    pub id: PaymentIntentId,
    /// The state. An answer without one cannot be read.
    pub status: Status,
    /// Whether its ten minutes have passed.
    pub expired: Option<bool>,
    /// What `paymentSummary.status` says, once a charge was tried.
    #[serde(rename = "paid", serialize_with = "write_is_paid")]
    pub charge: Option<Charge>,
    /// The card, where the answer names it.
    pub card: Card,
    /// The amount; not documented.
    #[serde(skip_serializing)]
    pub amount: Option<Amount>,
    /// The currency's code; not documented.
    #[serde(skip_serializing)]
    pub currency: Option<String>,
    /// The external id; not documented.
    #[serde(skip_serializing)]
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

fn write_is_paid<S: Serializer>(charge: &Option<Charge>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(*charge == Some(Charge::Succeeded))
}

/// The answer as Compago writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    id: PaymentIntentId,
    status: Status,
    expired: Option<bool>,
    #[serde(default)]
    payment_summary: Summary,
    #[serde(default, deserialize_with = "pesos::if_readable")]
    amount: Option<Amount>,
    #[serde(default, deserialize_with = "json::if_readable")]
    currency: Option<String>,
    #[serde(default, deserialize_with = "json::if_readable")]
    external_id: Option<String>,
}

/// `paymentSummary`, of which only that it is an object is documented: anything else means that something was tried.
#[derive(Default, Deserialize)]
#[serde(try_from = "Json")]
struct Summary {
    charge: Option<Charge>,
    card: Card,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SummaryFields {
    status: Option<String>,
    #[serde(default, deserialize_with = "card::if_readable")]
    card_information: Card,
}

impl TryFrom<Json> for Summary {
    type Error = json::Unexpected;

    fn try_from(summary: Json) -> Result<Self, json::Unexpected> {
        if !matches!(summary, Json::Object(_)) {
            return Ok(Self { charge: Some(Charge::Other), card: Card::UNKNOWN });
        }
        let SummaryFields { status, card_information } = summary.read()?;
        let charge = status.map(|status| if status == "SUCCESS" { Charge::Succeeded } else { Charge::Other });
        Ok(Self { charge, card: card_information })
    }
}

impl From<Answer> for IntentReading {
    fn from(answer: Answer) -> Self {
        Self {
            id: answer.id,
            status: answer.status,
            expired: answer.expired,
            charge: answer.payment_summary.charge,
            card: answer.payment_summary.card,
            amount: answer.amount,
            currency: answer.currency,
            external_id: answer.external_id,
        }
    }
}
