//! A sixth machine, as small as one can be: a voucher that is issued once, and cancelled on request. It consists of its rules; the
//! driver, the simulator (`tests/it/sim`) and the Durable Object (`object.rs`) are those of all machines.

use std::time::Duration;

use compago::flow::clock;
use compago::flow::machine::{CallKind, CallNumber, CallSlot, Machine as _, Reaction, Rules, Step, TimedCall};
use compago::flow::record::Record;
use compago::value::UnixMillis;
use serde::{Deserialize, Serialize};

/// How long after a failed call the next one is made.
pub(crate) const RETRY: Duration = Duration::from_secs(2);
const MAX_TRIES: u8 = 20;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Voucher {
    stage: Stage,
    tries: u8,
    calls: CallSlot<Kind>,
    due: Option<UnixMillis>,
    version: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Stage {
    Issuing,
    Issued,
    Cancelling,
    Cancelled,
    GivenUp,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Issue,
    Cancel,
}

/// A person asked for the voucher to be cancelled.
#[derive(Debug, Clone)]
pub(crate) struct CancelAsked;

impl Voucher {
    /// Issues a voucher.
    pub(crate) fn issue(now: UnixMillis) -> Step<Self> {
        let calls = CallSlot::EMPTY;
        Self { stage: Stage::Issuing, tries: 0, calls, due: Some(now), version: 1 }.start(now)
    }

    /// Returns where the voucher stands.
    pub(crate) fn stage(&self) -> Stage {
        self.stage
    }
}

impl CallKind for Kind {}

impl Record for Voucher {
    const VERSION: u32 = 1;
}

impl Rules for Voucher {
    type Event = CancelAsked;
    type Call = Kind;
    /// Whether the call succeeded.
    type Answer = bool;
    type Notice = Stage;
    type InFlight = TimedCall<Kind>;
    type Cause = ();
    type VisibleState = Stage;

    fn on_event(&mut self, CancelAsked: CancelAsked, _notices: &mut Vec<Stage>, now: UnixMillis) -> Reaction<()> {
        if self.stage == Stage::Issued {
            (self.stage, self.tries, self.due) = (Stage::Cancelling, 0, Some(now));
        }
        Reaction::Taken(())
    }

    fn on_answer(&mut self, call: &TimedCall<Kind>, done: bool, notices: &mut Vec<Stage>, now: UnixMillis) {
        if !done && self.tries < MAX_TRIES {
            self.due = Some(now.plus(RETRY));
            return;
        }
        self.stage = match call.kind {
            Kind::Issue if done => Stage::Issued,
            Kind::Cancel if done => Stage::Cancelled,
            Kind::Issue | Kind::Cancel => Stage::GivenUp,
        };
        notices.push(self.stage);
    }

    fn lost(_call: &TimedCall<Kind>) -> bool {
        false
    }

    fn next_call(&mut self, (): (), now: UnixMillis) -> Option<(Kind, Kind)> {
        self.due.take_if(|at| *at <= now)?;
        self.tries += 1;
        let kind = if self.stage == Stage::Issuing { Kind::Issue } else { Kind::Cancel };
        Some((kind, kind))
    }

    fn due_at(&self) -> Option<UnixMillis> {
        self.due
    }

    fn correct_own_times(&mut self, now: UnixMillis) {
        self.due = self.due.map(|at| clock::at_most(at, RETRY, now));
    }

    fn visible_state(&self) -> Stage {
        self.stage
    }

    fn version_mut(&mut self) -> Option<&mut u32> {
        Some(&mut self.version)
    }

    fn in_flight(&self) -> Option<&TimedCall<Kind>> {
        self.calls.current()
    }

    fn in_flight_mut(&mut self) -> (&mut Option<TimedCall<Kind>>, &mut CallNumber) {
        self.calls.parts_mut()
    }
}
