//! A webhook on the operator's desk, and in the story of what it tells of.

use serde::Serialize;
use serde_with::{As, DisplayFromStr};

use super::{Delivery, DeliveryState, Failure, ParkReason};
use crate::flow::listing::{Facts, Listing};
use crate::value::{Reference, UnixMillis};
use crate::webhook::{EventId, EventKind};

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
            attempts: None::<()>,
            row: Told::from(self),
        };
        Listing::new("webhook", self.id.as_str(), facts)
    }
}

/// A webhook's delivery as the operator reads it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told<'a> {
    id: &'a EventId,
    #[serde(rename = "type")]
    kind: EventKind,
    state: &'static str,
    tries: u8,
    next_at: Option<UnixMillis>,
    trying_since: Option<UnixMillis>,
    at: Option<UnixMillis>,
    reason: Option<ParkReason>,
    last_failure: Option<ToldFailure>,
    created_at: UnixMillis,
    #[serde(serialize_with = "As::<Option<DisplayFromStr>>::serialize")]
    reference: Option<Reference>,
}

#[derive(Debug, Serialize)]
struct ToldFailure {
    at: UnixMillis,
    reason: &'static str,
    status: Option<u16>,
}

impl<'a> From<&'a Delivery> for Told<'a> {
    fn from(delivery: &'a Delivery) -> Self {
        let (state, at, next_at, reason) = match delivery.state {
            DeliveryState::Pending { next_at } => ("pending", None, Some(next_at), None),
            DeliveryState::Delivered { at } => ("delivered", Some(at), None, None),
            DeliveryState::Parked { at, reason } => ("parked", Some(at), None, Some(reason)),
        };
        let last_failure = delivery.last_failure.map(|Failure { at, reason }| ToldFailure {
            at,
            reason: reason.code(),
            status: reason.status(),
        });
        Self {
            id: &delivery.id,
            kind: delivery.kind,
            state,
            tries: delivery.tries,
            next_at,
            trying_since: delivery.trying_since(),
            at,
            reason,
            last_failure,
            created_at: delivery.created_at,
            reference: reference(delivery),
        }
    }
}

/// The reference of what the event is about, which its id names (see [`EventId::of`](crate::webhook::EventId::of)).
fn reference(delivery: &Delivery) -> Option<Reference> {
    delivery.id.as_str().split('_').nth(1)?.parse().ok()
}
