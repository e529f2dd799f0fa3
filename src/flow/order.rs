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
//! - At most one call is in flight. It is written down before it is sent, so after a crash the order knows what may
//!   have happened; a flight that is too old counts as a call without an answer.
//! - At most one attempt can be paid: a new one begins only when the last is closed and cannot be paid.
//! - Paid is final. A second confirmed payment is raised, not swallowed.

use std::time::Duration;

use crate::api::one_time_payment::cancel::{CancelOneTimePayment, Cancellation};
use crate::api::one_time_payment::create::CreateOneTimePayment;
use crate::api::one_time_payment::find::Search;
use crate::api::one_time_payment::get::{GetOneTimePayment, Reading};
use crate::api::one_time_payment::link::{CheckoutLink, LinkError};
use crate::endpoint::{CallError, Undelivered};
use crate::error::Refusal;
use crate::flow::poll::{Look, Watched};
use crate::value::{ExternalId, PaymentId, UnixMillis};

mod answer;
pub mod attempt;
pub mod notice;
pub mod terms;
pub mod verdict;
mod view;

use attempt::{Attempt, Outcome, Purpose, Stage};
use notice::{Entry, Notice};
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
const MAX_RECHECKS: u8 = 6;

/// An order: its terms, its attempts and the call in flight.
#[derive(Debug, Clone, PartialEq, Eq)]
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

record_on_the_wire!(Order {
    terms: "terms",
    earlier: "earlier",
    current: "current",
    flight: "flight",
    flights: "flights",
    due: "due",
    rechecks: "rechecks",
    paid_by: "paidBy",
    paid_twice: "paidTwice",
    closed_at: "closedAt",
    version: "version",
    history: "history",
});

/// A call that was sent, or is about to be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Flight {
    id: u32,
    attempt: u8,
    kind: Kind,
    since: UnixMillis,
}

record_on_the_wire!(Flight { id: "id", attempt: "attempt", kind: "kind", since: "since" });

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Create,
    Read,
    Search,
    Cancel,
    Glance,
}

variants_on_the_wire!(Kind {
    Create = "create",
    Read = "read",
    Search = "search",
    Cancel = "cancel",
    Glance = "glance",
});

