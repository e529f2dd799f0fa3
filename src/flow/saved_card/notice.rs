//! The webhooks of a saved card.

use serde::{Deserialize, Serialize};

use super::SavedCard;
use crate::value::{Card, ExternalId, PaymentMethodId, UnixMillis};
use crate::webhook::{Event, EventId, EventKind};

/// The pending webhook `payment-method.active`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<CardData>,
}

/// What a webhook reports of a saved card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
pub struct CardData {
    /// Compago's id of the saved card.
    pub payment_method: PaymentMethodId,
    /// The merchant's own id of the saved card.
    pub external_id: Option<ExternalId>,
    /// The card, as far as Compago describes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
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
