//! What a saved card tells the merchant's backend.

use super::SavedCard;
use crate::json::{IfSome, ToJson, Writer};
use crate::value::{Card, ExternalId, PaymentMethodId, UnixMillis};
use crate::webhook::{Event, EventId, EventKind};

/// A webhook that is owed: `payment-method.active`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<CardData>,
}

/// The `data` of a saved card's webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardData {
    /// Compago's id.
    pub payment_method: PaymentMethodId,
    /// The merchant's own id.
    pub external_id: Option<ExternalId>,
    /// The card, as far as it was told.
    pub card: Option<Card>,
}

impl ToJson for CardData {
    fn to_json(&self, out: &mut Writer) {
        out.object()
            .field("paymentMethod", &self.payment_method)
            .field("externalId", &self.external_id)
            .field("card", &IfSome(&self.card))
            .end();
    }
}

impl SavedCard {
    pub(super) fn active_notice(&self, now: UnixMillis) -> Notice {
        let kind = EventKind::PaymentMethodActive;
        let data = CardData {
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
