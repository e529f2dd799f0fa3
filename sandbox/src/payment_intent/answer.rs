//! The answers about payment intents, field for field as documented (docs.compago.com/payment-intent/create and its
//! reference, read November 2026). Of `paymentSummary` Compago documents only `status` and its value `SUCCESS`; the
//! other fields are those that Compago's own point-of-sale module reads.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Number;
use uuid::{Uuid, uuid};

use super::card::Card;
use super::{Intent, Payment, Status};
use crate::clock::written;
use crate::settings::{IntentSummary, Settings};

/// The answer of create, the only one with amount and external id.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Created<'a> {
    id: Uuid,
    status: Status,
    amount: Number,
    currency: &'a str,
    external_id: &'a str,
    organization_id: Uuid,
    /// Null if any terminal may take it.
    terminal_id: Option<Uuid>,
    created_at: String,
    updated_at: String,
}

impl<'a> Created<'a> {
    pub(crate) fn new(intent: &'a Intent, settings: &Settings) -> Self {
        let fraction = settings.fraction();
        Self {
            id: intent.id,
            status: intent.status,
            amount: intent.amount.number(),
            currency: &intent.currency,
            external_id: &intent.external_id,
            organization_id: ORGANIZATION_ID,
            terminal_id: intent.terminal.as_ref().map(|terminal| terminal.id),
            created_at: written(intent.created_at, fraction),
            updated_at: written(intent.updated_at, fraction),
        }
    }
}

/// The answer of get.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Details<'a> {
    id: Uuid,
    status: Status,
    expired: bool,
    /// Present if a setting adds them, which is not documented.
    #[serde(flatten)]
    facts: Option<Facts<'a>>,
    /// Absent or null if there is no payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_summary: Option<Option<Summary>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Facts<'a> {
    amount: Number,
    currency: &'a str,
    external_id: &'a str,
}

impl<'a> Details<'a> {
    pub(crate) fn new(intent: &'a Intent, settings: &Settings, now: Timestamp) -> Self {
        let summary = summary(intent, settings);
        Self {
            id: intent.id,
            status: shown_status(intent, settings),
            expired: intent.expired(now),
            facts: settings.intent_facts.then(|| Facts {
                amount: intent.amount.number(),
                currency: &intent.currency,
                external_id: &intent.external_id,
            }),
            payment_summary: (summary.is_some() || settings.null_intent_summary).then_some(summary),
        }
    }
}

/// Returns the summary in the answer of get: none before a payment was tried, or if a setting hides it.
pub(crate) fn summary(intent: &Intent, settings: &Settings) -> Option<Summary> {
    match (&intent.payment, settings.intent_summary) {
        (Some(_), IntentSummary::WithoutSummary) => None,
        (Some(payment), IntentSummary::WithStatus | IntentSummary::BeforeStatus) => {
            Some(Summary { status: "SUCCESS", success: Some(Success::new(payment, settings)) })
        }
        (None, _) if intent.declines > 0 && settings.declined_summary => {
            Some(Summary { status: "DECLINED", success: None })
        }
        (None, _) => None,
    }
}

/// Returns the status in the answer of get: with a setting, a success shows in the summary first.
pub(crate) fn shown_status(intent: &Intent, settings: &Settings) -> Status {
    match (intent.status, settings.intent_summary) {
        (Status::Confirmed, IntentSummary::BeforeStatus) => Status::Pending,
        (status, _) => status,
    }
}

/// The outcome of the last card.
#[derive(Serialize)]
pub(crate) struct Summary {
    status: &'static str,
    #[serde(flatten)]
    success: Option<Success>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Success {
    payment: PaymentPart,
    payment_transaction: TransactionPart,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_information: Option<CardPart>,
}

impl Success {
    fn new(payment: &Payment, settings: &Settings) -> Self {
        Self {
            payment: PaymentPart { id: payment.id, operation_code: payment.operation_code() },
            payment_transaction: TransactionPart { result_code: "00" },
            card_information: settings.intent_card_fields.then(|| CardPart::new(payment.card)),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PaymentPart {
    id: Uuid,
    operation_code: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TransactionPart {
    result_code: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CardPart {
    funding_source: &'static str,
    network_type: &'static str,
    last_four_digits: &'static str,
    issuing_bank: &'static str,
    entry_mode: &'static str,
}

impl CardPart {
    fn new(card: Card) -> Self {
        Self {
            funding_source: card.funding_source(),
            network_type: card.network_type(),
            last_four_digits: card.last_four_digits(),
            issuing_bank: card.issuing_bank(),
            entry_mode: "CONTACTLESS",
        }
    }
}

/// The sandbox's one organisation.
const ORGANIZATION_ID: Uuid = uuid!("5b0c2a4e-7d31-4f60-9a8e-c0de5a4db0c5");
