//! The webhooks of a saved card.

use super::SavedCard;
use crate::value::UnixMillis;
use crate::webhook::{Event, EventId, EventKind, PaymentMethodData};

/// The pending webhook `payment-method.active`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<PaymentMethodData>,
}

impl SavedCard {
    pub(super) fn active_notice(&self, now: UnixMillis) -> Notice {
        let kind = EventKind::PaymentMethodActive;
        let data = PaymentMethodData {
            payment_method: self.terms.id,
            external_id: self.terms.external_id.clone(),
            card: Some(self.card.clone()).filter(|card| !card.is_unknown()),
        };
        Notice {
            id: EventId::of(&self.terms.key, kind, 1),
            event: Event { kind, timestamp: now, data, environment: None },
        }
    }
}
