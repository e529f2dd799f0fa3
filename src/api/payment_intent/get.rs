//! `GET /payment-intent/{id}`: reads the state of a charge at a terminal.
//!
//! <https://docs.compago.com/payment-intent/create>, read November 2026. The documented answer contains **neither
//! amount nor external id**, so these must be known from the answer to the create call. If an answer does contain them,
//! they are read, because they must equal what was requested. `paymentSummary.status` is `SUCCESS` for a successful
//! charge. Its other values and the other fields of the summary are not documented.

use serde::{Deserialize, Serialize, Serializer};

use super::Status;
use super::create::CreatePaymentIntent;
use crate::api::card;
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::json::{self, Json};
use crate::value::amount::pesos;
use crate::value::{Amount, Card, PaymentIntentId};

/// Reads the intent with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

    fn read(&self, body: &[u8]) -> Result<IntentReading, DecodeError> {
        read_json(body)
    }
}

/// The state of an intent.
///
/// It serialises to the form that callers in other languages get ([`crate::operations`]), which differs from Compago's
/// and is not read back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Answer", rename_all = "camelCase")]
#[non_exhaustive]
pub struct IntentReading {
    /// The intent's id, to be compared with the requested one.
    pub id: PaymentIntentId,
    /// The state. Required.
    pub status: Status,
    /// Whether its lifetime of ten minutes has passed.
    pub expired: Option<bool>,
    /// The result in `paymentSummary.status`; `None` if no charge was tried yet.
    #[serde(rename = "paid", serialize_with = "write_is_paid")]
    pub charge: Option<Charge>,
    /// The card, if the answer contains it.
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
    /// Returns whether it contains an amount, a currency or an external id other than the requested one.
    pub fn contradicts(&self, asked: &CreatePaymentIntent) -> bool {
        self.amount.is_some_and(|amount| amount != asked.amount)
            || self.currency.as_ref().is_some_and(|code| code != asked.currency.as_str())
            || self.external_id.as_ref().is_some_and(|id| id != asked.external_id.as_str())
    }
}

/// The result of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Charge {
    /// `SUCCESS`: the card was charged.
    Succeeded,
    /// Any other value. None is documented, and none counts as a successful charge.
    Other,
}

fn write_is_paid<S: Serializer>(charge: &Option<Charge>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(*charge == Some(Charge::Succeeded))
}

/// The answer in Compago's format.
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

/// `paymentSummary`. Only that it is an object is documented. Any other value is read as a charge that was tried with
/// an unknown result.
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
    type Error = json::ShapeError;

    fn try_from(summary: Json) -> Result<Self, json::ShapeError> {
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
