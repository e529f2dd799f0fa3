//! What a charge at a terminal tells the merchant's backend.

use super::Intent;
use super::stage::{Outcome, ReviewReason, Stage};
use crate::value::{Card, UnixMillis};
use crate::webhook::{Event, EventId, EventKind, IntentOutcome, PaymentIntentData};

/// A pending webhook. Its id is derived from the charge and the event type, so enqueuing it twice produces the same event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<PaymentIntentData>,
}

impl Intent {
    pub(super) fn paid_notice(&self, card: &Card, now: UnixMillis) -> Notice {
        let late = matches!(self.stage, Stage::Closed(_));
        let data = PaymentIntentData { card: Some(card.clone()), late: Some(late), ..self.data() };
        self.notice(EventKind::PaymentIntentPaid, data, now)
    }

    /// Returns the webhook for the end of an unpaid charge. A refused charge has none: the till got the refusal as its answer.
    pub(super) fn closing_notice(&self, outcome: &Outcome, now: UnixMillis) -> Option<Notice> {
        let closed = |outcome| {
            let data = PaymentIntentData { outcome: Some(outcome), ..self.data() };
            Some(self.notice(EventKind::PaymentIntentClosed, data, now))
        };
        match outcome {
            Outcome::Expired => closed(IntentOutcome::Expired),
            Outcome::Cancelled => closed(IntentOutcome::Cancelled),
            Outcome::NeedsReview { reason } => Some(self.review_notice(*reason, now)),
            Outcome::Paid { .. } | Outcome::Refused { .. } => None,
        }
    }

    fn review_notice(&self, reason: ReviewReason, now: UnixMillis) -> Notice {
        let data = PaymentIntentData { reason: Some(reason.code().into()), ..self.data() };
        self.notice(EventKind::PaymentIntentOnHold, data, now)
    }

    fn data(&self) -> PaymentIntentData {
        PaymentIntentData {
            intent: self.id,
            external_id: self.terms.external_id.clone(),
            reference: self.terms.reference.clone(),
            amount: self.terms.amount,
            currency: self.terms.currency,
            terminal_code: self.terms.terminal_code.clone(),
            metadata: self.terms.metadata.clone(),
            card: None,
            late: None,
            outcome: None,
            reason: None,
        }
    }

    fn notice(&self, kind: EventKind, data: PaymentIntentData, now: UnixMillis) -> Notice {
        Notice {
            id: EventId::of(&self.terms.key, kind, 1),
            event: Event { kind, timestamp: now, data, environment: None },
        }
    }
}
