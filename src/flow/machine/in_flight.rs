//! The stored form of a call in flight.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::CallNumber;
use crate::flow::clock;
use crate::value::UnixMillis;

/// How long most calls may take before they count as lost: longer than any transport waits for one answer.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(25);

/// A call that was sent, or is about to be, as its machine stores it.
pub trait InFlight: Sized {
    /// Which of the machine's calls it is.
    type Kind;

    /// Returns the record of a call that starts now.
    fn start(number: CallNumber, kind: Self::Kind, now: UnixMillis) -> Self;

    /// Returns when it counts as lost.
    fn lost_at(&self) -> UnixMillis;

    /// Whether a crash may forget it, see [`CallKind::may_be_forgotten`].
    fn may_be_forgotten(&self) -> bool;

    /// Corrects its time if the clock was set back.
    fn correct_times(&mut self, now: UnixMillis);
}

/// Which call of a machine, as it is stored.
pub trait CallKind: Copy {
    /// Returns how long the call may take before it counts as lost.
    fn timeout(self) -> Duration {
        CALL_TIMEOUT
    }

    /// Whether a crash may forget the call, which is then made again: it changes nothing at Compago, and its answer is small. A long
    /// list may itself cause the crash: that it was asked for must be stored, or it is asked for again and again.
    fn may_be_forgotten(self) -> bool {
        false
    }
}

/// The calls of a machine: the one in flight, and how many there were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallSlot<Kind> {
    current: Option<TimedCall<Kind>>,
    count: CallNumber,
}

/// A call in flight, with the time at which it counts as lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TimedCall<Kind> {
    /// Which call it is.
    pub kind: Kind,
    lost_at: UnixMillis,
}

impl<Kind> CallSlot<Kind> {
    /// No call was made yet.
    pub const EMPTY: Self = Self { current: None, count: CallNumber(0) };

    /// Returns the call in flight.
    pub const fn current(&self) -> Option<&TimedCall<Kind>> {
        self.current.as_ref()
    }

    /// Returns the call in flight and the number of the last call, for [`in_flight_mut`](super::Rules::in_flight_mut).
    pub const fn parts_mut(&mut self) -> (&mut Option<TimedCall<Kind>>, &mut CallNumber) {
        (&mut self.current, &mut self.count)
    }
}

impl<Kind: CallKind> InFlight for TimedCall<Kind> {
    type Kind = Kind;

    fn start(_number: CallNumber, kind: Kind, now: UnixMillis) -> Self {
        Self { kind, lost_at: now.plus(kind.timeout()) }
    }

    fn lost_at(&self) -> UnixMillis {
        self.lost_at
    }

    fn may_be_forgotten(&self) -> bool {
        self.kind.may_be_forgotten()
    }

    fn correct_times(&mut self, now: UnixMillis) {
        self.lost_at = clock::at_most(self.lost_at, self.kind.timeout(), now);
    }
}
