//! A charge at a terminal, from the cashier's amount to the one fact that matters: paid, or certainly not.
//!
//! ```text
//!   Creating ── answer lost ──► Creating again, same external id ── taken, or too often ──► held: the terminal must tell
//!      │ id, external id, amount, currency equal         not equal ──► Withdrawing ──► held
//!      ▼
//!    Open ──────────────────────── SUCCESS ────────────────────────────────────────────────► Paid
//!      │ ▲  └─ contradiction: unknown, followed on ──► held
//!      │ └──── pending after all ────┐
//!      ├── CANCELLED, expired ──► Verifying ── the same again ──► Cancelled │ Expired
//!      ▼ cancel asked                └─ SUCCESS ──► Paid
//!   Withdrawing ── cancelled, run out ──► Cancelled │ Expired
//!            └─ SUCCESS ──► Paid
//! ```
//!
//! - Only [`verdict`] finds that something is paid, and only `SUCCESS` in an answer about the id that Compago gave to this
//!   very charge. It is looked for before anything else: a charge in the last second may be expired or cancelled as well
//!   (<https://docs.compago.com/payment-intent/create>, read November 2026).
//! - An answer that names another amount, currency or external id than was asked for makes it a matter for a person, in
//!   whatever order answers come. What can still be taken back is.
//! - That it is over is believed when two answers say so, and looked at again afterwards: a late `SUCCESS` still counts.
//! - At most one call is in flight. It is written down before it is sent; after a crash a flight that is too old counts as a
//!   call without an answer.
//! - Compago has no list of intents. An intent whose creation was answered to nobody cannot be found, so it is never said to
//!   be unpaid: a person must look at the terminal.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::payment_intent::LIFETIME;
use crate::api::payment_intent::cancel::CancelPaymentIntent;
use crate::api::payment_intent::create::{CreatePaymentIntent, CreatedIntent};
use crate::api::payment_intent::get::{GetPaymentIntent, IntentReading};
use crate::endpoint::{CallError, Undelivered};
use crate::error::Refusal;
use crate::flow::clock;
use crate::flow::flights::{FLIGHT_LIMIT, Flights};
use crate::flow::record::Record;
use crate::value::{PaymentIntentId, UnixMillis};

mod answer;
mod launch;
mod listing;
pub mod notice;
pub mod stage;
pub mod terms;
pub mod verdict;
mod view;

use answer::{LONGEST_LATE_LOOK, LONGEST_WAIT};
use notice::Notice;
use stage::{Doubt, Stage};
use terms::IntentTerms;

/// After a charge was placed, how long its id is tried to be entered in the register.
const REGISTER_END: Duration = Duration::from_secs(24 * 60 * 60);
/// How long one question of a till counts as watching.
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
    flights: Flights<Kind>,
    /// When the next call is due.
    due: Option<UnixMillis>,
    /// When the id is to be entered in the register, by which tills find the charge; `None` before there is one and once it
    /// is done.
    register_at: Option<UnixMillis>,
    last_read_at: Option<UnixMillis>,
    watched_until: Option<UnixMillis>,
    /// Calls in a row that told nothing.
    untold: u8,
    /// Looks at a charge that is closed already.
    late_looks: u8,
    closed_at: Option<UnixMillis>,
    version: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Create,
    Register,
    Read,
    Cancel,
}

impl Record for Intent {
    const VERSION: u32 = 1;
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The time that [`Intent::wake_at`] named has come. May come early, late or twice.
    AlarmRang,
    /// A till asked how the charge stands.
    Watched,
    /// The cashier wants the charge taken back, or another till takes the terminal over.
    CancelAsked,
    /// The call with this number came to an end.
    Answered {
        /// The number that [`Effect::Call`] gave.
        flight: u32,
        /// What came of it.
        answer: Answer,
    },
}

/// What came of a call.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`Call::Create`].
    Created(Result<CreatedIntent, CallError<Refusal>>),
    /// To [`Call::Register`]: whether the entry stands.
    Registered(bool),
    /// To [`Call::Read`].
    Read(Result<IntentReading, CallError<Refusal>>),
    /// To [`Call::Cancel`].
    Cancelled(Result<(), CallError<Refusal>>),
}

/// What is to be done.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Make the call, then feed its answer back with the same number.
    Call {
        /// Tells this call's answer from a late one of an earlier call.
        flight: u32,
        /// The call.
        call: Call,
    },
    /// Put the notice in the outbox, in the transaction that saves the charge.
    Notify(Notice),
}

