//! The contract of all state machines, and the driver that each of them runs on.
//!
//! A machine consists of its [`Rules`] alone: what an event does, what an answer does, which call is due and when, and what can be
//! seen of it from outside. [`Machine`] is implemented for everything that has rules, and does the rest for all of them alike:
//!
//! - **At most one call is in flight.** It is numbered and written down in the machine before it is sent ([`InFlight`]), so after a
//!   crash the machine knows what may have happened. An answer with another number is late, and ignored.
//! - **A lost call has an answer as well.** A call that is too old when the alarm fires counts as one that timed out.
//! - **The next due call is made after every step**, unless one is in flight.
//! - **Stored times are corrected** in every step, should the clock have been set back (see [`super::clock`]).
//! - **The version counts** the changes of the visible state.
//!
//! The caller stores [`Step::machine`] together with [`Step::notices`] and an alarm for [`Machine::next_wake`], then
//! makes [`Step::call`], and feeds the answer back as [`Input::Completed`]. A read that the alarm or somebody who watches causes
//! need not be stored before it is sent ([`Step::storing`]).

use std::fmt::Debug;

use serde::{Deserialize, Serialize};

use super::record::Record;
use crate::endpoint::{CallError, Undelivered};
use crate::error::Refusal;
use crate::value::UnixMillis;

mod in_flight;

pub use in_flight::{CALL_TIMEOUT, CallKind, CallSlot, InFlight, TimedCall};

/// The answer to a call of Compago's API that was lost.
pub const LOST: CallError<Refusal> = CallError::Undelivered(Undelivered::Timeout);

/// The number of a call, which distinguishes its answer from the late answer to an earlier call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallNumber(pub u32);

impl CallNumber {
    const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// What makes one machine different from another.
///
/// The driver calls these; callers use [`Machine`].
pub trait Rules: Record {
    /// Events other than the alarm and the answers to calls.
    type Event: Debug + Clone;
    /// A call that the machine wants made.
    type Call: Debug + Clone;
    /// The result of a call.
    type Answer: Debug + Clone;
    /// A webhook to put in the outbox, in the transaction that stores the machine.
    type Notice: Debug + Clone;
    /// The stored form of a call in flight.
    type InFlight: InFlight;
    /// What an event passes to the call that follows it, such as who requested it.
    type Cause: Default;
    /// What is seen from outside, as far as its version counts the changes.
    type VisibleState: PartialEq;

    /// Whether forgetting an event does no harm: it can only have caused a read, and whoever sent it asks again or does not need
    /// the answer. See [`Storing::WithAnswer`].
    fn is_volatile(event: &Self::Event) -> bool {
        let _ = event;
        false
    }

    /// Takes an event.
    fn on_event(
        &mut self,
        event: Self::Event,
        notices: &mut Vec<Self::Notice>,
        now: UnixMillis,
    ) -> Reaction<Self::Cause>;

    /// Takes the answer to the call that was in flight.
    fn on_answer(
        &mut self,
        call: &Self::InFlight,
        answer: Self::Answer,
        notices: &mut Vec<Self::Notice>,
        now: UnixMillis,
    );

    /// Returns the answer that a lost call counts as.
    fn lost(call: &Self::InFlight) -> Self::Answer;

    /// Returns the call that is due now, if there is one, and counts it as sent. None is in flight.
    fn next_call(
        &mut self,
        cause: Self::Cause,
        now: UnixMillis,
    ) -> Option<(<Self::InFlight as InFlight>::Kind, Self::Call)>;

    /// Returns when the next call is due, if none is in flight.
    fn due_at(&self) -> Option<UnixMillis>;

    /// Returns when [`clean_up`](Self::clean_up) is due.
    fn cleanup_at(&self) -> Option<UnixMillis> {
        None
    }

    /// Drops what is kept for a limited time.
    fn clean_up(&mut self, now: UnixMillis) {
        let _ = now;
    }

    /// Corrects the machine's own times, but not that of the call in flight, if the clock was set back.
    fn correct_own_times(&mut self, now: UnixMillis);

    /// Returns what is seen from outside, as far as its version counts the changes.
    fn visible_state(&self) -> Self::VisibleState;

    /// Returns the version, if the machine has one.
    fn version_mut(&mut self) -> Option<&mut u32>;

    /// Returns the call in flight.
    fn in_flight(&self) -> Option<&Self::InFlight>;

    /// Returns where the call in flight and the number of the last call are stored.
    fn in_flight_mut(&mut self) -> (&mut Option<Self::InFlight>, &mut CallNumber);
}

/// What a machine makes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction<Cause> {
    /// The event is not believed: it does not even make a call that is due a little earlier.
    Ignored,
    /// The event was taken. What it tells the call that follows.
    Taken(Cause),
}

/// What a machine takes.
#[derive(Debug, Clone)]
pub enum Input<M: Machine> {
    /// Something happened.
    Event(M::Event),
    /// The time that [`Machine::next_wake`] named has come. May come early, late or twice.
    AlarmFired,
    /// The call with this number came to an end.
    Completed {
        /// The number that [`PendingCall::number`] gave.
        call: CallNumber,
        /// The result.
        answer: M::Answer,
    },
}

