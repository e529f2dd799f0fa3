//! The state machine of a refund of a saved card's charge: the whole amount, once.
//!
//! ```text
//!   Reading ── REFUNDED ─────────────────────────────► Refunded
//!      │  ▲ └─ never charged, or not for long ───────► Refused │ review
//!      │  └──────────── lost, refused ────────┐
//!      │ CONFIRMED                            │
//!      └──► Refunding ── REFUNDED ──► Refunded
//!                │                            │
//!                └────────────────────────────┘
//! ```
//!
//! Compago refunds a charge once: only a confirmed one, always the whole amount, and a second call is refused
//! (<https://docs.compago.com/payment-method/refund>, read November 2026). So a call whose answer was lost is settled by reading
//! the charge, and one that still reads `CONFIRMED` may be refunded again without refunding more.
//!
//! The first answer says what was charged. One that names another amount later, or a currency other than pesos at any time, ends
//! the refund on hold: nothing is called refunded whose amount is not certain.

use std::convert::Infallible;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::payment_method::CardPaymentStatus;
use crate::api::payment_method::payment::{CardPayment, GetCardPayment};
use crate::api::payment_method::refund::RefundCardPayment;
use crate::edge::saved_card::RefundStatus;
use crate::endpoint::CallError;
use crate::error::{Reason, Refusal};
use crate::flow::clock;
use crate::flow::machine::{CallKind, CallNumber, CallSlot, LOST, Machine as _, Reaction, Rules, Step, TimedCall};
use crate::flow::poll::{MAX_ALARM_GAP, MIN_GAP, backoff};
use crate::flow::record::{self, Record};
use crate::json::{Json, ShapeError};
use crate::value::{Amount, Currency, UnixMillis};
use crate::webhook::EventKind;

pub mod notice;
mod projection;
mod stage;
pub mod terms;

use notice::Notice;
use stage::{Outcome, Stage};
use terms::RefundTerms;

/// How often the refund call is sent.
const MAX_SENDS: u8 = 6;
/// How long an answer is waited for before a person is asked to look.
const GIVE_UP: Duration = Duration::from_secs(24 * 60 * 60);
/// Why a person must look at a refund that was given up.
pub(crate) const UNRESOLVED: &str = "refund-unresolved";
/// Why a person must look at a refund whose answers contradict each other about what was charged.
pub(crate) const MISMATCH: &str = "refund-mismatch";

/// A refund and the call in flight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    terms: RefundTerms,
    /// What was charged, once it was read.
    amount: Option<Amount>,
    stage: Stage,
    #[serde(rename = "flights")]
    calls: CallSlot<Kind>,
    due: Option<UnixMillis>,
    tries: u8,
    sends: u8,
}

/// Which call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// [`Call::Read`].
    Read,
    /// [`Call::Refund`].
    Refund,
}

impl CallKind for Kind {
    fn may_be_forgotten(self) -> bool {
        match self {
            Self::Read => true,
            Self::Refund => false,
        }
    }
}

impl Record for Refund {
    const VERSION: u32 = 2;

    fn migrate(record: &mut Json, version: u32) -> Result<(), ShapeError> {
        if version == 1 { record::add_metadata(record) } else { Ok(()) }
    }
}

/// A call of the refund's.
#[derive(Debug, Clone)]
pub enum Call {
    /// Read the charge.
    Read(GetCardPayment),
    /// Give it back.
    Refund(RefundCardPayment),
}

impl Refund {
    /// A new refund. No other one of the same charge may exist, unless it was refused.
    pub fn place(terms: RefundTerms, now: UnixMillis) -> Step<Self> {
        let stage = Stage::Reading { refused: None };
        let (calls, due) = (CallSlot::EMPTY, Some(now));
        Self { terms, amount: None, stage, calls, due, tries: 0, sends: 0 }.start(now)
    }

    /// Returns what is to be refunded.
    pub const fn terms(&self) -> &RefundTerms {
        &self.terms
    }

    /// Returns the status of the refund.
    pub const fn status(&self) -> RefundStatus {
        match &self.stage {
            Stage::Reading { .. } | Stage::Refunding => RefundStatus::Pending,
            Stage::Closed(Outcome::Refunded) => RefundStatus::Refunded,
            Stage::Closed(Outcome::Refused { .. }) => RefundStatus::Refused,
            Stage::Closed(Outcome::NeedsReview | Outcome::Contradicted) => RefundStatus::OnHold,
        }
    }

    /// Why Compago would not give it back, if it said so.
    pub const fn refusal(&self) -> Option<Reason> {
        match &self.stage {
            Stage::Closed(Outcome::Refused { reason }) => *reason,
            Stage::Reading { .. } | Stage::Refunding | Stage::Closed(_) => None,
        }
    }

    /// What was charged, once it was read.
    pub const fn amount(&self) -> Option<Amount> {
        self.amount
    }

