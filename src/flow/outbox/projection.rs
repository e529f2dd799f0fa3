//! A webhook in the operator's index and in the detail view of its subject.

use serde::Serialize;
use serde_with::{As, DisplayFromStr};

use super::{DeadLetterReason, Delivery, DeliveryState, Failure};
use crate::flow::projection::{Projection, ProjectionBody};
use crate::value::{Reference, UnixMillis};
use crate::webhook::{EventId, EventKind};

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
            attempts: None::<()>,
            row: DeliveryView::from(self),
        };
        Projection::new("webhook", self.id.as_str(), body)
    }
}

/// A webhook and its delivery. What was listed before `tryingSince` and `lastFailure` were recorded lacks them.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Delivery"))]
#[serde(rename_all = "camelCase")]
pub struct DeliveryView<'a> {
    /// The id of the event, its `webhook-id`.
    id: &'a EventId,
    /// The type of the event.
    #[serde(rename = "type")]
    kind: EventKind,
    /// The state of the delivery.
    #[cfg_attr(test, schemars(extend("enum" = ["pending", "delivered", "parked"])))]
    state: &'static str,
    /// How many tries there were since it was enqueued, or put back.
    #[cfg_attr(test, schemars(range(max = super::MAX_TRIES)))]
    tries: u8,
    /// When the next try of a pending one is due; while a try is under way, when that one counts as lost.
    next_at: Option<UnixMillis>,
    /// When the try that is under way began; an endpoint has 20 seconds to answer. After a crash it stays until `nextAt`.
    trying_since: Option<UnixMillis>,
    /// When it was delivered or dead-lettered.
    at: Option<UnixMillis>,
    /// Why it was dead-lettered.
    reason: Option<DeadLetterReason>,
    /// The last try that failed. It stays when the webhook is delivered later.
    last_failure: Option<FailureView>,
    /// When it was enqueued.
    created_at: UnixMillis,
    /// The reference of what the event is about: an order, a charge or a card.
    #[serde(serialize_with = "As::<Option<DisplayFromStr>>::serialize")]
    reference: Option<Reference>,
}

/// A try to deliver a webhook that failed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "DeliveryFailure"))]
struct FailureView {
    /// When the try began.
    at: UnixMillis,
    /// Why the try failed. `status`: the receiver answered with a status that is neither 2xx nor a redirect. `redirect-not-followed`: the
    /// receiver answered with a redirect. `no-connection`: no connection, or one that broke before there was an answer. `timed-out`: no
    /// answer within 20 seconds. `interrupted`: the Worker was stopped before it could save the answer.
    #[cfg_attr(test, schemars(with = "super::FailureReason"))]
    reason: &'static str,
    /// The HTTP status of the answer, if there was one.
    #[cfg_attr(test, schemars(range(min = 100, max = 599)))]
    status: Option<u16>,
}

impl<'a> From<&'a Delivery> for DeliveryView<'a> {
    fn from(delivery: &'a Delivery) -> Self {
        let (state, at, next_at, reason) = match delivery.state {
            DeliveryState::Pending { next_at } => ("pending", None, Some(next_at), None),
            DeliveryState::Delivered { at } => ("delivered", Some(at), None, None),
            DeliveryState::DeadLettered { at, reason } => ("parked", Some(at), None, Some(reason)),
        };
        let last_failure = delivery.last_failure.map(|Failure { at, reason }| FailureView {
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
