//! `POST /payment-intent`: asks a terminal to charge a card.
//!
//! <https://docs.compago.com/payment-intent/create>, read November 2026. With a terminal code the intent goes to that
//! terminal, and every other pending intent of the terminal is cancelled by Compago; without one any terminal of the
//! organisation may take it. This answer is the only one that ever names external id and amount: the binding is made here.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::endpoint::{Compago, Endpoint, Method, Unreadable, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::{Amount, Currency, ExternalId, PaymentIntentId, TerminalCode};

/// A charge to be made at a terminal.
///
/// Refusals: currency, missing organisation (400), key (401), unknown terminal (404), and one of unknown form for an external
/// id that was used before. A call without an answer may have made the intent; asking again with the same external id cannot
/// make a second one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatePaymentIntent {
    /// What is to be charged.
    #[serde(serialize_with = "pesos::write")]
    pub amount: Amount,
    /// Mexican pesos, the one currency that is taken.
    pub currency: Currency,
    /// Unique within the organisation; every try needs a new one.
    pub external_id: ExternalId,
    /// Which terminal; any of the organisation if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terminal_code: Option<TerminalCode>,
}

impl Endpoint for CreatePaymentIntent {
    type Host = Compago;
    type Answer = CreatedIntent;

    const NAME: &'static str = "payment-intent.create";
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        "/payment-intent".to_owned()
    }

    fn body(&self) -> Option<String> {
        Some(json::to_string(self))
    }

    fn read(&self, body: &[u8]) -> Result<CreatedIntent, Unreadable> {
        read_json(body)
    }
}

/// An intent that was made. The id is all that cannot be done without; what else the answer names must be what was asked for
/// (see [`CreatedIntent::answers`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatedIntent {
    /// The intent's id.
    pub id: PaymentIntentId,
    /// Its state; always `PENDING`, as far as is documented.
    pub status: Option<Status>,
    /// The amount.
    #[serde(default, deserialize_with = "pesos::read_some")]
    pub amount: Option<Amount>,
    /// The currency's code.
    pub currency: Option<String>,
    /// The external id.
    pub external_id: Option<String>,
}

impl CreatedIntent {
    /// Whether it is the intent that was asked for: amount, currency and external id, all of them named and equal.
    pub fn answers(&self, asked: &CreatePaymentIntent) -> bool {
        self.amount == Some(asked.amount)
            && self.currency.as_deref() == Some(asked.currency.as_str())
            && self.external_id.as_deref() == Some(asked.external_id.as_str())
    }
}
