//! A card that a payer saves: from the form to the state in which it can be charged, and its taking back.
//!
//! ```text
//!   Pending ── the payer fills in the form ──► Active ── taken back ──► Revoked
//!      └────── the form runs out ──► Expired
//! ```
//!
//! All of it is read from Compago: a browser that returns from the form is not believed, and what an embedded form tells its page
//! is not documented (<https://docs.compago.com/payment-method/save-card>, read November 2026).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::payment_method::get::{GetPaymentMethod, MethodReading};
use crate::api::payment_method::revoke::{Revocation, RevokePaymentMethod};
use crate::edge::saved_card::SavedCardStatus;
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::flow::flights::{FLIGHT_LIMIT, Flights};
use crate::flow::poll::{MIN_GAP, backoff};
use crate::flow::record::Record;
use crate::value::{Card, UnixMillis};

mod adopt;
pub mod notice;
pub mod terms;
mod view;
mod watch;

use notice::Notice;
use terms::CardTerms;

/// How long one question counts as watching.
const WATCH: Duration = Duration::from_secs(10);
/// The wait after the first read that nobody watches, and the longest.
const FIRST_GAP: Duration = Duration::from_secs(60);
const LONGEST_GAP: Duration = Duration::from_secs(30 * 60);
/// After the end of a form, when its method is read to see that it has run out.
const MARGIN: Duration = Duration::from_secs(60);
/// After the end of a form, how long an answer is waited for.
const GIVE_UP: Duration = Duration::from_secs(24 * 60 * 60);
/// After how many calls in a row that told nothing a revocation is no longer followed: about a day.
const MAX_UNTOLD: u8 = 150;
/// How old what is known of a card may be when somebody asks who does not wait for a change.
const FRESH: Duration = Duration::from_secs(60);

/// A card that is being saved, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavedCard {
    terms: CardTerms,
    begun_at: UnixMillis,
    status: SavedCardStatus,
    card: Card,
    /// How far taking it back has come, while what becomes of that is not known.
    revoking: Option<Revoking>,
    flights: Flights<Kind>,
    due: Option<UnixMillis>,
    last_read_at: UnixMillis,
    watched_until: Option<UnixMillis>,
    untold: u8,
    version: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Revoking {
    /// The call is to be sent.
    Asked,
    /// It was sent; a read tells what became of it.
    Sent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Read,
    Revoke,
}

impl Record for SavedCard {
    const VERSION: u32 = 1;
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The time that [`SavedCard::wake_at`] named has come. May come early, late or twice.
    AlarmRang,
    /// Somebody asked for its state.
    Watched,
    /// It is to be taken back, and [`SavedCard::can_be_revoked`].
    RevokeAsked,
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
    /// To [`Call::Read`].
    Read(Result<MethodReading, CallError<Refusal>>),
    /// To [`Call::Revoke`].
    Revoked(Result<Revocation, CallError<Refusal>>),
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
    /// Put the notice in the outbox, in the transaction that saves the card.
    Notify(Notice),
}

/// A call about the card.
#[derive(Debug, Clone)]
pub enum Call {
    /// Read it.
    Read(GetPaymentMethod),
    /// Take it back.
    Revoke(RevokePaymentMethod),
}

/// A card after an event, and what is to be done about it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Step {
    /// To be saved before any effect is carried out.
    pub card: SavedCard,
    /// In order.
    pub effects: Vec<Effect>,
}

impl SavedCard {
    /// A card whose form was just made.
    pub fn begin(terms: CardTerms, now: UnixMillis) -> Self {
        Self {
            terms,
            begun_at: now,
            status: SavedCardStatus::Pending,
            card: Card::UNKNOWN,
            revoking: None,
            flights: Flights::NONE,
            due: Some(now.plus(FIRST_GAP)),
            last_read_at: now,
            watched_until: None,
            untold: 0,
            version: 1,
        }
    }