/// A call of the charge's.
#[derive(Debug, Clone)]
pub enum Call {
    /// Make the intent.
    Create(CreatePaymentIntent),
    /// Enter the id in the register of this Worker, for good.
    Register(PaymentIntentId),
    /// Read the intent.
    Read(GetPaymentIntent),
    /// Cancel the intent.
    Cancel(CancelPaymentIntent),
}

/// A charge after an event, and what is to be done about it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Step {
    /// To be saved before any effect is carried out.
    pub intent: Intent,
    /// In order.
    pub effects: Vec<Effect>,
}

impl Intent {
    /// A new charge, whose intent is to be made at once.
    pub fn place(terms: IntentTerms, now: UnixMillis) -> Step {
        let mut intent = Self {
            terms,
            id: None,
            stage: Stage::Creating { sends: 0 },
            ends_at: now.plus(LIFETIME),
            flights: Flights::NONE,
            due: Some(now),
            register_at: None,
            last_read_at: None,
            watched_until: Some(now.plus(WATCH)),
            untold: 0,
            late_looks: 0,
            closed_at: None,
            version: 1,
        };
        let call = intent.launch(now);
        Step { intent, effects: call.into_iter().collect() }
    }

    /// Takes one event.
    pub fn step(mut self, event: Event, now: UnixMillis) -> Step {
        let seen = self.face();
        self.correct_times(now);
        let mut notices = Vec::new();
        match event {
            Event::AlarmRang => self.ring(&mut notices, now),
            Event::Watched => self.watch(now),
            Event::CancelAsked => {
                if self.can_be_withdrawn() {
                    self.withdraw(None, now);
                }
            }
            Event::Answered { flight, answer } => {
                if self.flights.land(flight).is_some() {
                    self.land(answer, &mut notices, now);
                }
            }
        }
        let call = self.launch(now);
        if self.face() != seen {
            self.version = self.version.saturating_add(1);
        }
        Step { intent: self, effects: notices.into_iter().map(Effect::Notify).chain(call).collect() }
    }

    /// When the next [`Event::AlarmRang`] is due; `None` if nothing will ever be.
    pub fn wake_at(&self) -> Option<UnixMillis> {
        // What cannot be entered for a day is entered once somebody asks for the charge again.
        let register_at = self.register_at.filter(|at| *at < self.terms.placed_at.plus(REGISTER_END));
        self.flights.lost_at().or_else(|| self.due.into_iter().chain(register_at).min())
    }

    /// Corrects its times if the clock was set back, see [`clock`]: the next alarm is never further away than it can have been
    /// set. Every step does so too.
    pub fn correct_times(&mut self, now: UnixMillis) {
        let longest_wait = match self.stage {
            Stage::Closed(_) => LONGEST_LATE_LOOK,
            Stage::Creating { .. } | Stage::Open { .. } | Stage::Verifying { .. } | Stage::Withdrawing { .. } => {
                LONGEST_WAIT
            }
        };
        self.ends_at = clock::at_most(self.ends_at, LIFETIME, now);
        clock::correct(&mut self.due, longest_wait, now);
        clock::correct(&mut self.register_at, LONGEST_LATE_LOOK, now);
        clock::correct(&mut self.watched_until, WATCH, now);
        clock::correct_past(self.last_read_at.iter_mut().chain(&mut self.closed_at), now);
        self.flights.correct_times(|_| FLIGHT_LIMIT, now);
    }

    fn ring(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        if let Some(kind) = self.flights.lose(now) {
            let lost = CallError::Undelivered(Undelivered::Timeout);
            let answer = match kind {
                Kind::Create => Answer::Created(Err(lost)),
                Kind::Register => Answer::Registered(false),
                Kind::Read => Answer::Read(Err(lost)),
                Kind::Cancel => Answer::Cancelled(Err(lost)),
            };
            self.land(answer, notices, now);
        }
    }

    /// Somebody watches: an open charge is read every three seconds for a while. Told anew only now and then, since each
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
            && self.untold == 0
        {
            self.follow(now);
        }
    }

    /// Takes the charge back from its terminal.
    fn withdraw(&mut self, doubt: Option<Doubt>, now: UnixMillis) {
        self.stage = Stage::Withdrawing { cancels: 0, acknowledged: false, verify: false, doubt };
        self.due = Some(now);
    }
}
