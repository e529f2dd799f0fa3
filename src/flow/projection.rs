//! What the operator's desk keeps of an order, a charge, a refund or a webhook, to find it, to count it and to see who
//! must look at it.
//!
//! The thing itself stays where it is and has the last word: its listing is told to the desk again with every change.

use core::time::Duration;

use serde::Serialize;

use super::outbox::Jitter;
use crate::json;
use crate::value::UnixMillis;

/// One line of the desk's index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// What is listed, for ever the same: its kind and its name, such as `order/K7Q2M9XD3FHT`.
    pub id: String,
    /// What is told of it, as JSON: when it began, what it came to, by which names it is found, and the row that a list
    /// shows.
    pub json: String,
}

/// What a listing tells.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Facts<Attempts, Row> {
    /// When it began: lists are in this order.
    pub(super) created_at: UnixMillis,
    /// When its money came in, or was given back.
    pub(super) settled_at: Option<UnixMillis>,
    /// Why a person must look at it.
    pub(super) needs: Option<&'static str>,
    /// By which it is found, beside the name in its id.
    pub(super) names: Vec<String>,
    /// The payments of Compago's that are its own; of orders.
    pub(super) attempts: Option<Attempts>,
    /// What a list shows.
    pub(super) row: Row,
}

impl Listing {
    pub(super) fn new(kind: &str, name: &str, mut facts: Facts<impl Serialize, impl Serialize>) -> Self {
        for name in &mut facts.names {
            name.make_ascii_lowercase();
        }
        let json = json::to_string(&facts);
        Self { id: format!("{kind}/{name}"), json }
    }
}

/// How long to wait before a desk is told again that did not hear: as long as the oldest of what it is owed has waited, so that
/// the waits double, but at most an hour. After a day it is a 24th of that time, at most a day. A desk that is down for a day is
/// asked some thirty times by each object.
///
/// ```
/// use std::time::Duration;
///
/// use compago::flow::listing::{RETRY, wait};
/// use compago::flow::outbox::Jitter;
///
/// let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
/// assert_eq!(wait(Duration::ZERO, Jitter::NONE), RETRY);
/// assert_eq!(wait(minutes(20), Jitter::NONE), minutes(20));
/// assert_eq!(wait(minutes(24 * 60), Jitter::NONE), minutes(60));
/// assert_eq!(wait(minutes(10 * 24 * 60), Jitter::NONE), minutes(10 * 60));
/// ```
pub fn wait(owed_for: Duration, jitter: Jitter) -> Duration {
    let longest = (owed_for / 24).clamp(HOUR, LONGEST_WAIT);
    jitter.lengthen(owed_for.clamp(RETRY, longest))
}

/// The least wait before a desk that did not hear is told again.
pub const RETRY: Duration = Duration::from_secs(30);

/// The longest on the first day: so late, at most, does a desk hear that is back.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// The longest at all.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);
