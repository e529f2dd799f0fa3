//! An attempt is read once more, whatever its stage: a payer came back who names it, or may have paid in the last minute, or
//! Compago's list shows it.

use std::time::Duration;

use super::attempt::{Attempt, Outcome, ReviewReason, Stage};
use super::facts::{Comparison, Listed};
use super::notice::Notice;
use super::verdict::Verdict;
use super::{GIVE_UP, Order, SETTLE_MARGIN};
use crate::api::one_time_payment::Status;
use crate::api::one_time_payment::get::Reading;
use crate::flow::poll::{MIN_GAP, backoff};
use crate::value::{PaymentId, UnixMillis};

/// How often an order's closed attempts are read again.
pub(super) const MAX_RECHECKS: u8 = 6;
/// How long after a link was given up the late read of its payment follows: a payer may have finished at the bank only
/// then.
pub(super) const LATE_POLL: Duration = Duration::from_secs(10 * 60);

impl Order {
    /// Reads attempt `number` once more, whatever its stage.
    pub(super) fn recheck_later(&mut self, number: u8, earliest: UnixMillis) {
        let Some(attempt) = self.attempts_mut().find(|attempt| attempt.number == number) else { return };
        let at = attempt.polls.read_at().max(earliest);
        attempt.recheck_at = Some(attempt.recheck_at.map_or(at, |earlier| earlier.min(at)));
    }

    /// Compago's list names all facts of a payment. If it shows one of the order's as confirmed, the payment is read: the list
    /// alone proves nothing. Facts that differ from the bound ones are recorded; a list that was read before the latest
    /// contradiction does not remove it.
    pub(super) fn listed(&mut self, listed: &Listed, notices: &mut Vec<Notice>, now: UnixMillis) {
        let Some(number) = self.attempt_of(listed) else { return };
        if self.has_been_paid(number) {
            return;
        }
        let Self { terms, earlier, current, .. } = self;
        let Some(attempt) = earlier.iter_mut().chain([current]).find(|attempt| attempt.number == number) else {
            return;
        };
        let named = Comparison::of_listed(listed, attempt, terms);
        attempt.record_agreement(named, listed.read_at, now);
        let confirmed = listed.status == Status::Confirmed;
        if named != Comparison::Different {
            if confirmed {
                self.listed_as_confirmed(number, now);
            }
            return;
        }
        match &attempt.stage {
            Stage::Open { .. } => {
                self.contradicted(now);
                self.record_stage(now);
            }
            Stage::Closed(_) if confirmed => {
                self.require_review_of_closed(number, ReviewReason::Mismatch, notices, now)
            }
            Stage::Searching { .. } => self.search_if_contradicted(now),
            // What comes next shows what has become of it, and finds the contradiction recorded.
            Stage::Creating { .. } | Stage::Proving { .. } | Stage::Cancelling { .. } | Stage::Closed(_) => {}
        }
    }

    /// The bound attempt that the payment belongs to by its id, or else by its external id.
    fn attempt_of(&self, listed: &Listed) -> Option<u8> {
        let bound = || self.attempts().filter_map(|attempt| Some((attempt, attempt.binding.as_ref()?.payment_id)));
        let by_id = bound().find(|(_, id)| *id == listed.payment_id);
        let found = by_id.or_else(|| bound().find(|(attempt, _)| attempt.external_id.as_str() == listed.external_id));
        found.map(|(attempt, _)| attempt.number)
    }

    fn has_been_paid(&self, number: u8) -> bool {
        self.attempts()
            .any(|attempt| attempt.number == number && matches!(attempt.stage, Stage::Closed(Outcome::Paid { .. })))
    }

    /// Whether the last read of this payment of the order's had a usable answer. Of a payment that is
    /// not the order's there is nothing to tell.
    pub fn has_read(&self, payment_id: PaymentId) -> bool {
        self.attempts()
            .filter(|attempt| attempt.binding.as_ref().is_some_and(|binding| binding.payment_id == payment_id))
            .all(|attempt| self.has_been_paid(attempt.number) || attempt.polls.last_read_succeeded())
    }

    /// Whether a payment of the order's is being read, or is to be read now.
    pub fn is_reading(&self, now: UnixMillis) -> bool {
        self.in_flight.is_some()
            || self.attempts().any(|attempt| attempt.recheck_at.is_some_and(|at| at <= now.plus(MIN_GAP)))
    }

    /// A closed attempt was read once more: only a confirmation changes anything.
    pub(super) fn rechecked(
        &mut self,
        number: u8,
        reading: Option<&Reading>,
        asked_at: UnixMillis,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let Some(attempt) = self.attempts_mut().find(|attempt| attempt.number == number) else { return };
        if reading.is_some() {
            attempt.polls.record_success();
        } else {
            attempt.polls.record_failure();
        }
        let Some(attempt) = self.attempts().find(|attempt| attempt.number == number) else { return };
        let again = now.plus(backoff(self.rechecks));
        let Some(reading) = reading else {
            // The read failed: it is repeated for as long as an open payment would be polled.
            if now < attempt.expires_at.plus(GIVE_UP) || self.rechecks < MAX_RECHECKS {
                self.recheck_later(number, again);
            }
            return;
        };
        let late_poll = attempt.expires_at.plus(SETTLE_MARGIN).plus(LATE_POLL);
        let ran_out = attempt.stage == Stage::Closed(Outcome::Expired);
        let Some(verdict) = self.judge(number, reading, asked_at, now) else { return };
        let contradicted = self.attempts().any(|attempt| attempt.number == number && attempt.is_contradicted());
        match verdict {
            Verdict::Confirmed => self.paid(number, notices, now),
            // Paid, says Compago, but not what was ordered.
            Verdict::Mismatch | Verdict::Unproved if contradicted && reading.status == Status::Confirmed => {
                self.require_review_of_closed(number, ReviewReason::Mismatch, notices, now);
            }
            Verdict::Mismatch | Verdict::Unproved | Verdict::Unclear(_) if self.rechecks < MAX_RECHECKS => {
                self.recheck_later(number, again);
            }
            Verdict::Unproved => self.require_review_of_closed(number, ReviewReason::NotProvable, notices, now),
            // A return came before the late read, and does not take its place.
            Verdict::Payable | Verdict::RunOut | Verdict::Cancelled if ran_out && now < late_poll => {
                self.recheck_later(number, late_poll);
            }
            Verdict::Mismatch | Verdict::Unclear(_) | Verdict::Payable | Verdict::RunOut | Verdict::Cancelled => {}
        }
    }

    pub(super) fn attempts_mut(&mut self) -> impl Iterator<Item = &mut Attempt> {
        self.earlier.iter_mut().chain([&mut self.current])
    }
}
