//! A webhook on the operator's desk, and in the story of what it tells of.

use super::{Delivery, DeliveryState, Failure};
use crate::flow::listing::{Facts, Listing};
use crate::json::{Object, ToJson, Writer};
use crate::value::Reference;

impl Delivery {
    /// What the operator's desk keeps of it.
    pub fn listing(&self) -> Listing {
        let needs = match self.state {
            DeliveryState::Parked { reason, .. } => Some(reason.code()),
            DeliveryState::Pending { .. } | DeliveryState::Delivered { .. } => None,
        };
        let facts = Facts {
            created_at: self.created_at,
            settled_at: None,
            needs,
            names: Vec::new(),
            attempts: &None::<&str>,
            row: &Told(self),
        };
        Listing::new("webhook", self.id.as_str(), &facts)
    }
}

/// A webhook's delivery as the operator reads it.
#[derive(Debug)]
pub struct Told<'a>(pub &'a Delivery);

impl ToJson for Told<'_> {
    fn to_json(&self, out: &mut Writer) {
        let Self(delivery) = self;
        let (state, at, next_at, reason) = match delivery.state {
            DeliveryState::Pending { next_at } => ("pending", None, Some(next_at), None),
            DeliveryState::Delivered { at } => ("delivered", Some(at), None, None),
            DeliveryState::Parked { at, reason } => ("parked", Some(at), None, Some(reason)),
        };
        let failure = delivery.last_failure.map(|Failure { at, reason }| (at, reason.code(), reason.status()));
        let failure = failure
            .as_ref()
            .map(|(at, reason, status)| [("at", at as &dyn ToJson), ("reason", reason), ("status", status)]);
        out.object()
            .field("id", &delivery.id)
            .field("type", &delivery.kind)
            .field("state", &state)
            .field("tries", &delivery.tries)
            .field("nextAt", &next_at)
            .field("tryingSince", &delivery.trying_since())
            .field("at", &at)
            .field("reason", &reason)
            .field("lastFailure", &failure.as_ref().map(|fields| Object(fields)))
            .field("createdAt", &delivery.created_at)
            .field("reference", &reference(delivery).map(|reference| reference.to_string()))
            .end();
    }
}

/// The reference of what the event is about, which its id names (see [`EventId::of`](crate::webhook::EventId::of)).
fn reference(delivery: &Delivery) -> Option<Reference> {
    delivery.id.as_str().split('_').nth(1)?.parse().ok()
}
