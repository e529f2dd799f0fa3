//! A charge at a terminal as our own API takes and shows it, for tills.

use serde::{Deserialize, Serialize};

use crate::{
    body::{self, Fields, boolean, code},
    json::Json,
    problem::Problem,
    value::{Amount, Card, Currency, ExternalId, PaymentIntentId, SaleReference, TerminalCode, UnixMillis},
};

/// `POST /api/pos/payment-intents`: a charge to be made. Serialises to what [`PaymentIntentRequest::from_json`] reads.
///
/// ```
/// use compago::{edge::payment_intent::PaymentIntentRequest, json};
///
/// let body = json::parse(r#"{ "amount": "350.50", "terminalCode": "TERM-01", "reference": "mesa-4" }"#)?;
/// let request = PaymentIntentRequest::from_json(&body).unwrap();
/// assert_eq!(request.amount.centavos(), 35_050);
/// assert!(!request.take_over);
/// # Ok::<(), compago::json::Malformed>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentIntentRequest {
    /// What the card is to be charged.
    pub amount: Amount,
    /// At which terminal; at any of the organisation if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terminal_code: Option<TerminalCode>,
    /// The merchant's own name for the sale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<SaleReference>,
    /// Whether a charge that is running at the terminal is to be taken back for this one.
    pub take_over: bool,
}

impl PaymentIntentRequest {
    /// Reads a request body.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn from_json(body: &Json) -> Result<Self, Vec<Problem>> {
        body::read(body, |value, pointer, problems| {
            let mut fields = Fields::new(value, pointer, problems)?;
            let amount = fields.required("amount", body::amount::<Amount>);
            let terminal_code = fields.optional("terminalCode", code::<TerminalCode>);
            let reference = fields.optional("reference", code::<SaleReference>);
            let take_over = fields.optional("takeOver", boolean).unwrap_or_default();
            fields.finish();
            Some(Self { amount: amount?, terminal_code, reference, take_over })
        })
    }
}

/// Where a charge stands, in the words of our API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IntentStatus {
    /// The terminal waits for a card.
    Waiting,
    /// The card was charged. Final.
    Paid,
    /// Its ten minutes passed unpaid.
    Expired,
    /// It was cancelled.
    Cancelled,
    /// It is being taken back; it may have been paid all the same.
    CancelRequested,
    /// Whether it was paid is not known: look at the terminal before anything is charged again.
    Unknown,
}

/// What a till shows of a charge: the answer of every call about one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IntentView {
    /// Compago's id, by which it is asked for; none while Compago has not told it.
    pub intent: Option<PaymentIntentId>,
    /// Where it stands.
    pub status: IntentStatus,
    /// What the card is charged.
    pub amount: Amount,
    /// Its currency.
    pub currency: Currency,
    /// The merchant's own name for the sale.
    pub reference: Option<SaleReference>,
    /// What Compago knows it by.
    pub external_id: ExternalId,
    /// The terminal; none if any can take it.
    pub terminal_code: Option<TerminalCode>,
    /// Opens it in Compago's app on the same Android device.
    pub deep_link: Option<String>,
    /// When terminals can no longer take it.
    pub expires_at: UnixMillis,
    /// The card, once it was charged and if it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// When it was learnt that the card was charged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<UnixMillis>,
    /// After how many milliseconds a till should ask again; `null` once nothing changes by itself.
    pub poll_after_ms: Option<u32>,
    /// Grows whenever something of this answer changes.
    pub version: u32,
}