    fn read(&mut self, status: Option<&CardPaymentStatus>, notices: &mut Vec<Notice>, now: UnixMillis) {
        let Stage::Reading { refused } = self.stage else { return };
        match status {
            Some(CardPaymentStatus::Confirmed) => match refused {
                // An earlier call, whose answer was lost, may be why this one was refused.
                Some(reason) if self.sends <= 1 => {
                    self.close(Outcome::Refused { reason: Some(reason) }, notices, now);
                }
                Some(_) | None if self.sends >= MAX_SENDS => self.close(Outcome::NeedsReview, notices, now),
                Some(_) | None => {
                    let wait = if self.sends == 0 { Duration::ZERO } else { backoff(self.sends) };
                    self.stage = Stage::Refunding;
                    self.due = Some(now.plus(wait));
                }
            },
            Some(CardPaymentStatus::Cancelled) => self.close(Outcome::Refused { reason: None }, notices, now),
            Some(CardPaymentStatus::NotInitialized | CardPaymentStatus::Pending) if self.sends == 0 => {
                self.close(Outcome::Refused { reason: None }, notices, now);
            }
            // The tries count as well, since the clock may have been set back.
            Some(_) | None if now >= self.terms.placed_at.plus(GIVE_UP) || self.tries == u8::MAX => {
                self.close(Outcome::NeedsReview, notices, now);
            }
            Some(_) | None => {
                self.tries = self.tries.saturating_add(1);
                self.due = Some(now.plus(backoff(self.tries)));
            }
        }
    }

    fn read_again(&mut self, refused: Option<Reason>, now: UnixMillis) {
        self.stage = Stage::Reading { refused };
        self.due = Some(now.plus(if refused.is_some() { Duration::ZERO } else { MIN_GAP }));
    }

    fn close(&mut self, outcome: Outcome, notices: &mut Vec<Notice>, now: UnixMillis) {
        match outcome {
            Outcome::Refunded => notices.push(self.notice(EventKind::PaymentRefunded, None, now)),
            Outcome::NeedsReview => notices.push(self.notice(EventKind::PaymentOnHold, Some(UNRESOLVED), now)),
            Outcome::Contradicted => notices.push(self.notice(EventKind::PaymentOnHold, Some(MISMATCH), now)),
            Outcome::Refused { .. } => {}
        }
        self.stage = Stage::Closed(outcome);
        self.due = None;
    }
}

impl Rules for Refund {
    type Event = Infallible;
    type Call = Call;
    /// Both calls answer the charge.
    type Answer = Result<CardPayment, CallError<Refusal>>;
    type Notice = Notice;
    type InFlight = TimedCall<Kind>;
    type Cause = ();
    type VisibleState = ();

    fn on_event(&mut self, event: Infallible, _notices: &mut Vec<Notice>, _now: UnixMillis) -> Reaction<()> {
        match event {}
    }

    fn on_answer(&mut self, call: &TimedCall<Kind>, answer: Self::Answer, notices: &mut Vec<Notice>, now: UnixMillis) {
        // An answer about another charge tells nothing about this one.
        let payment = answer.as_ref().ok().filter(|payment| payment.id == self.terms.payment);
        if let Some(payment) = payment {
            let differs = self.amount.is_some_and(|amount| amount != payment.amount);
            if differs || payment.currency != Currency::Mxn.as_str() {
                return self.close(Outcome::Contradicted, notices, now);
            }
            self.amount = Some(payment.amount);
            if payment.status == CardPaymentStatus::Refunded {
                return self.close(Outcome::Refunded, notices, now);
            }
        }
        match (call.kind, &answer) {
            (Kind::Refund, Err(CallError::Refused(refusal))) if refusal.reason.did_nothing() => {
                self.read_again(Some(refusal.reason), now);
            }
            (Kind::Refund, _) => self.read_again(None, now),
            (Kind::Read, Err(CallError::Refused(refusal))) if refusal.reason == Reason::NotFound && self.sends == 0 => {
                self.close(Outcome::Refused { reason: Some(Reason::NotFound) }, notices, now);
            }
            (Kind::Read, _) => self.read(payment.map(|payment| payment.status.clone()).as_ref(), notices, now),
        }
    }

    fn lost(_call: &TimedCall<Kind>) -> Self::Answer {
        Err(LOST)
    }

    fn next_call(&mut self, (): (), now: UnixMillis) -> Option<(Kind, Call)> {
        if self.due? > now {
            return None;
        }
        let RefundTerms { method, payment: id, reason, .. } = self.terms.clone();
        match &self.stage {
            Stage::Reading { .. } => Some((Kind::Read, Call::Read(GetCardPayment { method, id }))),
            Stage::Refunding => {
                self.sends = self.sends.saturating_add(1);
                Some((Kind::Refund, Call::Refund(RefundCardPayment { method, id, reason })))
            }
            Stage::Closed(_) => None,
        }
    }

    fn due_at(&self) -> Option<UnixMillis> {
        self.due
    }

    fn correct_own_times(&mut self, now: UnixMillis) {
        clock::correct(&mut self.due, MAX_ALARM_GAP, now);
    }

    fn visible_state(&self) {}

    fn version_mut(&mut self) -> Option<&mut u32> {
        None
    }

    fn in_flight(&self) -> Option<&TimedCall<Kind>> {
        self.calls.current()
    }

    fn in_flight_mut(&mut self) -> (&mut Option<TimedCall<Kind>>, &mut CallNumber) {
        self.calls.parts_mut()
    }
}