impl Kind {
    /// After how long a call in flight counts as lost: more than any shell waits for it.
    const fn limit(self) -> Duration {
        match self {
            Self::Create | Self::Read | Self::Cancel => Duration::from_secs(25),
            Self::Search | Self::Glance => Duration::from_secs(5 * 60),
        }
    }
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The time that [`Order::wake_at`] named has come. May come early, late or twice.
    AlarmRang,
    /// Somebody asked for the order's state.
    Watched,
    /// A browser came to the return URL. Both values are anybody's to choose.
    Returned {
        /// What it says is the payment's id.
        payment_id: PaymentId,
        /// What it says is the external id.
        external_id: ExternalId,
    },
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

/// What came of a call.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`Call::Create`].
    Created(Result<Result<CheckoutLink, LinkError>, CallError<Refusal>>),
    /// To [`Call::Read`].
    Read(Result<Reading, CallError<Refusal>>),
    /// To [`Call::Search`].
    Searched(Result<Search, CallError<Refusal>>),
    /// To [`Call::Cancel`].
    Cancelled(Result<Cancellation, CallError<Refusal>>),
    /// To [`Call::Glance`]: whether the list of confirmed payments holds this one, if that could be learnt.
    Glanced(Option<bool>),
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

/// A call of the order's.
#[derive(Debug, Clone)]
pub enum Call {
    /// Make the payment.
    Create(Box<CreateOneTimePayment>),
    /// Read the payment.
    Read(GetOneTimePayment),
    /// Find the payment in the list.
    Search(ExternalId),
    /// Cancel the payment.
    Cancel(CancelOneTimePayment),
    /// Ask whether the shared list of confirmed payments holds the payment.
    Glance(PaymentId),
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
        let mut notices = Vec::new();
        let mut watched = Watched::No;
        match event {
            Event::AlarmRang => self.ring(&mut notices, now),
            Event::Watched => watched = self.watch(now),
            Event::Returned { payment_id, external_id } => match self.named(payment_id, &external_id) {
                Some(number) => self.welcome(number, now),
                // Anybody can type such a pair: it does not even make a call that is due a little earlier.
                None => return Step { order: self, effects: Vec::new() },
            },
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

    /// Somebody watches: an open payment may be read sooner than the alarm would.
    fn watch(&mut self, now: UnixMillis) -> Watched {
        if self.flight.is_none()
            && let Stage::Open { .. } = self.current.stage
            && self.current.looks.watch_at().is_some_and(|at| at <= now)
        {
            self.due = Some(now);
            return Watched::Yes;
        }
        Watched::No
    }

    /// The attempt that has both this payment and this external id.
    fn named(&self, payment_id: PaymentId, external_id: &ExternalId) -> Option<u8> {
        let is_named = |attempt: &&Attempt| {
            attempt.external_id == *external_id
                && attempt.binding.as_ref().is_some_and(|binding| binding.payment_id == payment_id)
        };
        self.attempts().find(is_named).map(|attempt| attempt.number)
    }

    /// A browser returned that knows attempt `number`.
    fn welcome(&mut self, number: u8, now: UnixMillis) {
        if number == self.current.number
            && let Stage::Open { claimed, .. } = &mut self.current.stage
        {
            if let Some(at) = self.current.looks.returned(now) {
                *claimed = true;
                self.due = Some(at);
            }
            return;
        }
        if number == self.current.number
            && let Stage::Searching { purpose: Purpose::Settle { .. }, .. } = self.current.stage
        {
            self.due = self.current.looks.returned(now).or(self.due);
            return;
        }
        let closed = self.attempts().any(|attempt| {
            let Stage::Closed(outcome) = &attempt.stage else { return false };
            attempt.number == number && matches!(outcome, Outcome::Expired | Outcome::Cancelled | Outcome::Held { .. })
        });
        if closed && self.rechecks < MAX_RECHECKS {
            self.recheck_later(number, now);
        }
    }

    /// Reads attempt `number`, which is closed, once more.
    fn recheck_later(&mut self, number: u8, earliest: UnixMillis) {
        let Some(attempt) = self.attempts_mut().find(|attempt| attempt.number == number) else { return };
        let at = attempt.looks.read_at().max(earliest);
        attempt.recheck_at = Some(attempt.recheck_at.map_or(at, |earlier| earlier.min(at)));
    }

    fn attempts_mut(&mut self) -> impl Iterator<Item = &mut Attempt> {
        self.earlier.iter_mut().chain([&mut self.current])
    }

    fn begin_next(&mut self, now: UnixMillis) {
        let Some(number) = self.current.number.checked_add(1) else { return };
        let Some(next) = Attempt::begin(number, &self.terms, now) else { return };
        self.earlier.push(std::mem::replace(&mut self.current, next));
        self.due = Some(now);
        self.closed_at = None;
        self.record(Entry::begun(number, now));
    }

    fn withdraw(&mut self, now: UnixMillis) {
        let link = self.current.link().cloned();
        self.current.withdrawals = self.current.withdrawals.saturating_add(1);
        self.current.stage = Stage::Withdrawing { link, cancels: 0, tries: 0, verify: false };
        self.due = Some(now);
    }

    /// Writes down the call that is due, unless one is in flight.
    fn launch(&mut self, watched: Watched, now: UnixMillis) -> Option<Effect> {
        if self.flight.is_some() {
            return None;
        }
        let recheck = |attempt: &&mut Attempt| attempt.recheck_at.is_some_and(|at| at <= now);
        let found = self.attempts_mut().find(recheck);
        if let Some(attempt) = found {
            attempt.recheck_at = None;
            let number = attempt.number;
            let id = attempt.binding.as_ref()?.payment_id;
            attempt.looks.read(Watched::No, now);
            self.rechecks = self.rechecks.saturating_add(1);
            return Some(self.take_off(number, Kind::Read, Call::Read(GetOneTimePayment { id }), now));
        }
        if self.due? > now {
            return None;
        }
        let number = self.current.number;
        let (kind, call) = self.owed(watched, now)?;
        Some(self.take_off(number, kind, call, now))
    }

    fn take_off(&mut self, attempt: u8, kind: Kind, call: Call, now: UnixMillis) -> Effect {
        self.flights = self.flights.wrapping_add(1);
        self.flight = Some(Flight { id: self.flights, attempt, kind, since: now });
        Effect::Call { flight: self.flights, call }
    }

    /// The call that the current attempt's stage asks for, counted as sent.
    fn owed(&mut self, watched: Watched, now: UnixMillis) -> Option<(Kind, Call)> {
        let Attempt { external_id, expires_at, binding, looks, stage, .. } = &mut self.current;
        let bound = binding.as_ref().map(|binding| GetOneTimePayment { id: binding.payment_id });
        match stage {
            Stage::Creating { sends } => {
                *sends = sends.saturating_add(1);
                Some((Kind::Create, Call::Create(Box::new(self.terms.create(external_id)?))))
            }
            Stage::Proving { candidate, .. } => Some((Kind::Read, Call::Read(GetOneTimePayment { id: *candidate }))),
            Stage::Searching { .. } => Some((Kind::Search, Call::Search(external_id.clone()))),
            Stage::Open { claimed, .. } => {
                let look = match watched {
                    Watched::Yes => Look::Read,
                    Watched::No if expires_at.plus(SETTLE_MARGIN) <= now => Look::Read,
                    Watched::No if *claimed => looks.claim_look(),
                    Watched::No => looks.alarm_look(now),
                };
                let read = bound?;
                Some(match look {
                    Look::Read => {
                        looks.read(watched, now);
                        (Kind::Read, Call::Read(read))
                    }
                    Look::Glance => {
                        looks.glancing(now);
                        (Kind::Glance, Call::Glance(read.id))
                    }
                })
            }
            Stage::Withdrawing { verify: true, .. } => {
                looks.read(Watched::No, now);
                Some((Kind::Read, Call::Read(bound?)))
            }
            Stage::Withdrawing { verify: false, cancels, .. } => {
                *cancels = cancels.saturating_add(1);
                Some((Kind::Cancel, Call::Cancel(CancelOneTimePayment { id: bound?.id })))
            }
            Stage::Closed(_) => None,
        }
    }
}
