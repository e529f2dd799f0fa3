//! A saved card: from the form to the state in which it can be charged, and its revocation.
//!
//! ```text
//!   Pending ── the payer fills in the form ──► Active ── revoked ──► Revoked
//!      └────── the form runs out ──► Expired
//! ```
//!
//! The state comes from Compago's API alone: a browser that returns from the form proves nothing, and the messages of an embedded
//! form are not documented (<https://docs.compago.com/payment-method/save-card>, read November 2026).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::payment_method::get::{GetPaymentMethod, MethodReading};
use crate::api::payment_method::revoke::{Revocation, RevokePaymentMethod};
use crate::edge::saved_card::SavedCardStatus;
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::flow::clock;
use crate::flow::machine::{CallKind, CallNumber, CallSlot, LOST, Reaction, Rules, TimedCall};
use crate::flow::poll::{MIN_GAP, backoff};
use crate::flow::record::Record;
use crate::value::{Card, FormTtl, UnixMillis};

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
/// The number of failed calls in a row after which a revocation is given up: about a day.
const MAX_FAILURES: u8 = 150;
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
    /// How far the revocation has come, until its result is known.
    revoking: Option<Revoking>,
    #[serde(rename = "flights")]
    calls: CallSlot<Kind>,
    due: Option<UnixMillis>,
    last_read_at: UnixMillis,
    watched_until: Option<UnixMillis>,
    /// Calls in a row without a usable answer.
    #[serde(rename = "untold")]
    failures: u8,
    version: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Revoking {
    /// The call is to be sent.
    Asked,
    /// It was sent; a read shows the result.
    Sent,
}

/// Which call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// [`Call::Read`].
    Read,
    /// [`Call::Revoke`].
    Revoke,
}

impl CallKind for Kind {
    fn may_be_forgotten(self) -> bool {
        match self {
            Self::Read => true,
            Self::Revoke => false,
        }
    }
}

impl Record for SavedCard {
    const VERSION: u32 = 1;
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Somebody asked for its state.
    Watched,
    /// It is to be revoked, and [`SavedCard::can_be_revoked`].
    RevokeAsked,
}

/// The result of a call.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`Call::Read`].
    Read(Result<MethodReading, CallError<Refusal>>),
    /// To [`Call::Revoke`].
    Revoked(Result<Revocation, CallError<Refusal>>),
}

/// A call about the card.
#[derive(Debug, Clone)]
pub enum Call {
    /// Read it.
    Read(GetPaymentMethod),
    /// Revoke it.
    Revoke(RevokePaymentMethod),
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
            calls: CallSlot::EMPTY,
            due: Some(now.plus(FIRST_GAP)),
            last_read_at: now,
            watched_until: None,
            failures: 0,
            version: 1,
        }
    }

    fn read(&mut self, reading: MethodReading, notices: &mut Vec<Notice>, now: UnixMillis) {
        self.failures = 0;
        let before = self.status;
        self.status = SavedCardStatus::of(&reading.status);
        if !reading.card.is_unknown() {
            self.card = reading.card;
        }
        match self.status {
            SavedCardStatus::Active if before != SavedCardStatus::Active => notices.push(self.active_notice(now)),
            SavedCardStatus::Active => {}
            SavedCardStatus::Expired | SavedCardStatus::Revoked => {}
            SavedCardStatus::Pending | SavedCardStatus::Unknown => self.schedule_next_poll(now),
        }
        // Still active: Compago did not revoke it, and the caller gets that as the result.
        if self.revoking == Some(Revoking::Sent) {
            self.revoking = None;
        }
    }

    fn record_failure(&mut self, now: UnixMillis) {
        self.failures = self.failures.saturating_add(1);
        let wanted = self.revoking.is_some() || self.status != SavedCardStatus::Active;
        if self.failures >= MAX_FAILURES {
            // The next request for its state or its revocation reads it again.
            self.revoking = None;
        }
        let in_time = now < self.terms.expires_at.plus(GIVE_UP) || self.revoking.is_some();
        self.due = (wanted && in_time).then(|| self.read_at(now).max(now.plus(backoff(self.failures))));
    }

    /// When a card that is not saved yet is read next.
    fn schedule_next_poll(&mut self, now: UnixMillis) {
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

impl Rules for SavedCard {
    type Event = Event;
    type Call = Call;
    type Answer = Answer;
    type Notice = Notice;
    type InFlight = TimedCall<Kind>;
    type Cause = ();
    type VisibleState = (SavedCardStatus, Card);

    fn is_volatile(event: &Event) -> bool {
        match event {
            Event::Watched => true,
            Event::RevokeAsked => false,
        }
    }

    fn on_event(&mut self, event: Event, _notices: &mut Vec<Notice>, now: UnixMillis) -> Reaction<()> {
        match event {
            Event::Watched => self.watch(now),
            Event::RevokeAsked => {
                if self.can_be_revoked() {
                    self.revoking = Some(Revoking::Asked);
                    self.due = Some(now);
                }
            }
        }
        Reaction::Taken(())
    }

    fn on_answer(&mut self, _call: &TimedCall<Kind>, answer: Answer, notices: &mut Vec<Notice>, now: UnixMillis) {
        match answer {
            Answer::Read(Ok(reading)) if reading.id == self.terms.id => self.read(reading, notices, now),
            Answer::Read(_) => self.record_failure(now),
            // Only a read shows the result.
            Answer::Revoked(_) => self.due = Some(self.read_at(now)),
        }
    }

    fn lost(call: &TimedCall<Kind>) -> Answer {
        match call.kind {
            Kind::Read => Answer::Read(Err(LOST)),
            Kind::Revoke => Answer::Revoked(Err(LOST)),
        }
    }

    fn next_call(&mut self, (): (), now: UnixMillis) -> Option<(Kind, Call)> {
        if self.due? > now {
            return None;
        }
        self.due = None;
        let id = self.terms.id;
        Some(match self.revoking {
            Some(Revoking::Asked) => {
                self.revoking = Some(Revoking::Sent);
                (Kind::Revoke, Call::Revoke(RevokePaymentMethod { id }))
            }
            Some(Revoking::Sent) | None => {
                self.last_read_at = now;
                (Kind::Read, Call::Read(GetPaymentMethod { id }))
            }
        })
    }

    fn due_at(&self) -> Option<UnixMillis> {
        self.due
    }

    fn correct_own_times(&mut self, now: UnixMillis) {
        clock::correct_past([&mut self.begun_at, &mut self.last_read_at], now);
        clock::correct(&mut self.due, LONGEST_GAP, now);
        clock::correct(&mut self.watched_until, WATCH, now);
        clock::correct([&mut self.terms.expires_at], FormTtl::MAX.duration(), now);
    }

    fn visible_state(&self) -> Self::VisibleState {
        (self.status, self.card.clone())
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
