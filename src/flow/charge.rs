//! The state machine of a charge of a saved card: made exactly once, on an API that cannot tell a repeated call from a second charge.
//!
//! ```text
//!   Snapshotting ── the card's earlier payments ────► Charging ── refused ──────────────► Refused
//!                                                        │ │
//!                                    answer, id known    │ │ answer lost
//!                                        ┌───────────────┘ ▼
//!                                        │             Searching ── none, or more than one ──► NeedsReview
//!                                        ▼                 │ exactly one that is new
//!                                    Following ◄───────────┘
//!                                        └── CONFIRMED ► Confirmed │ CANCELLED ► Declined │ REFUNDED ► Refunded
//! ```
//!
//! - The call that charges is sent once in a charge's life. It is written down before it is sent; after a crash it counts as
//!   sent, and its answer as lost. There is no second one, whatever happens
//!   (<https://docs.compago.com/payment-method/charge>, read November 2026: no external id, no idempotency key).
//! - What became of a call without an answer is learnt from the card's list of charges alone: exactly one charge of this amount,
//!   made while the call was under way, that was not there before and is no other charge's of ours. That presumes that nobody
//!   else charges the card ([`search::Attribution`]). Not finding it proves nothing, since how soon the list shows it is not
//!   documented: then it needs review, and later polls may still find it.
//! - A card is charged for one thing at a time: two calls under way at once could not be distinguished.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::payment_method::charge::ChargePaymentMethod;
use crate::api::payment_method::payment::{CardPayment, GetCardPayment};
use crate::api::payment_method::payments::AllCardPayments;
use crate::edge::saved_card::ChargeStatus;
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::flow::clock;
use crate::flow::machine::{
    CALL_TIMEOUT, CallKind, CallNumber, CallSlot, LOST, Machine as _, Reaction, Rules, Step, TimedCall,
};
use crate::flow::record::{self, Record};
use crate::json::{Json, ShapeError};
use crate::value::{CardPaymentId, PaymentMethodId, UnixMillis};

mod answer;
pub mod notice;
mod projection;
pub mod search;
pub mod stage;
pub mod terms;
mod view;

use answer::{LONGEST_LATE_POLL, LONGEST_WAIT};
use notice::Notice;
use search::{Attribution, Others};
use stage::{Outcome, Stage};
use terms::ChargeTerms;

/// A charge of a saved card: what is to be charged, Compago's payment for it, and the call in flight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Charge {
    terms: ChargeTerms,
    /// Compago's payment, once it is known which one it is.
    id: Option<CardPaymentId>,
    stage: Stage,
    /// The payments of this amount that the card's list held before the call; `None` if the list could not be read whole, so that
    /// nothing can be concluded from it later.
    #[serde(rename = "before")]
    preexisting_payments: Option<Vec<CardPaymentId>>,
    /// When the call that charges was sent.
    sent_at: Option<UnixMillis>,
    #[serde(rename = "flights")]
    calls: CallSlot<Kind>,
    due: Option<UnixMillis>,
    /// Calls in a row without a usable answer.
    #[serde(rename = "untold")]
    failures: u8,
    closed_at: Option<UnixMillis>,
    version: u32,
}

/// Which call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// [`Call::List`].
    List,
    /// [`Call::Charge`].
    Charge,
    /// [`Call::Read`].
    Read,
}

impl CallKind for Kind {
    fn timeout(self) -> Duration {
        match self {
            Self::Charge | Self::Read => CALL_TIMEOUT,
            // A list may have many pages.
            Self::List => Duration::from_secs(5 * 60),
        }
    }

    fn may_be_forgotten(self) -> bool {
        match self {
            Self::Read => true,
            Self::Charge | Self::List => false,
        }
    }
}

impl Record for Charge {
    const VERSION: u32 = 2;