    /// Takes one event.
    pub fn step(mut self, event: Event, now: UnixMillis) -> Step {
        self.correct_times(now);
        let seen = (self.status, self.card.clone());
        let mut notices = Vec::new();
        match event {
            Event::AlarmRang => {
                if let Some(kind) = self.flights.lose(now) {
                    self.untold(kind, now);
                }
            }
            Event::Watched => self.watch(now),
            Event::RevokeAsked => {
                if self.can_be_revoked() {
                    self.revoking = Some(Revoking::Asked);
                    self.due = Some(now);
                }
            }
            Event::Answered { flight: number, answer } => {
                if let Some(kind) = self.flights.land(number) {
                    match answer {
                        Answer::Read(Ok(reading)) if reading.id == self.terms.id => {
                            self.read(reading, &mut notices, now);
                        }
                        Answer::Read(_) => self.untold(kind, now),
                        // Only a read tells what became of it.
                        Answer::Revoked(_) => self.due = Some(self.read_at(now)),
                    }
                }
            }
        }
        let call = self.launch(now);
        if (self.status, self.card.clone()) != seen {
            self.version = self.version.saturating_add(1);
        }
        Step { card: self, effects: notices.into_iter().map(Effect::Notify).chain(call).collect() }
    }

    /// When the next [`Event::AlarmRang`] is due; `None` if nothing will ever be.
    pub fn wake_at(&self) -> Option<UnixMillis> {
        self.flights.lost_at().or(self.due)
    }

    fn launch(&mut self, now: UnixMillis) -> Option<Effect> {
        if self.flights.is_busy() || self.due? > now {
            return None;
        }
        let id = self.terms.id;
        let (kind, call) = match self.revoking {
            Some(Revoking::Asked) => {
                self.revoking = Some(Revoking::Sent);
                (Kind::Revoke, Call::Revoke(RevokePaymentMethod { id }))
            }
            Some(Revoking::Sent) | None => {
                self.last_read_at = now;
                (Kind::Read, Call::Read(GetPaymentMethod { id }))
            }
        };
        self.due = None;
        Some(Effect::Call { flight: self.flights.take_off(kind, FLIGHT_LIMIT, now), call })
    }

    fn read(&mut self, reading: MethodReading, notices: &mut Vec<Notice>, now: UnixMillis) {
        self.untold = 0;
        let before = self.status;
        self.status = SavedCardStatus::of(&reading.status);
        if !reading.card.is_unknown() {
            self.card = reading.card;
        }
        match self.status {
            SavedCardStatus::Active if before != SavedCardStatus::Active => notices.push(self.active_notice(now)),
            SavedCardStatus::Active => {}
            SavedCardStatus::Expired | SavedCardStatus::Revoked => {}
            SavedCardStatus::Pending | SavedCardStatus::Unknown => self.follow(now),
        }
        // Still there: Compago did not take it back, and whoever asked for it is told so.
        if self.revoking == Some(Revoking::Sent) {
            self.revoking = None;
        }
    }

    fn untold(&mut self, kind: Kind, now: UnixMillis) {
        self.untold = self.untold.saturating_add(1);
        let wanted = kind == Kind::Revoke || self.revoking.is_some() || self.status != SavedCardStatus::Active;
        if self.untold >= MAX_UNTOLD {
            // Whoever asks for its state or its revocation next has it read again.
            self.revoking = None;
        }
        let in_time = now < self.terms.expires_at.plus(GIVE_UP) || self.revoking.is_some();
        self.due = (wanted && in_time).then(|| self.read_at(now).max(now.plus(backoff(self.untold))));
    }

    /// When a card that is not saved yet is read next.
    fn follow(&mut self, now: UnixMillis) {
        if now >= self.terms.expires_at.plus(GIVE_UP) {
            self.due = None;
            return;
        }
        let watched = self.watched_until.is_some_and(|until| until > now);
        let age = self.last_read_at.since(self.begun_at);
        let gap = if watched { MIN_GAP } else { (age / 3).clamp(FIRST_GAP, LONGEST_GAP) };
        let ended = self.terms.expires_at.plus(MARGIN);
        let at = self.last_read_at.plus(gap);
        let at = if self.last_read_at < ended { at.min(ended) } else { at };
        self.due = Some(at.max(self.read_at(now)));
    }

    fn read_at(&self, now: UnixMillis) -> UnixMillis {
        self.last_read_at.plus(MIN_GAP).max(now)
    }
}
