//! A webhook in the operator's index and in the detail view of its subject.

use super::{Delivery, DeliveryState, Failure};
use crate::edge::delivery::{DeliveryFailure, DeliveryStatus, DeliveryView};
use crate::flow::projection::{Projection, ProjectionBody};
use crate::value::Reference;

impl Delivery {
    /// Returns its projection for the operator's index.
    pub fn projection(&self) -> Projection {
        let needs = match self.state {
            DeliveryState::DeadLettered { reason, .. } => Some(reason.code()),
            DeliveryState::Pending { .. } | DeliveryState::Delivered { .. } => None,
        };
        let body = ProjectionBody {
            created_at: self.created_at,
            settled_at: None,
            needs,
            names: Vec::new(),
            terms: Vec::new(),
            attempts: None::<()>,
            watch: None,
            row: DeliveryView::from(self),
        };
        Projection::new("webhook", self.id.as_str(), body)
    }
}

impl From<&Delivery> for DeliveryView {
    fn from(delivery: &Delivery) -> Self {
        let (state, at, next_at, reason) = match delivery.state {
            DeliveryState::Pending { next_at } => (DeliveryStatus::Pending, None, Some(next_at), None),
            DeliveryState::Delivered { at } => (DeliveryStatus::Delivered, Some(at), None, None),
            DeliveryState::DeadLettered { at, reason } => (DeliveryStatus::DeadLettered, Some(at), None, Some(reason)),
        };
        let last_failure = delivery.last_failure.map(|Failure { at, reason }| DeliveryFailure {
            at,
            reason: reason.code().to_owned(),
            status: reason.status(),
        });
        Self {
            id: delivery.id.clone(),
            kind: delivery.kind.into(),
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
