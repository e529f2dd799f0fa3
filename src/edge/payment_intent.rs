//! A charge at a terminal as our own API takes and shows it, for tills.

use serde::{Deserialize, Serialize};

use super::metadata::read_metadata;
use crate::{
    body::{self, Fields, boolean, code},
    json::Json,
    problem::Problems,
    value::{Amount, Card, Currency, ExternalId, Metadata, PaymentIntentId, SaleReference, TerminalCode, UnixMillis},
};

/// A charge to be made at a terminal.
///
/// The body of `POST /api/pos/payment-intents`. Serialises to what [`PaymentIntentRequest::from_json`] reads.
///
/// ```
/// use compago::{edge::payment_intent::PaymentIntentRequest, json};
///
/// let body = json::parse(r#"{ "amount": "350.50", "terminalCode": "TERM-01", "reference": "mesa-4" }"#)?;
/// let request = PaymentIntentRequest::from_json(&body).unwrap();
/// assert_eq!(request.amount.centavos(), 35_050);
/// assert!(!request.take_over);
///
/// let built = PaymentIntentRequest::builder()
///     .amount("350.50".parse()?)
///     .terminal_code("TERM-01".parse()?)
///     .reference("mesa-4".parse()?)
///     .build();
/// assert_eq!(built, request);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, bon::Builder)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaymentIntentRequest {
    /// The amount to be charged, from 0.01 to 99999999.99 pesos.
    pub amount: Amount,
    /// The terminal; any of the organisation if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terminal_code: Option<TerminalCode>,
    /// The merchant's own name for the sale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<SaleReference>,
    /// Whether a charge that the terminal is waiting for is cancelled in favour of this one.
    #[cfg_attr(test, schemars(default, with = "Option<bool>", extend("default" = false)))]
    #[builder(default)]
    pub take_over: bool,
    /// The merchant's own data about the charge.
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    #[cfg_attr(test, schemars(default))]
    #[builder(default)]
    pub metadata: Metadata,
}

impl PaymentIntentRequest {
    /// Reads a request body.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json) -> Result<Self, Problems> {
        body::read(body, |value, pointer, problems| {
            let mut fields = Fields::new(value, pointer, problems)?;
            let amount = fields.required("amount", body::amount::<Amount>);
            let terminal_code = fields.optional("terminalCode", code::<TerminalCode>);
            let reference = fields.optional("reference", code::<SaleReference>);
            let take_over = fields.optional("takeOver", boolean).unwrap_or_default();
            let metadata = fields.optional_nested("metadata", read_metadata).unwrap_or_default();
            fields.finish();
            Some(Self { amount: amount?, terminal_code, reference, take_over, metadata })
        })
    }
}

/// The status of a charge at a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "PaymentIntentStatus"))]
#[serde(rename_all = "kebab-case")]
pub enum IntentStatus {
    /// The terminal is waiting for a card.
    Waiting,
    /// The card was charged. This is final.
    Paid,
    /// It expired unpaid after ten minutes.
    Expired,
    /// It was cancelled.
    Cancelled,
    /// It is being cancelled. It may have been paid all the same.
    CancelRequested,
    /// Whether it was paid is not known. Look at the terminal before anything is charged again.
    Unknown,
}

/// A charge at a terminal: the answer of every call about one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "PaymentIntent"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct IntentView {
    /// Compago's id of the payment intent; null until Compago has answered with one.
    pub intent: Option<PaymentIntentId>,
    /// Its status.
    pub status: IntentStatus,
    /// The amount to be charged.
    pub amount: Amount,
    /// The currency of the amount.
    pub currency: Currency,
    /// The merchant's own name for the sale.
    pub reference: Option<SaleReference>,
    /// Its external id at Compago.
    pub external_id: ExternalId,
    /// The terminal; null if any can take it.
    pub terminal_code: Option<TerminalCode>,
    /// A link that opens it in Compago's app on the same Android device.
    #[cfg_attr(test, schemars(extend("pattern" = format!("^{}", crate::api::payment_intent::DEEP_LINK))))]
    pub deep_link: Option<String>,
    /// The merchant's own data about the charge.
    pub metadata: Metadata,
    /// When it expires.
    pub expires_at: UnixMillis,
    /// The card, once it was charged and as far as Compago describes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// When the Worker learned that the card was charged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<UnixMillis>,
    /// How many milliseconds to wait before the next request; null once nothing changes by itself.
    pub poll_after_ms: Option<u32>,
    /// A number that grows whenever another field changes.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub version: u32,
}
