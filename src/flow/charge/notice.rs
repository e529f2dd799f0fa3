//! The webhooks of a charge of a saved card.

use super::Charge;
use super::stage::ReviewReason;
use crate::value::UnixMillis;
use crate::webhook::{CardPaymentData, Event, EventId, EventKind};

/// A pending webhook. Its id is derived from the charge and the event type, so enqueuing it twice produces the same event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<CardPaymentData>,
}

impl Charge {
    pub(super) fn confirmed_notice(&self, now: UnixMillis) -> Notice {
        self.notice(EventKind::PaymentConfirmed, None, now)
    }

    pub(super) fn review_notice(&self, reason: ReviewReason, now: UnixMillis) -> Notice {
        self.notice(EventKind::PaymentOnHold, Some(reason.code()), now)
    }

    fn notice(&self, kind: EventKind, reason: Option<&'static str>, now: UnixMillis) -> Notice {
        let data = CardPaymentData {
            payment_method: self.terms.method,
            payment: self.id,
            reference: self.terms.key,
            amount: Some(self.terms.amount.amount()),
            currency: self.terms.currency,
            metadata: self.terms.metadata.clone(),
            reason: reason.map(Into::into),
        };
        Notice {
            id: EventId::of(&self.terms.key, kind, 1),
            event: Event { kind, timestamp: now, data, environment: None },
        }
    }
}
