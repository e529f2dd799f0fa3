//! The state machine of a charge at a terminal: from the cashier's amount until it is paid, or certainly not paid.
//!
//! ```text
//!   Creating ── answer lost ──► Creating again, same external id ── taken, or too often ──► review: only the terminal shows it
//!      │ id, external id, amount, currency equal         not equal ──► Cancelling ──► review
//!      ▼
//!    Open ──────────────────────── SUCCESS ────────────────────────────────────────────────► Paid
//!      │ ▲  └─ contradiction: unknown, polled on ──► review
//!      │ └──── pending after all ────┐
//!      ├── CANCELLED, expired ──► Verifying ── the same again ──► Cancelled │ Expired
//!      ▼ cancel asked                └─ SUCCESS ──► Paid
//!   Cancelling ── cancelled, run out ──► Cancelled │ Expired
//!            └─ SUCCESS ──► Paid
//! ```
//!
//! - Only [`verdict`] finds that something is paid, and only `SUCCESS` in an answer about the id that Compago gave to this
//!   very charge. It is looked for before anything else: a charge in the last second may be expired or cancelled as well
//!   (<https://docs.compago.com/payment-intent/create>, read November 2026).
//! - An answer that names another amount, currency or external id than was asked for means that it needs review, in
//!   whatever order answers come. If it can still be cancelled, it is.
//! - Its end needs two answers that agree, and it is polled again afterwards: a late `SUCCESS` still counts.
//! - At most one call is in flight. It is written down before it is sent; after a crash a call that is too old counts as one
//!   without an answer.
//! - Compago has no list of intents. An intent whose creation was answered to nobody cannot be found, so it is never said to
//!   be unpaid: a person must look at the terminal.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::payment_intent::LIFETIME;
use crate::api::payment_intent::cancel::CancelPaymentIntent;
use crate::api::payment_intent::create::{CreatePaymentIntent, CreatedIntent};
use crate::api::payment_intent::get::{GetPaymentIntent, IntentReading};
use crate::edge::payment_intent::IntentStatus;
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::flow::clock;
use crate::flow::machine::{CallKind, CallNumber, CallSlot, LOST, Machine as _, Reaction, Rules, Step, TimedCall};
use crate::flow::record::{self, Record};
use crate::json::{Json, ShapeError};
use crate::value::{PaymentIntentId, UnixMillis};

mod answer;
mod calls;
pub mod notice;
mod projection;
pub mod stage;
pub mod terms;
pub mod verdict;
mod view;

use answer::{LONGEST_LATE_POLL, LONGEST_WAIT};
use notice::Notice;
use stage::{ReviewReason, Stage};
use terms::IntentTerms;

/// How long after creation the Worker retries storing the intent's id in the key index.
const KEY_INDEX_DEADLINE: Duration = Duration::from_secs(24 * 60 * 60);
/// How long one request of a till counts as watching.
const WATCH: Duration = Duration::from_secs(10);

/// A charge at a terminal: what is to be charged, Compago's intent for it, and the call in flight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Intent {
    terms: IntentTerms,
    /// Compago's intent, once its creation was answered.
    id: Option<PaymentIntentId>,
    stage: Stage,
    /// When the intent can no longer be taken by a terminal, by our clock.
    ends_at: UnixMillis,
    #[serde(rename = "flights")]
    calls: CallSlot<Kind>,
    /// When the next call is due.
    due: Option<UnixMillis>,
    /// When to store the id in the key index, where tills look charges up; `None` before there is an id and once it is
    /// stored.
    register_at: Option<UnixMillis>,
    last_read_at: Option<UnixMillis>,
    watched_until: Option<UnixMillis>,
    /// Calls in a row without a usable answer.
    #[serde(rename = "untold")]
    failures: u8,
    /// Polls since the charge was closed.
    #[serde(rename = "lateLooks")]
    late_polls: u8,
    closed_at: Option<UnixMillis>,
    version: u32,
}

/// Which call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// [`Call::Create`].
    Create,
    /// [`Call::Register`].
    Register,
    /// [`Call::Read`].
    Read,
    /// [`Call::Cancel`].
    Cancel,
}

impl CallKind for Kind {
    fn may_be_forgotten(self) -> bool {
        match self {
            Self::Read => true,
            Self::Create | Self::Register | Self::Cancel => false,
        }
    }
}

impl Record for Intent {
    const VERSION: u32 = 2;

    fn migrate(record: &mut Json, version: u32) -> Result<(), ShapeError> {
        if version == 1 { record::add_metadata(record) } else { Ok(()) }
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A till requested the charge's state.
    Watched,
    /// The cashier wants to cancel the charge, or another till takes the terminal over.
    CancelAsked,
}

/// The result of a call.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`Call::Create`].
    Created(Result<CreatedIntent, CallError<Refusal>>),
    /// To [`Call::Register`]: whether the id is stored.
    Registered(bool),
    /// To [`Call::Read`].
    Read(Result<IntentReading, CallError<Refusal>>),
    /// To [`Call::Cancel`].
    Cancelled(Result<(), CallError<Refusal>>),
}

