//! A webhook and its delivery, as the operator reads them.

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr};
use strum::{EnumString, IntoStaticStr};

use crate::value::{Extensible, Reference, UnixMillis};
use crate::webhook::{EventId, EventKind};

/// A webhook and its delivery. What was listed before `tryingSince` and `lastFailure` were recorded lacks them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Delivery"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DeliveryView {
    /// The id of the event, its `webhook-id`.
    pub id: EventId,
    /// The type of the event.
    #[serde(rename = "type")]
    #[cfg_attr(test, schemars(with = "EventKind"))]
    pub kind: Extensible<EventKind>,
    /// The state of the delivery.
    #[cfg_attr(test, schemars(with = "String", extend("enum" = ["pending", "delivered", "parked"])))]
    pub state: DeliveryStatus,
    /// How many tries there were since it was enqueued, or put back.
    #[cfg_attr(test, schemars(range(max = crate::flow::outbox::MAX_TRIES)))]
    pub tries: u8,
    /// When the next try of a pending one is due; while a try is under way, when that one counts as lost.
    pub next_at: Option<UnixMillis>,
    /// When the try that is under way began; an endpoint has 20 seconds to answer. After a crash it stays until `nextAt`.
    pub trying_since: Option<UnixMillis>,
    /// When it was delivered or dead-lettered.
    pub at: Option<UnixMillis>,
    /// Why it was dead-lettered.
    pub reason: Option<DeadLetterReason>,
    /// The last try that failed. It stays when the webhook is delivered later.
    pub last_failure: Option<DeliveryFailure>,
    /// When it was enqueued.
    pub created_at: UnixMillis,
    /// The reference of what the event is about: an order, a charge or a card.
    #[serde(serialize_with = "As::<Option<DisplayFromStr>>::serialize")]
    pub reference: Option<Reference>,
}

/// The state of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum DeliveryStatus {
    /// It is being tried.
    Pending,
    /// The receiver answered 2xx.
    Delivered,
    /// It was given up: a person has to look at it. Written as `parked`.
    #[serde(rename = "parked")]
    #[strum(serialize = "parked")]
    DeadLettered,
}

impl DeliveryStatus {
    /// Returns the state as it is written.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Why a webhook was dead-lettered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum DeadLetterReason {
    /// All ten tries failed.
    Exhausted,
    /// The receiver answered 410: it wants no more webhooks.
    Gone,
    /// No `WEBHOOK_URL` was configured for 30 days.
    Expired,
}

impl DeadLetterReason {
    /// The stable code, kebab-case.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// A try to deliver a webhook that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeliveryFailure {
    /// When the try began.
    pub at: UnixMillis,
    /// Why the try failed. `status`: the receiver answered with a status that is neither 2xx nor a redirect. `redirect-not-followed`: the
    /// receiver answered with a redirect. `no-connection`: no connection, or one that broke before there was an answer. `timed-out`: no
    /// answer within 20 seconds. `interrupted`: the Worker was stopped before it could save the answer.
    #[cfg_attr(test, schemars(with = "crate::flow::outbox::FailureReason"))]
    pub reason: String,
    /// The HTTP status of the answer, if there was one.
    #[cfg_attr(test, schemars(range(min = 100, max = 599)))]
    pub status: Option<u16>,
}
