//! `POST /payment-intent`: requests a charge at a terminal.
//!
//! <https://docs.compago.com/payment-intent/create>, read November 2026. With a terminal code the intent is sent to
//! that terminal, and Compago cancels every other pending intent of the terminal; without one any terminal of the
//! organisation may take it. This is the only documented answer that contains external id and amount, so the binding is
//! proved here.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::endpoint::{Compago, DecodeError, Endpoint, Method, read_json};
use crate::json;
use crate::value::amount::pesos;
use crate::value::{Amount, Currency, ExternalId, PaymentIntentId, TerminalCode};

/// The charge to make at a terminal.
///
/// Refusals: currency, missing organisation (400), key (401), unknown terminal (404), and an undocumented one for an
/// external id that was used before. A call without an answer may have created the intent. Repeating it with the same
/// external id cannot create a second one.
///
/// ```
/// use compago::api::payment_intent::create::CreatePaymentIntent;
///
/// let charge = CreatePaymentIntent::builder()
///     .amount("350.50".parse()?)
///     .external_id("mesa-4".parse()?)
///     .terminal_code("TERM-01".parse()?)
///     .build();
/// assert_eq!(charge.currency.as_str(), "MXN");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, bon::Builder)]
#[serde(rename_all = "camelCase")]
pub struct CreatePaymentIntent {
    /// The amount.
    #[serde(serialize_with = "pesos::write")]
    pub amount: Amount,
    /// The currency; Compago accepts Mexican pesos only.
    #[builder(default)]
    pub currency: Currency,
    /// The merchant's id, unique within the organisation; a new charge needs a new one.
    pub external_id: ExternalId,
    /// The terminal; if `None`, any terminal of the organisation may take the intent.
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

    fn read(&self, body: &[u8]) -> Result<CreatedIntent, DecodeError> {
        read_json(body)
    }
}

/// The created intent. Only the id is required. All other fields must equal what was requested, see
/// [`CreatedIntent::answers`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreatedIntent {
    /// The intent's id.
    pub id: PaymentIntentId,
    /// Its state; documented as always `PENDING`.
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
    /// Returns whether this is the requested intent: amount, currency and external id are present and equal.
    pub fn answers(&self, asked: &CreatePaymentIntent) -> bool {
        self.amount == Some(asked.amount)
            && self.currency.as_deref() == Some(asked.currency.as_str())
            && self.external_id.as_deref() == Some(asked.external_id.as_str())
    }
}