    fn migrate(record: &mut Json, version: u32) -> Result<(), ShapeError> {
        if version == 1 { record::add_metadata(record) } else { Ok(()) }
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A charge that [is stalled](Charge::is_stalled) is to go on. No other one of the card may be
    /// [under way](Charge::is_under_way).
    ResumeAsked,
}

/// What came of a call.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`Call::List`].
    Listed {
        /// All charges of the card.
        result: Result<AllCardPayments, CallError<Refusal>>,
        /// What is known of the card's other charges, at the time of the answer.
        others: Others,
        /// Whether a payment of the list may be taken for this charge.
        attribution: Attribution,
    },
    /// To [`Call::Charge`].
    Charged(Result<CardPayment, CallError<Refusal>>),
    /// To [`Call::Read`].
    Read(Result<CardPayment, CallError<Refusal>>),
}

/// A call of the charge's.
#[derive(Debug, Clone)]
pub enum Call {
    /// List all charges of the card.
    List(PaymentMethodId),
    /// Charge the card. Sent once, ever.
    Charge(ChargePaymentMethod),
    /// Read the charge.
    Read(GetCardPayment),
}

impl Charge {
    /// A new charge. No other one of the card may be [under way](Self::is_under_way).
    pub fn place(terms: ChargeTerms, now: UnixMillis) -> Step<Self> {
        let charge = Self {
            terms,
            id: None,
            stage: Stage::Snapshotting { tries: 0 },
            preexisting_payments: None,
            sent_at: None,
            calls: CallSlot::EMPTY,
            due: Some(now),
            failures: 0,
            closed_at: None,
            version: 1,
        };
        charge.start(now)
    }
}

impl Rules for Charge {
    type Event = Event;
    type Call = Call;
    type Answer = Answer;
    type Notice = Notice;
    type InFlight = TimedCall<Kind>;
    type Cause = ();
    type VisibleState = (ChargeStatus, Option<CardPaymentId>);

    fn on_event(&mut self, event: Event, _notices: &mut Vec<Notice>, now: UnixMillis) -> Reaction<()> {
        match event {
            Event::ResumeAsked => {
                if self.is_stalled() {
                    self.stage = Stage::Snapshotting { tries: 0 };
                    self.due = Some(now);
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
            Kind::List => {
                let (others, attribution) = (Others::default(), Attribution::default());
                Answer::Listed { result: Err(LOST), others, attribution }
            }
            Kind::Charge => Answer::Charged(Err(LOST)),
            Kind::Read => Answer::Read(Err(LOST)),
        }
    }

    fn next_call(&mut self, (): (), now: UnixMillis) -> Option<(Kind, Call)> {
        if self.due? > now {
            return None;
        }
        let method = self.terms.method;
        match &self.stage {
            Stage::Snapshotting { .. } | Stage::Searching { .. } => Some((Kind::List, Call::List(method))),
            Stage::Charging if self.sent_at.is_none() => {
                self.sent_at = Some(now);
                Some((Kind::Charge, Call::Charge(self.terms.charge())))
            }
            // It was sent: there is no second call.
            Stage::Charging => None,
            Stage::Following => Some((Kind::Read, Call::Read(GetCardPayment { method, id: self.id? }))),
            Stage::Closed(Outcome::NeedsReview { .. }) => Some(match self.id {
                Some(id) => (Kind::Read, Call::Read(GetCardPayment { method, id })),
                None => (Kind::List, Call::List(method)),
            }),
            Stage::Closed(
                Outcome::Confirmed { .. } | Outcome::Refunded | Outcome::Declined | Outcome::Refused { .. },
            ) => None,
        }
    }

    fn due_at(&self) -> Option<UnixMillis> {
        self.due
    }

    fn correct_own_times(&mut self, now: UnixMillis) {
        let longest_wait = match self.stage {
            Stage::Closed(_) => LONGEST_LATE_POLL,
            Stage::Snapshotting { .. } | Stage::Charging | Stage::Searching { .. } | Stage::Following => LONGEST_WAIT,
        };
        clock::correct(&mut self.due, longest_wait, now);
        clock::correct_past(&mut self.closed_at, now);
    }

    fn visible_state(&self) -> Self::VisibleState {
        (self.status(), self.id)
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
