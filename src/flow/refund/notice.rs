//! The webhooks of a refund.

use super::Refund;
use crate::value::{Currency, UnixMillis};
use crate::webhook::{CardPaymentData, Event, EventId, EventKind};

/// A pending webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<CardPaymentData>,
}

impl Refund {
    pub(super) fn notice(&self, kind: EventKind, reason: Option<&'static str>, now: UnixMillis) -> Notice {
        let data = CardPaymentData {
            payment_method: self.terms.method,
            payment: Some(self.terms.payment),
            reference: self.terms.key,
            amount: self.amount,
            currency: Currency::Mxn,
            metadata: self.terms.metadata.clone(),
            reason: reason.map(Into::into),
        };
        Notice {
            id: EventId::of(&self.terms.key, kind, 1),
            event: Event { kind, timestamp: now, data, environment: None },
        }
    }
}
