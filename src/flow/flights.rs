//! The call that a machine has in flight: at most one, numbered, and lost after a time.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::clock;
use crate::value::UnixMillis;

/// After how long a call in flight counts as lost: more than any shell waits for one answer.
pub(super) const FLIGHT_LIMIT: Duration = Duration::from_secs(25);

/// What a machine has in flight. It is saved before the call is sent, so that after a crash the machine knows what may have
/// happened; an answer with another number is late, and ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Flights<Kind> {
    current: Option<Flight<Kind>>,
    count: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Flight<Kind> {
    kind: Kind,
    lost_at: UnixMillis,
}

impl<Kind: Copy> Flights<Kind> {
    pub(super) const NONE: Self = Self { current: None, count: 0 };

    /// Writes down a call, and gives it its number.
    pub(super) fn take_off(&mut self, kind: Kind, limit: Duration, now: UnixMillis) -> u32 {
        self.count = self.count.wrapping_add(1);
        self.current = Some(Flight { kind, lost_at: now.plus(limit) });
        self.count
    }

    /// Ends the flight with this number, if it is the current one.
    pub(super) fn land(&mut self, number: u32) -> Option<Kind> {
        self.current.take_if(|_| number == self.count).map(|flight| flight.kind)
    }

    /// Ends the current flight, if it is too old to have an answer.
    pub(super) fn lose(&mut self, now: UnixMillis) -> Option<Kind> {
        self.current.take_if(|flight| flight.lost_at <= now).map(|flight| flight.kind)
    }

    /// Corrects its time if the clock was set back; `limit` is what the kind of call was written down with.
    pub(super) fn correct_times(&mut self, limit: impl Fn(Kind) -> Duration, now: UnixMillis) {
        if let Some(flight) = &mut self.current {
            flight.lost_at = clock::at_most(flight.lost_at, limit(flight.kind), now);
        }
    }

    /// When the current flight, if there is one, counts as lost.
    pub(super) fn lost_at(&self) -> Option<UnixMillis> {
        self.current.as_ref().map(|flight| flight.lost_at)
    }

    /// Whether a call is in flight.
    pub(super) const fn is_busy(&self) -> bool {
        self.current.is_some()
    }
}
