//! An order's life, from its first attempt to the one fact that matters: paid, or certainly not.
//!
//! ```text
//!             create lost, refused as duplicate
//!   Creating ───────────────────────────────────► Searching(recover) ──► withdrawn, replaced by a new attempt
//!      │ link                                          ▲ │
//!      ▼            not proved                         │ │ nothing there: create again, same external id
//!   Proving ─────► Searching(adopt) ──► held           │ ▼
//!      │ id, external id, amount, currency equal    Creating
//!      ▼
//!    Open ──── CONFIRMED ────────────────────────────────────────────────► Paid
//!      │ └──── run out ─► Searching(settle) ──► Paid │ Expired │ held
//!      │ └──── contradiction ─► Searching(contradiction) ──► Paid │ Open │ Cancelled │ Expired │ held
//!      ▼ cancel asked
//!   Withdrawing ──► Cancelled │ Paid │ back to Open if Compago will not cancel
//! ```
//!
//! - Only [`verdict`] finds that something is paid, and only for a payment that was bound to the order by an answer of
//!   Compago's. What a browser brings ([`Event::Returned`]) can cause a read, never a state.
//! - An answer that names another payment id, external id, amount, currency or home page than was bound is remembered with
//!   the attempt ([`agreement::Agreement`]). Until a later answer names all four facts as they were bound, a confirmation that
//!   leaves any of them out is for a person, in whatever order answers come.
//! - At most one call is in flight. It is written down before it is sent, so after a crash the order knows what may
//!   have happened; a flight that is too old counts as a call without an answer.
//! - At most one attempt can be paid: a new one begins only when the last is closed and cannot be paid.
//! - Paid is final. A second confirmed payment is raised, not swallowed.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::endpoint::{CallError, Undelivered};
use crate::flow::clock;
use crate::flow::poll::{MAX_ALARM_GAP, Watched};
use crate::value::{ExternalId, PaymentId, UnixMillis};

pub mod agreement;
mod answer;
pub mod attempt;
mod close;
pub mod facts;
mod flight;
mod listing;
mod migration;
pub mod notice;
mod recheck;
mod stage;
pub mod terms;
pub mod verdict;
mod view;
mod visit;

use agreement::Agreement;
use attempt::Attempt;
use facts::Listed;
pub use flight::{Answer, Call, Glance, Glanced};
use flight::{Flight, Kind};
pub use listing::AttemptEnd;
use notice::{Entry, Notice};
use recheck::LATE_LOOK;
use terms::Terms;
pub use view::{CancelRefusal, RetryRefusal};

/// After the end of a link, how long its payment is given to appear before the list has the last word.
pub const SETTLE_MARGIN: Duration = Duration::from_secs(2 * 60);

/// After the end of a link, how long an order waits for an answer before a person is asked to look.
pub const GIVE_UP: Duration = Duration::from_secs(24 * 60 * 60);

/// How long an order that was not paid keeps the payer's data, so that the payer may try again.
pub const RETENTION: Duration = Duration::from_secs(72 * 60 * 60);

const MAX_ATTEMPTS: u8 = 20;
/// How often a payer may ask Compago to cancel one payment that it does not cancel.
const MAX_WITHDRAWALS: u8 = 2;

/// An order: its terms, its attempts and the call in flight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    terms: Terms,
    earlier: Vec<Attempt>,
    current: Attempt,
    flight: Option<Flight>,
    flights: u32,
    /// When the current attempt's next call is due; `None` once it is closed.
    due: Option<UnixMillis>,
    rechecks: u8,
    paid_by: Option<u8>,
    paid_twice: bool,
    closed_at: Option<UnixMillis>,
    version: u32,
    history: Vec<Entry>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The time that [`Order::wake_at`] named has come. May come early, late or twice.
    AlarmRang,
    /// Somebody asked for the order's state.
    Watched,
    /// An operator's page is open that follows the order.
    WatchedByOperator,
    /// An operator wants the payment to be read now.
    CheckAsked,
    /// A browser came to the return URL. Both values are anybody's to choose.
    Returned {
        /// What it says is the payment's id.
        payment_id: PaymentId,
        /// What it says is the external id.
        external_id: ExternalId,
    },
    /// Compago's list shows a payment of the order's as confirmed, or with other facts than were bound.
    Listed(Listed),
    /// The payer wants to try again, and [`Order::retry_allowed`].
    RetryAsked,
    /// The payer wants to cancel, and [`Order::cancel_allowed`].
    CancelAsked,
    /// The call with this number came to an end.
    Answered {
        /// The number that [`Effect::Call`] gave.
        flight: u32,
        /// What came of it.
        answer: Answer,
    },
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
    /// Put the notice in the outbox, in the transaction that saves the order.
    Notify(Notice),
}

/// An order after an event, and what is to be done about it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Step {
    /// To be saved before any effect is carried out.
    pub order: Order,
    /// In order.
    pub effects: Vec<Effect>,
}