/// When the machine of a step is to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storing {
    /// Before anything else is done.
    BeforeCall,
    /// With what follows from the answer to the call; until then the caller keeps the machine in memory, for everything that reads
    /// or steps it. The call [may be forgotten](CallKind::may_be_forgotten), and nothing else has happened: after a crash the machine that was stored
    /// before makes the call again when its alarm fires. What forgets the call also forgets when the payment was last read.
    WithAnswer,
}

/// A machine after an input, and what is to be done about it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Step<M: Machine> {
    /// To be stored, when [`storing`](Self::storing) says so.
    pub machine: M,
    /// To be put in the outbox, in the transaction that stores the machine.
    pub notices: Vec<M::Notice>,
    /// To be made once that is stored or kept; its answer is to be fed back.
    pub call: Option<PendingCall<M>>,
    /// When the machine is to be stored.
    pub storing: Storing,
}

impl<M: Machine> From<M> for Step<M> {
    /// Returns the step that only stores a machine.
    fn from(machine: M) -> Self {
        Self { machine, notices: Vec::new(), call: None, storing: Storing::BeforeCall }
    }
}

/// A call that is to be made, written down in the machine already.
#[derive(Debug, Clone)]
pub struct PendingCall<M: Machine> {
    /// Belongs to the answer.
    pub number: CallNumber,
    /// The call.
    pub call: M::Call,
}

/// A state machine: events in, effects out.
///
/// Implemented for everything that has [`Rules`].
pub trait Machine: Rules {
    /// Makes the first call of a new machine.
    fn start(mut self, now: UnixMillis) -> Step<Self> {
        let call = dispatch_due(&mut self, Self::Cause::default(), now);
        Step { machine: self, notices: Vec::new(), call, storing: Storing::BeforeCall }
    }

    /// Takes one input.
    fn step(mut self, input: Input<Self>, now: UnixMillis) -> Step<Self> {
        let before = self.visible_state();
        self.correct_times(now);
        let mut notices = Vec::new();
        let (reaction, volatile) = match input {
            Input::Event(event) => {
                let volatile = Self::is_volatile(&event);
                (self.on_event(event, &mut notices, now), volatile)
            }
            Input::AlarmFired => {
                let nothing_else = on_alarm(&mut self, &mut notices, now) == AlarmWork::Nothing;
                (Reaction::Taken(Self::Cause::default()), nothing_else)
            }
            Input::Completed { call: number, answer } => {
                if let Some(call) = complete(&mut self, number) {
                    self.on_answer(&call, answer, &mut notices, now);
                }
                (Reaction::Taken(Self::Cause::default()), false)
            }
        };
        // A new time may be counted from a stored one that must not be corrected, such as when a call was sent.
        self.correct_times(now);
        let call = match reaction {
            Reaction::Ignored => None,
            Reaction::Taken(cause) => dispatch_due(&mut self, cause, now),
        };
        let is_changed = self.visible_state() != before;
        if is_changed && let Some(version) = self.version_mut() {
            *version = version.saturating_add(1);
        }
        let forgettable = call.is_some() && self.in_flight().is_some_and(InFlight::may_be_forgotten);
        let can_wait = volatile && forgettable && !is_changed && notices.is_empty();
        let storing = if can_wait { Storing::WithAnswer } else { Storing::BeforeCall };
        Step { machine: self, notices, call, storing }
    }

    /// Returns when [`Input::AlarmFired`] is due next; `None` if it never will be.
    fn next_wake(&self) -> Option<UnixMillis> {
        let call = self.in_flight().map_or_else(|| self.due_at(), |call| Some(call.lost_at()));
        call.into_iter().chain(self.cleanup_at()).min()
    }

    /// Corrects all times if the clock was set back, so that the next alarm is never further away than it can have been set. Every
    /// step does so too.
    fn correct_times(&mut self, now: UnixMillis) {
        self.correct_own_times(now);
        if let (Some(call), _) = self.in_flight_mut() {
            call.correct_times(now);
        }
    }
}

impl<R: Rules> Machine for R {}

/// Writes down the call that is due, unless one is in flight.
fn dispatch_due<M: Machine>(machine: &mut M, cause: M::Cause, now: UnixMillis) -> Option<PendingCall<M>> {
    if machine.in_flight().is_some() {
        return None;
    }
    let (kind, call) = machine.next_call(cause, now)?;
    let (in_flight, number) = machine.in_flight_mut();
    *number = number.next();
    *in_flight = Some(M::InFlight::start(*number, kind, now));
    Some(PendingCall { number: *number, call })
}

/// Takes the call with this number out of flight, if it is in flight.
fn complete<M: Machine>(machine: &mut M, number: CallNumber) -> Option<M::InFlight> {
    let (in_flight, last) = machine.in_flight_mut();
    if *last == number { in_flight.take() } else { None }
}

/// What an alarm did, apart from the call that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AlarmWork {
    Nothing,
    /// A call counted as lost, or something was cleaned up.
    Done,
}

fn on_alarm<M: Machine>(machine: &mut M, notices: &mut Vec<M::Notice>, now: UnixMillis) -> AlarmWork {
    let mut work = AlarmWork::Nothing;
    let (in_flight, _) = machine.in_flight_mut();
    if let Some(call) = in_flight.take_if(|call| call.lost_at() <= now) {
        machine.on_answer(&call, M::lost(&call), notices, now);
        work = AlarmWork::Done;
    }
    if machine.cleanup_at().is_some_and(|at| at <= now) {
        machine.clean_up(now);
        work = AlarmWork::Done;
    }
    work
}
