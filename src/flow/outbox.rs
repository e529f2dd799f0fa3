//! The delivery of a webhook: from the moment it is enqueued until it is delivered or dead-lettered.
//!
//! ```text
//!             begin                2xx
//!   Pending ────────► Pending ────────────────────────────► Delivered
//!      ▲  (next try is     │                                    │
//!      │   written down)   ├── 410 ─────► DeadLettered(Gone) ───┤
//!      ├───────────────────┤                                    │
//!      │  other answer     └── tenth ─► DeadLettered(Exhausted) ┤
//!      │  or none                                               │
//!      └─────────────────────── redeliver ──────────────────────┘
//! ```
//!
//! The schedule is that of [Standard Webhooks] 1.0 (read November 2026): ten tries over three days. [`Delivery::begin`] is
//! saved with the answer, or while the request is under way if it takes long, or before it if a crash may have cut one short already.
//! A crash in between is a try without an answer, or, once, one that nobody knows of, and the next one follows by itself. So an event may come twice, always with one id, and is never lost. While there is no endpoint to send it to, an event waits; after
//! [`MAX_WAIT`] it is given up as well: [`Delivery::expire`].
//!
//! [Standard Webhooks]: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

use core::time::Duration;

use serde::{Deserialize, Serialize};

use crate::edge::delivery::DeadLetterReason;
use crate::flow::record::Record;
use crate::value::UnixMillis;
use crate::webhook::{EventId, EventKind};

mod answer;
mod failure;
mod projection;
mod schedule;
mod waiting;

pub use super::jitter::Jitter;
pub use answer::Answer;
use answer::Verdict;
pub use failure::{Failure, FailureReason, TryOutcome};
use schedule::wait_after;
pub use waiting::MAX_WAIT;

/// How long to wait for the receiver's answer; the specification advises 15 to 30 s.
pub const TIMEOUT: Duration = Duration::from_secs(20);

/// How often an event is tried before a person has to see to it.
pub const MAX_TRIES: u8 = 10;

/// An event on its way to the merchant.
///
/// ```
/// use compago::flow::outbox::{Answer, Delivery, DeliveryState, Jitter};
/// use compago::value::UnixMillis;
/// use compago::webhook::EventKind;
///
/// let now = UnixMillis(1_772_388_000_000);
/// let delivery = Delivery::new("evt_1".parse()?, EventKind::OrderPaid, now);
///
/// let (delivery, begun) = delivery.begin(now);
/// let Some(begun) = begun else { panic!("the first try is due at once") };
/// let delivery = delivery.answered(begun, Answer::Status { status: 204, retry_after: None }, now, Jitter::NONE);
/// assert_eq!(delivery.state(), DeliveryState::Delivered { at: now });
/// # Ok::<(), compago::webhook::EventIdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    id: EventId,
    kind: EventKind,
    created_at: UnixMillis,
    /// Since the beginning, or since it was last put back.
    tries: u8,
    /// Since the beginning.
    sent: u32,
    last_try: Option<LastTry>,
    /// Not in records of before failures were recorded.
    last_failure: Option<Failure>,
    state: DeliveryState,
}

impl Record for Delivery {
    const VERSION: u32 = 1;
}

/// The state of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum DeliveryState {
    /// To be tried.
    Pending {
        /// When. While a try is on its way: when it counts as lost.
        next_at: UnixMillis,
    },
    /// The receiver answered 2xx.
    Delivered {
        /// When it did.
        at: UnixMillis,
    },
    /// Dead-lettered: given up until a person puts it back. This must be reported, not only stored.
    #[serde(rename = "parked")]
    DeadLettered {
        /// When.
        at: UnixMillis,
        /// Why.
        reason: DeadLetterReason,
    },
}

/// The last try that was made, for people who look into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastTry {
    /// When it was begun.
    pub at: UnixMillis,
    /// What came back; `None` while it is on its way, and for ever after a crash.
    pub answer: Option<Answer>,
}

/// A try that was begun, to be handed back with its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Try {
    sent: u32,
}

impl Delivery {
    /// A pending event, to be tried at once.
    #[must_use]
    pub const fn new(id: EventId, kind: EventKind, now: UnixMillis) -> Self {
        let state = DeliveryState::Pending { next_at: now };
        Self { id, kind, created_at: now, tries: 0, sent: 0, last_try: None, last_failure: None, state }
    }