impl Order {
    /// A new order whose first payment is to be made at once.
    ///
    /// `None` if the terms do not allow an external id, which no terms made from a checked request do.
    pub fn place(terms: Terms, now: UnixMillis) -> Option<Step> {
        let current = Attempt::begin(1, &terms, now)?;
        let mut order = Self {
            terms,
            earlier: Vec::new(),
            current,
            flight: None,
            flights: 0,
            due: Some(now),
            rechecks: 0,
            paid_by: None,
            paid_twice: false,
            closed_at: None,
            version: 1,
            history: Vec::from([Entry::begun(1, now)]),
        };
        let call = order.launch(Watched::No, now);
        Some(Step { order, effects: call.into_iter().collect() })
    }

    /// Takes one event.
    pub fn step(mut self, event: Event, now: UnixMillis) -> Step {
        let seen = self.face();
        self.correct_times(now);
        let mut notices = Vec::new();
        let mut watched = Watched::No;
        match event {
            Event::AlarmRang => self.ring(&mut notices, now),
            Event::Watched => watched = self.watch(Watched::Yes, self.current.looks.watch_at(), now),
            Event::WatchedByOperator => {
                watched = self.watch(Watched::ByOperator, self.current.looks.operator_page_at(), now);
            }
            Event::CheckAsked => watched = self.watch(Watched::Check, self.check_at(), now),
            Event::Returned { payment_id, external_id } => match self.named(payment_id, &external_id) {
                Some(number) => self.welcome(number, now),
                // Anybody can type such a pair: it does not even make a call that is due a little earlier.
                None => return Step { order: self, effects: Vec::new() },
            },
            Event::Listed(listed) => self.listed(&listed, &mut notices, now),
            Event::RetryAsked => {
                if self.retry_allowed().is_ok() {
                    self.begin_next(now);
                }
            }
            Event::CancelAsked => {
                if self.cancel_allowed().is_ok() {
                    self.withdraw(now);
                }
            }
            Event::Answered { flight, answer } => {
                if self.flight.as_ref().is_some_and(|current| current.id == flight)
                    && let Some(flight) = self.flight.take()
                {
                    self.land(&flight, answer, &mut notices, now);
                }
            }
        }
        let call = self.launch(watched, now);
        if self.face() != seen {
            self.version = self.version.saturating_add(1);
        }
        Step { order: self, effects: notices.into_iter().map(Effect::Notify).chain(call).collect() }
    }

    /// When the next [`Event::AlarmRang`] is due; `None` if nothing will ever be.
    pub fn wake_at(&self) -> Option<UnixMillis> {
        let call = match &self.flight {
            Some(flight) => Some(flight.since.plus(flight.kind.limit())),
            None => self.attempts().filter_map(|attempt| attempt.recheck_at).chain(self.due).min(),
        };
        [call, self.forget_at()].into_iter().flatten().min()
    }

    /// Corrects its times if the clock was set back, see [`clock`]: the next alarm is never further away than it can have been
    /// set. Every step does so too.
    pub fn correct_times(&mut self, now: UnixMillis) {
        let longest_link = self.terms.ttl.duration().saturating_add(SETTLE_MARGIN);
        for attempt in self.attempts_mut() {
            attempt.looks.correct_times(now);
            attempt.expires_at = clock::at_most(attempt.expires_at, longest_link, now);
            if let Agreement::Contradicted { at } = &mut attempt.agreement {
                clock::correct_past([at], now);
            }
            let last_look = attempt.expires_at.plus(SETTLE_MARGIN).plus(LATE_LOOK);
            clock::correct(&mut attempt.recheck_at, last_look.since(now).max(MAX_ALARM_GAP), now);
        }
        clock::correct(&mut self.due, MAX_ALARM_GAP, now);
        clock::correct_past(
            self.flight.as_mut().map(|flight| &mut flight.since).into_iter().chain(&mut self.closed_at),
            now,
        );
    }

    fn forget_at(&self) -> Option<UnixMillis> {
        self.terms.billing_information.as_ref()?;
        Some(self.closed_at?.plus(RETENTION))
    }

    fn ring(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        if self.flight.as_ref().is_some_and(|flight| flight.since.plus(flight.kind.limit()) <= now)
            && let Some(flight) = self.flight.take()
        {
            let lost = CallError::Undelivered(Undelivered::Timeout);
            let answer = match flight.kind {
                Kind::Create => Answer::Created(Err(lost)),
                Kind::Read => Answer::Read(Err(lost)),
                Kind::Search => Answer::Searched(Err(lost)),
                Kind::Cancel => Answer::Cancelled(Err(lost)),
                Kind::Glance => Answer::Glanced(None),
            };
            self.land(&flight, answer, notices, now);
        }
        if self.forget_at().is_some_and(|at| at <= now) {
            self.terms.billing_information = None;
        }
    }
}