/// A call that a charge makes.
#[derive(Debug, Clone)]
pub enum Call {
    /// Create the intent.
    Create(CreatePaymentIntent),
    /// Store the id in the key index permanently.
    Register(PaymentIntentId),
    /// Read the intent.
    Read(GetPaymentIntent),
    /// Cancel the intent.
    Cancel(CancelPaymentIntent),
}

impl Intent {
    /// A new charge, whose intent is to be made at once.
    pub fn place(terms: IntentTerms, now: UnixMillis) -> Step<Self> {
        let intent = Self {
            terms,
            id: None,
            stage: Stage::Creating { sends: 0 },
            ends_at: now.plus(LIFETIME),
            calls: CallSlot::EMPTY,
            due: Some(now),
            register_at: None,
            last_read_at: None,
            watched_until: Some(now.plus(WATCH)),
            failures: 0,
            late_polls: 0,
            closed_at: None,
            version: 1,
        };
        intent.start(now)
    }

    /// Somebody watches: an open charge is read every three seconds for a while. Recorded only now and then, since each
    /// change is a write.
    fn watch(&mut self, now: UnixMillis) {
        if self.is_closed() {
            return;
        }
        let known = self.watched_until.is_some_and(|until| until >= now.plus(WATCH / 2) && until <= now.plus(WATCH));
        if known {
            return;
        }
        self.watched_until = Some(now.plus(WATCH));
        if let Stage::Open { .. } = self.stage
            && self.failures == 0
        {
            self.schedule_next_poll(now);
        }
    }

    /// Starts to cancel the charge.
    fn start_cancelling(&mut self, reason: Option<ReviewReason>, now: UnixMillis) {
        self.stage = Stage::Cancelling { cancels: 0, acknowledged: false, verify: false, reason };
        self.due = Some(now);
    }
}

impl Rules for Intent {
    type Event = Event;
    type Call = Call;
    type Answer = Answer;
    type Notice = Notice;
    type InFlight = TimedCall<Kind>;
    type Cause = ();
    type VisibleState = (IntentStatus, bool, UnixMillis);

    fn is_volatile(event: &Event) -> bool {
        match event {
            Event::Watched => true,
            Event::CancelAsked => false,
        }
    }

    fn on_event(&mut self, event: Event, _notices: &mut Vec<Notice>, now: UnixMillis) -> Reaction<()> {
        match event {
            Event::Watched => self.watch(now),
            Event::CancelAsked => {
                if self.can_be_cancelled() {
                    self.start_cancelling(None, now);
                }
            }
        }
        Reaction::Taken(())
    }

    fn on_answer(&mut self, _call: &TimedCall<Kind>, answer: Answer, notices: &mut Vec<Notice>, now: UnixMillis) {
        self.take_answer(answer, notices, now);
    }

    fn lost(call: &TimedCall<Kind>) -> Answer {
        match call.kind {
            Kind::Create => Answer::Created(Err(LOST)),
            Kind::Register => Answer::Registered(false),
            Kind::Read => Answer::Read(Err(LOST)),
            Kind::Cancel => Answer::Cancelled(Err(LOST)),
        }
    }

    fn next_call(&mut self, (): (), now: UnixMillis) -> Option<(Kind, Call)> {
        self.next_register(now).or_else(|| self.next_call_of_stage(now))
    }

    fn due_at(&self) -> Option<UnixMillis> {
        // What cannot be entered for a day is entered once somebody asks for the charge again.
        let register_at = self.register_at.filter(|at| *at < self.terms.placed_at.plus(KEY_INDEX_DEADLINE));
        self.due.into_iter().chain(register_at).min()
    }

    fn correct_own_times(&mut self, now: UnixMillis) {
        let longest_wait = match self.stage {
            Stage::Closed(_) => LONGEST_LATE_POLL,
            Stage::Creating { .. } | Stage::Open { .. } | Stage::Verifying { .. } | Stage::Cancelling { .. } => {
                LONGEST_WAIT
            }
        };
        self.ends_at = clock::at_most(self.ends_at, LIFETIME, now);
        clock::correct(&mut self.due, longest_wait, now);
        clock::correct(&mut self.register_at, LONGEST_LATE_POLL, now);
        clock::correct(&mut self.watched_until, WATCH, now);
        clock::correct_past(self.last_read_at.iter_mut().chain(&mut self.closed_at), now);
    }

    fn visible_state(&self) -> Self::VisibleState {
        (self.status(), self.id.is_some(), self.ends_at)
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