    /// Begins a try if one is due. Once the delivery is saved, it counts the try, and holds the time of the next one should no answer
    /// ever be fed back.
    ///
    /// Dead-letters the delivery if the answer to its tenth try was lost.
    #[must_use]
    pub fn begin(self, now: UnixMillis) -> (Self, Option<Try>) {
        let DeliveryState::Pending { next_at } = self.state else { return (self, None) };
        if now < next_at {
            return (self, None);
        }
        if self.tries >= MAX_TRIES {
            let last_failure = self.failure_before_next();
            return (Self { last_failure, ..self }.dead_letter(DeadLetterReason::Exhausted, now), None);
        }
        let last_failure = self.failure_before_next();
        let tries = self.tries + 1;
        let sent = self.sent.saturating_add(1);
        let lost_at = now.plus(TIMEOUT.saturating_add(GRACE).max(wait_after(tries)));
        let last_try = Some(LastTry { at: now, answer: None });
        let state = DeliveryState::Pending { next_at: lost_at };
        (Self { tries, sent, last_try, last_failure, state, ..self }, Some(Try { sent }))
    }

    /// Records the result of a try. A late success of an earlier try counts; a late failure is ignored once a newer try
    /// has begun.
    #[must_use]
    pub fn answered(self, begun: Try, answer: Answer, now: UnixMillis, jitter: Jitter) -> Self {
        let verdict = Verdict::of(answer);
        let latest = begun.sent == self.sent;
        let last_try = self.last_try.map(|last| if latest { LastTry { answer: Some(answer), ..last } } else { last });
        let failed = FailureReason::of(answer).zip(last_try).filter(|_| latest);
        let last_failure = failed.map(|(reason, LastTry { at, .. })| Failure { at, reason }).or(self.last_failure);
        let answered = Self { last_try, last_failure, ..self };
        match (answered.state, verdict) {
            (DeliveryState::Pending { .. } | DeliveryState::DeadLettered { .. }, Verdict::Accepted) => {
                Self { state: DeliveryState::Delivered { at: now }, ..answered }
            }
            (DeliveryState::Pending { .. }, Verdict::Gone) if latest => {
                answered.dead_letter(DeadLetterReason::Gone, now)
            }
            (DeliveryState::Pending { .. }, Verdict::Failed { .. }) if latest && answered.tries >= MAX_TRIES => {
                answered.dead_letter(DeadLetterReason::Exhausted, now)
            }
            (DeliveryState::Pending { .. }, Verdict::Failed { not_before }) if latest => {
                let wait = wait_after(answered.tries).max(not_before.min(schedule::LONGEST_WAIT));
                // A clock that went back since the try was begun does not bring the next one forward.
                let not_earlier = answered.last_try.map_or(now, |last| last.at);
                let next_at = now.max(not_earlier).plus(jitter.lengthen(wait));
                Self { state: DeliveryState::Pending { next_at }, ..answered }
            }
            (DeliveryState::Pending { .. }, Verdict::Gone | Verdict::Failed { .. })
            | (DeliveryState::DeadLettered { .. }, Verdict::Gone | Verdict::Failed { .. })
            | (DeliveryState::Delivered { .. }, Verdict::Accepted | Verdict::Gone | Verdict::Failed { .. }) => answered,
        }
    }

    /// Puts it back, with the same id and ten tries more, the first at once: because a person asks for it.
    #[must_use]
    pub fn redeliver(self, now: UnixMillis) -> Self {
        Self { tries: 0, state: DeliveryState::Pending { next_at: now }, ..self }
    }

    /// The same for every try.
    #[must_use]
    pub const fn id(&self) -> &EventId {
        &self.id
    }

    /// Returns the type of the event.
    #[must_use]
    pub const fn kind(&self) -> EventKind {
        self.kind
    }

    /// Returns when it was enqueued.
    #[must_use]
    pub const fn created_at(&self) -> UnixMillis {
        self.created_at
    }

    /// Returns how many tries were begun since it was enqueued or put back: 0 to [`MAX_TRIES`].
    #[must_use]
    pub const fn tries(&self) -> u8 {
        self.tries
    }

    /// The last try, if there was one.
    #[must_use]
    pub const fn last_try(&self) -> Option<LastTry> {
        self.last_try
    }

    /// Returns the state of the delivery.
    #[must_use]
    pub const fn state(&self) -> DeliveryState {
        self.state
    }

    /// When to call [`begin`](Self::begin) next; `None` once it was delivered or given up.
    #[must_use]
    pub const fn next_at(&self) -> Option<UnixMillis> {
        match self.state {
            DeliveryState::Pending { next_at } => Some(next_at),
            DeliveryState::Delivered { .. } | DeliveryState::DeadLettered { .. } => None,
        }
    }

    fn dead_letter(self, reason: DeadLetterReason, now: UnixMillis) -> Self {
        Self { state: DeliveryState::DeadLettered { at: now, reason }, ..self }
    }
}

/// Between the end of the wait for an answer and the moment at which the try counts as lost: time to save the answer.
const GRACE: Duration = Duration::from_secs(10);
