//! The webhooks of an order, and the history that it keeps for operators.

use super::Order;
use super::attempt::{Outcome, ReviewReason, Stage};
use crate::edge::order_detail::{Entry, Milestone};
use crate::value::UnixMillis;
use crate::webhook::{Event, EventId, EventKind, HoldReason, OrderData};

/// How many entries a history keeps: the first ones and the latest.
const HISTORY: usize = 64;
/// Set apart from the numbers of attempts.
const PAID_TWICE: u32 = 100;
const KEPT_FIRST: usize = 8;

/// A pending webhook. Its id is derived from the order, the attempt and the event type, so enqueuing it twice produces the same
/// event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<OrderData>,
}

impl Entry {
    pub(super) const fn begun(attempt: u8, at: UnixMillis) -> Self {
        Self { at, attempt, what: Milestone::Begun }
    }

    pub(super) const fn paid(attempt: u8, at: UnixMillis) -> Self {
        Self { at, attempt, what: Milestone::Paid }
    }

    pub(super) const fn on_hold(attempt: u8, at: UnixMillis) -> Self {
        Self { at, attempt, what: Milestone::OnHold }
    }
}

impl Order {
    pub(super) fn paid_notice(&self, number: u8, now: UnixMillis) -> Notice {
        self.notice(EventKind::OrderPaid, 1, number, None, now)
    }

    pub(super) fn review_notice(&self, number: u8, reason: &ReviewReason, now: UnixMillis) -> Notice {
        // An attempt that was on hold before and then turns out to be a second payment is another event.
        let nth = if *reason == ReviewReason::PaidTwice { PAID_TWICE } else { 0 };
        self.notice(EventKind::OrderOnHold, nth + u32::from(number), number, Some(reason.code().into()), now)
    }

    pub(super) fn closing_notice(&self, outcome: &Outcome, now: UnixMillis) -> Option<Notice> {
        let number = self.current.number;
        match outcome {
            Outcome::Expired => Some(self.notice(EventKind::OrderExpired, u32::from(number), number, None, now)),
            Outcome::Cancelled => Some(self.notice(EventKind::OrderCancelled, u32::from(number), number, None, now)),
            Outcome::NeedsReview { reason } => Some(self.review_notice(number, reason, now)),
            Outcome::Paid { .. } | Outcome::Refused { .. } | Outcome::Abandoned => None,
        }
    }

    fn notice(&self, kind: EventKind, nth: u32, number: u8, reason: Option<HoldReason>, now: UnixMillis) -> Notice {
        let attempt = self.attempts().find(|attempt| attempt.number == number).unwrap_or(&self.current);
        let data = OrderData {
            reference: self.terms.reference,
            external_id: attempt.external_id.clone(),
            payment_id: attempt.binding.as_ref().map(|binding| binding.payment_id),
            amount: self.terms.amount,
            currency: self.terms.currency,
            attempt: number,
            reason,
        };
        Notice {
            id: EventId::of(&self.terms.reference, kind, nth),
            event: Event { kind, timestamp: now, data, environment: None },
        }
    }

    pub(super) fn record(&mut self, entry: Entry) {
        let known = self.history.last().is_some_and(|last| last.attempt == entry.attempt && last.what == entry.what);
        if known {
            return;
        }
        if self.history.len() >= HISTORY {
            self.history.remove(KEPT_FIRST);
        }
        self.history.push(entry);
    }

    /// Writes down where the current attempt has come to, if that is news.
    pub(super) fn record_stage(&mut self, now: UnixMillis) {
        let what = match &self.current.stage {
            Stage::Creating { .. } => return,
            Stage::Proving { .. } => Milestone::Proving,
            Stage::Searching { .. } => Milestone::Searching,
            Stage::Open { .. } => Milestone::Opened,
            Stage::Cancelling { .. } => Milestone::Cancelling,
            Stage::Closed(outcome) => match outcome {
                Outcome::Paid { .. } => Milestone::Paid,
                Outcome::Expired => Milestone::Expired,
                Outcome::Cancelled => Milestone::Cancelled,
                Outcome::Refused { .. } => Milestone::Refused,
                Outcome::Abandoned => Milestone::Abandoned,
                Outcome::NeedsReview { .. } => Milestone::OnHold,
            },
        };
        self.record(Entry { at: now, attempt: self.current.number, what });
    }
}

impl ReviewReason {
    /// The stable code, kebab-case.
    pub fn code(&self) -> &'static str {
        self.into()
    }
}
