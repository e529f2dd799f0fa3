//! Closes attempts and orders: marks them paid, expired, cancelled or on hold.

use std::time::Duration;

use super::attempt::{Outcome, Purpose, ReviewReason, Stage};
use super::facts::Comparison;
use super::notice::Notice;
use super::recheck::LATE_POLL;
use super::stage::searching;
use super::{GIVE_UP, Order};
use crate::edge::order_detail::Entry;
use crate::value::UnixMillis;

/// How long after its start an attempt may still send a create call: the payer waits, or has gone.
pub(super) const CREATE_WINDOW: Duration = Duration::from_secs(10 * 60);

impl Order {
    /// Compago says that attempt `number` is paid. This alone makes an order paid.
    pub(super) fn paid(&mut self, number: u8, notices: &mut Vec<Notice>, now: UnixMillis) {
        if let Some(attempt) = self.attempts_mut().find(|attempt| attempt.number == number) {
            attempt.stage = Stage::Closed(Outcome::Paid { at: now });
            attempt.recheck_at = None;
        }
        if number == self.current.number {
            self.due = None;
        }
        self.record(Entry::paid(number, now));
        match self.paid_by {
            None => {
                self.paid_by = Some(number);
                self.closed_at = Some(now);
                notices.push(self.paid_notice(number, now));
                if number != self.current.number {
                    self.stop_current(notices, now);
                }
            }
            Some(first) if first == number => {}
            Some(_) => {
                self.paid_twice = true;
                notices.push(self.review_notice(number, &ReviewReason::PaidTwice, now));
            }
        }
    }

    /// Puts attempt `number`, which is closed, on hold: Compago says that it is confirmed, and no answer proves that what was
    /// paid is what was ordered. The current attempt must not be paid as well.
    pub(super) fn require_review_of_closed(
        &mut self,
        number: u8,
        reason: ReviewReason,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let Some(attempt) = self.attempts_mut().find(|attempt| attempt.number == number) else { return };
        match &attempt.stage {
            Stage::Closed(Outcome::NeedsReview { .. } | Outcome::Paid { .. }) => return,
            Stage::Closed(Outcome::Expired | Outcome::Cancelled | Outcome::Refused { .. } | Outcome::Abandoned)
            | Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Cancelling { .. } => {}
        }
        attempt.stage = Stage::Closed(Outcome::NeedsReview { reason: reason.clone() });
        notices.push(self.review_notice(number, &reason, now));
        self.record(Entry::on_hold(number, now));
        if number != self.current.number {
            self.stop_current(notices, now);
        }
    }

    /// Whether the current attempt must not be paid any more: another one has paid the order, or may have.
    pub(super) fn is_superseded(&self) -> bool {
        self.paid_by.is_some() || self.earlier.iter().any(|attempt| attempt.review_reason().is_some())
    }

    /// An earlier attempt was paid, or may have been, while this one was under way: it must not be paid as well.
    fn stop_current(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        match &self.current.stage {
            Stage::Creating { sends: 0 } => self.close(Outcome::Abandoned, notices, now),
            Stage::Creating { sends } => {
                self.current.stage = searching(Purpose::Recover, *sends);
                self.due = Some(now);
            }
            Stage::Open { .. } => self.start_cancelling(now),
            // These end by themselves; one that becomes open is cancelled then.
            Stage::Proving { .. } | Stage::Searching { .. } | Stage::Cancelling { .. } | Stage::Closed(_) => {}
        }
    }

    /// Handles a payment that can no longer be paid: if a payer had its link, the attempt is cancelled; otherwise a new
    /// attempt may replace it.
    pub(super) fn finish_cancelling(&mut self, was_shown: bool, notices: &mut Vec<Notice>, now: UnixMillis) {
        if was_shown {
            return self.close(Outcome::Cancelled, notices, now);
        }
        let in_time = now.since(self.current.started_at) < CREATE_WINDOW;
        self.close(Outcome::Abandoned, notices, now);
        if in_time && self.retry_allowed().is_ok() {
            self.begin_next(now);
        }
    }

    /// The link has run out, and Compago's list does not show its payment as confirmed. It is read once more, late.
    pub(super) fn close_as_expired(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        self.close(Outcome::Expired, notices, now);
        self.recheck_later(self.current.number, now.plus(LATE_POLL));
    }

    pub(super) fn give_up_if_overdue(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        if now < self.current.expires_at.plus(GIVE_UP) {
            return;
        }
        match self.current.stage {
            // No one ever had a link, and its time has passed.
            Stage::Searching { purpose: Purpose::Recover, .. } | Stage::Creating { .. } => {
                self.close(Outcome::Abandoned, notices, now);
            }
            Stage::Searching { .. } | Stage::Proving { .. } | Stage::Open { .. } | Stage::Cancelling { .. } => {
                self.require_review(ReviewReason::Unresolved, notices, now);
            }
            Stage::Closed(_) => {}
        }
    }

    /// Puts the current attempt on hold. A contradiction comes before any other reason, and remains recorded.
    pub(super) fn require_review(&mut self, reason: ReviewReason, notices: &mut Vec<Notice>, now: UnixMillis) {
        let reason = if self.current.is_contradicted() { ReviewReason::Mismatch } else { reason };
        if reason == ReviewReason::Mismatch {
            self.current.record_agreement(Comparison::Different, now, now);
        }
        self.close(Outcome::NeedsReview { reason }, notices, now);
    }

    /// Ends the current attempt unpaid. An order that another attempt has paid stays paid; then only that a person must
    /// look at this attempt is worth saying, because it may have been paid as well. So it is while an earlier attempt is on
    /// hold.
    pub(super) fn close(&mut self, outcome: Outcome, notices: &mut Vec<Notice>, now: UnixMillis) {
        if !self.is_superseded() || matches!(outcome, Outcome::NeedsReview { .. }) {
            notices.extend(self.closing_notice(&outcome, now));
        }
        if self.paid_by.is_none() {
            self.closed_at = Some(now);
        }
        self.current.stage = Stage::Closed(outcome);
        self.due = None;
    }
}
