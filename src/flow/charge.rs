//! A charge of a saved card: made exactly once, on an API that cannot tell a repeated call from a second charge.
//!
//! ```text
//!   Surveying ── what the card was charged before ──► Charging ── refused ──────────────► Refused
//!                                                        │ │
//!                                    answer, id known    │ │ answer lost
//!                                        ┌───────────────┘ ▼
//!                                        │             Searching ── none, or more than one ──► Held
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
//!   documented: then a person must look, and later looks may still find it.
//! - A card is charged for one thing at a time: two calls under way at once could not be told apart.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::payment_method::charge::ChargePaymentMethod;
use crate::api::payment_method::payment::{CardPayment, GetCardPayment};
use crate::api::payment_method::payments::AllCardPayments;
use crate::endpoint::{CallError, Undelivered};
use crate::error::Refusal;
use crate::flow::clock;
use crate::flow::flights::{FLIGHT_LIMIT, Flights};
use crate::flow::record::Record;
use crate::value::{CardPaymentId, PaymentMethodId, UnixMillis};

mod answer;
mod listing;
pub mod notice;
pub mod search;
pub mod stage;
pub mod terms;
mod view;

use answer::{LONGEST_LATE_LOOK, LONGEST_WAIT};
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
    /// Charges of this amount that the card had before, as its list told them; `None` if the list could not be read whole,
    /// and nothing can be concluded from it later.
    before: Option<Vec<CardPaymentId>>,
    /// When the call that charges was sent.
    sent_at: Option<UnixMillis>,
    flights: Flights<Kind>,
    due: Option<UnixMillis>,
    /// Calls in a row that told nothing.
    untold: u8,
    closed_at: Option<UnixMillis>,
    version: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    List,
    Charge,
    Read,
}

impl Kind {
    /// After how long a call counts as lost: a list may have many pages.
    const fn limit(self) -> Duration {
        match self {
            Self::Charge | Self::Read => FLIGHT_LIMIT,
            Self::List => Duration::from_secs(5 * 60),
        }
    }
}

impl Record for Charge {
    const VERSION: u32 = 1;
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The time that [`Charge::wake_at`] named has come. May come early, late or twice.
    AlarmRang,
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
    /// List all charges of the card.
    List(PaymentMethodId),
    /// Charge the card. Sent once, ever.
    Charge(ChargePaymentMethod),
    /// Read the charge.
    Read(GetCardPayment),
}

/// A charge after an event, and what is to be done about it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Step {
    /// To be saved before any effect is carried out.
    pub charge: Charge,
    /// In order.
    pub effects: Vec<Effect>,
}

impl Charge {
    /// A new charge. No other one of the card may be [under way](Self::is_under_way).
    pub fn place(terms: ChargeTerms, now: UnixMillis) -> Step {
        let mut charge = Self {
            terms,
            id: None,
            stage: Stage::Surveying { tries: 0 },
            before: None,
            sent_at: None,
            flights: Flights::NONE,
            due: Some(now),
            untold: 0,
            closed_at: None,
            version: 1,
        };
        let call = charge.launch(now);
        Step { charge, effects: call.into_iter().collect() }
    }

    /// Takes one event.
    pub fn step(mut self, event: Event, now: UnixMillis) -> Step {
        let seen = (self.status(), self.id);
        self.correct_times(now);
        let mut notices = Vec::new();
        match event {
            Event::AlarmRang => self.ring(&mut notices, now),
            Event::Answered { flight, answer } => {
                if self.flights.land(flight).is_some() {
                    self.land(answer, &mut notices, now);
                }
            }
        }
        // Waits are counted from when the call was sent, which stays as it was: it tells which payment is this charge.
        self.correct_times(now);
        let call = self.launch(now);
        if (self.status(), self.id) != seen {
            self.version = self.version.saturating_add(1);
        }
        Step { charge: self, effects: notices.into_iter().map(Effect::Notify).chain(call).collect() }
    }

    /// When the next [`Event::AlarmRang`] is due; `None` if nothing will ever be.
    pub fn wake_at(&self) -> Option<UnixMillis> {
        self.flights.lost_at().or(self.due)
    }

    /// Corrects its times if the clock was set back, see [`clock`]: the next alarm is never further away than it can have been
    /// set. Every step does so too.
    pub fn correct_times(&mut self, now: UnixMillis) {
        let longest_wait = match self.stage {
            Stage::Closed(_) => LONGEST_LATE_LOOK,
            Stage::Surveying { .. } | Stage::Charging | Stage::Searching { .. } | Stage::Following => LONGEST_WAIT,
        };
        clock::correct(&mut self.due, longest_wait, now);
        clock::correct_past(&mut self.closed_at, now);
        self.flights.correct_times(Kind::limit, now);
    }

    fn ring(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        if let Some(kind) = self.flights.lose(now) {
            let lost = CallError::Undelivered(Undelivered::Timeout);
            let answer = match kind {
                Kind::List => {
                    let (others, attribution) = (Others::default(), Attribution::default());
                    Answer::Listed { result: Err(lost), others, attribution }
                }
                Kind::Charge => Answer::Charged(Err(lost)),
                Kind::Read => Answer::Read(Err(lost)),
            };
            self.land(answer, notices, now);
        }
    }

    /// Writes down the call that is due, unless one is in flight.
    fn launch(&mut self, now: UnixMillis) -> Option<Effect> {
        if self.flights.is_busy() || self.due? > now {
            return None;
        }
        let (kind, call) = self.owed(now)?;
        Some(Effect::Call { flight: self.flights.take_off(kind, kind.limit(), now), call })
    }

    fn owed(&mut self, now: UnixMillis) -> Option<(Kind, Call)> {
        let method = self.terms.method;
        match &self.stage {
            Stage::Surveying { .. } | Stage::Searching { .. } => Some((Kind::List, Call::List(method))),
            Stage::Charging if self.sent_at.is_none() => {
                self.sent_at = Some(now);
                Some((Kind::Charge, Call::Charge(self.terms.charge())))
            }
            // It was sent: there is no second call.
            Stage::Charging => None,
            Stage::Following => Some((Kind::Read, Call::Read(GetCardPayment { method, id: self.id? }))),
            Stage::Closed(Outcome::Held { .. }) => Some(match self.id {
                Some(id) => (Kind::Read, Call::Read(GetCardPayment { method, id })),
                None => (Kind::List, Call::List(method)),
            }),
            Stage::Closed(
                Outcome::Confirmed { .. } | Outcome::Refunded | Outcome::Declined | Outcome::Refused { .. },
            ) => None,
        }
    }
}
