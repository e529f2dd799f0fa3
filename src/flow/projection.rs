//! The projection of an order, a charge, a refund or a webhook into the operator's index: what is needed to find it, to count it
//! and to see that it needs review.
//!
//! The record itself stays authoritative: its projection is published again with every change.

use core::time::Duration;

use serde::Serialize;

use super::outbox::Jitter;
use crate::json;
use crate::value::{PaymentId, UnixMillis};

/// One entry of the operator's index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projection {
    /// The stable id: the kind and the name, such as `order/K7Q2M9XD3FHT`.
    pub id: String,
    /// The projection as JSON: when it began, its outcome, the names by which it is found, and the row that a list shows.
    pub json: String,
}

/// The JSON of a projection.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProjectionBody<Attempts, Row> {
    /// When it began: lists are in this order.
    pub(super) created_at: UnixMillis,
    /// When the payment was received or refunded.
    pub(super) settled_at: Option<UnixMillis>,
    /// Why a person must look at it.
    pub(super) needs: Option<&'static str>,
    /// Further names by which it is found.
    pub(super) names: Vec<String>,
    /// Words by which it is found as a whole, each with what it is: a SKU, or a key of its metadata; of orders.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) terms: Vec<(String, String)>,
    /// The payments of Compago's that are its own; of orders.
    pub(super) attempts: Option<Attempts>,
    /// The link that is registered with the list watcher; of orders whose current attempt may still be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) watch: Option<WatchedLink>,
    /// What a list shows.
    pub(super) row: Row,
}

/// A link that is registered with the list watcher, see [`super::watch`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WatchedLink {
    /// Its payment.
    pub payment_id: PaymentId,
    /// When its attempt was begun.
    pub started_at: UnixMillis,
    /// When it runs out.
    pub expires_at: UnixMillis,
}

impl Projection {
    pub(super) fn new(kind: &str, name: &str, mut body: ProjectionBody<impl Serialize, impl Serialize>) -> Self {
        for name in &mut body.names {
            name.make_ascii_lowercase();
        }
        for (_, value) in &mut body.terms {
            value.make_ascii_lowercase();
        }
        let json = json::to_string(&body);
        Self { id: format!("{kind}/{name}"), json }
    }
}

/// Returns how long to wait before a failed publication is repeated: as long as the oldest pending projection has waited, so that
/// the waits double, but at most an hour. After a day it is a 24th of that time, at most a day. Each object sends some thirty
/// requests to an index that is down for a day.
///
/// ```
/// use std::time::Duration;
///
/// use compago::flow::projection::{RETRY, wait};
/// use compago::flow::outbox::Jitter;
///
/// let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
/// assert_eq!(wait(Duration::ZERO, Jitter::NONE), RETRY);
/// assert_eq!(wait(minutes(20), Jitter::NONE), minutes(20));
/// assert_eq!(wait(minutes(24 * 60), Jitter::NONE), minutes(60));
/// assert_eq!(wait(minutes(10 * 24 * 60), Jitter::NONE), minutes(10 * 60));
/// ```
pub fn wait(pending_for: Duration, jitter: Jitter) -> Duration {
    let longest = (pending_for / 24).clamp(HOUR, LONGEST_WAIT);
    jitter.lengthen(pending_for.clamp(RETRY, longest))
}

/// The least wait before a failed publication is repeated.
pub const RETRY: Duration = Duration::from_secs(30);

/// The longest wait on the first day: an index that is back is up to date within this time.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// The longest at all.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);
