//! What a charge at a terminal tells the merchant's backend.

use serde::{Deserialize, Serialize};

use super::Intent;
use super::stage::{Outcome, ReviewReason, Stage};
use crate::value::{Amount, Card, Currency, ExternalId, PaymentIntentId, SaleReference, TerminalCode, UnixMillis};
use crate::webhook::{Event, EventId, EventKind};

/// A pending webhook. Its id is derived from the charge and the event type, so enqueuing it twice produces the same event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<IntentData>,
}

/// What a webhook reports of a charge at a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "PaymentIntentEventData"))]
#[serde(rename_all = "camelCase")]
pub struct IntentData {
    /// Compago's id of the payment intent; null if it is not known.
    pub intent: Option<PaymentIntentId>,
    /// Its external id at Compago.
    pub external_id: ExternalId,
    /// The merchant's own name for the sale.
    pub reference: Option<SaleReference>,
    /// The amount that was to be charged.
    pub amount: Amount,
    /// The currency of the amount.
    pub currency: Currency,
    /// The terminal; null if any could take it.
    pub terminal_code: Option<TerminalCode>,
    /// The card. `payment-intent.paid` alone has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// Whether an earlier webhook reported it as closed or on hold. `payment-intent.paid` alone has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<bool>,
    /// How it ended. `payment-intent.closed` alone has it.
    #[cfg_attr(test, schemars(extend("enum" = [crate::edge::payment_intent::IntentStatus::Expired, crate::edge::payment_intent::IntentStatus::Cancelled])))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Why a person has to look at it. `payment-intent.on-hold` alone has it.
    #[cfg_attr(test, schemars(with = "super::stage::ReviewReason"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Intent {
    pub(super) fn paid_notice(&self, card: &Card, now: UnixMillis) -> Notice {
        let late = matches!(self.stage, Stage::Closed(_));
        let data = IntentData { card: Some(card.clone()), late: Some(late), ..self.data() };
        self.notice(EventKind::PaymentIntentPaid, data, now)
    }

    /// Returns the webhook for the end of an unpaid charge. A refused charge has none: the till got the refusal as its answer.
    pub(super) fn closing_notice(&self, outcome: &Outcome, now: UnixMillis) -> Option<Notice> {
        let closed = |outcome| {
            let data = IntentData { outcome: Some(outcome), ..self.data() };
            Some(self.notice(EventKind::PaymentIntentClosed, data, now))
        };
        match outcome {
            Outcome::Expired => closed("expired".to_owned()),
            Outcome::Cancelled => closed("cancelled".to_owned()),
            Outcome::NeedsReview { reason } => Some(self.review_notice(*reason, now)),
            Outcome::Paid { .. } | Outcome::Refused { .. } => None,
        }
    }

    fn review_notice(&self, reason: ReviewReason, now: UnixMillis) -> Notice {
        let data = IntentData { reason: Some(reason.code().to_owned()), ..self.data() };
        self.notice(EventKind::PaymentIntentOnHold, data, now)
    }

    fn data(&self) -> IntentData {
        IntentData {
            intent: self.id,
            external_id: self.terms.external_id.clone(),
            reference: self.terms.reference.clone(),
            amount: self.terms.amount,
            currency: self.terms.currency,
            terminal_code: self.terms.terminal_code.clone(),
            card: None,
            late: None,
            outcome: None,
            reason: None,
        }
    }

    fn notice(&self, kind: EventKind, data: IntentData, now: UnixMillis) -> Notice {
        Notice {
            id: EventId::of(&self.terms.key, kind, 1),
            event: Event { kind, timestamp: now, data, environment: None },
        }
    }
}
