//! Events from open pages and from payers who return.

use super::Order;
use super::attempt::{Attempt, Outcome, Purpose, Stage};
use super::recheck::MAX_RECHECKS;
use crate::flow::poll::ReadCause;
use crate::value::{ExternalId, PaymentId, UnixMillis};

impl Order {
    /// A page or an operator has an open payment read sooner than the alarm would, but not before `at`.
    pub(super) fn read_sooner(&mut self, by: ReadCause, at: Option<UnixMillis>, now: UnixMillis) -> ReadCause {
        if self.in_flight.is_none()
            && let Stage::Open { .. } = self.current.stage
            && at.is_some_and(|at| at <= now)
        {
            self.due = Some(now);
            return by;
        }
        ReadCause::Alarm
    }

    /// When an operator who asks for a read may have it; `None` if the payment is not open, or operators have had them all.
    pub(super) fn check_at(&self) -> Option<UnixMillis> {
        if let Stage::Open { .. } = self.current.stage { self.current.polls.check_at() } else { None }
    }

    /// The attempt that has both this payment and this external id.
    pub(super) fn named(&self, payment_id: PaymentId, external_id: &ExternalId) -> Option<u8> {
        let is_named = |attempt: &&Attempt| {
            attempt.external_id == *external_id
                && attempt.binding.as_ref().is_some_and(|binding| binding.payment_id == payment_id)
        };
        self.attempts().find(is_named).map(|attempt| attempt.number)
    }

    /// A browser returned that knows attempt `number`.
    pub(super) fn on_return(&mut self, number: u8, now: UnixMillis) {
        if number == self.current.number
            && let Stage::Open { claimed, .. } = &mut self.current.stage
        {
            if let Some(at) = self.current.polls.returned(now) {
                *claimed = true;
                self.due = Some(at);
            }
            return;
        }
        if number == self.current.number
            && let Stage::Searching { purpose: Purpose::Settle { .. }, .. } = self.current.stage
        {
            self.due = self.current.polls.returned(now).or(self.due);
            return;
        }
        let closed = self.attempts().any(|attempt| {
            let Stage::Closed(outcome) = &attempt.stage else { return false };
            attempt.number == number
                && matches!(outcome, Outcome::Expired | Outcome::Cancelled | Outcome::NeedsReview { .. })
        });
        if closed && self.rechecks < MAX_RECHECKS {
            self.recheck_later(number, now);
        }
    }
}
