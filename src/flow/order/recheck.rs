//! A closed attempt is read once more: a payer came back who names it, or may have paid in the last minute.

use std::time::Duration;

use super::attempt::{Attempt, Outcome, Stage};
use super::notice::Notice;
use super::verdict::{self, Verdict};
use super::{GIVE_UP, Order, SETTLE_MARGIN};
use crate::api::one_time_payment::get::Reading;
use crate::flow::poll::{MIN_GAP, backoff};
use crate::value::{ExternalId, PaymentId, UnixMillis};

/// How often an order's closed attempts are read again.
pub(super) const MAX_RECHECKS: u8 = 6;
/// After a link was given up, when its payment is read once more: a payer may have finished at the bank only then.
pub(super) const LATE_LOOK: Duration = Duration::from_secs(10 * 60);

/// In older text, the one recheck of the whole order.
pub(super) struct FormerRecheck {
    pub(super) attempt: u8,
    pub(super) at: UnixMillis,
}

record_from_json!(FormerRecheck { attempt: "attempt", at: "at" });

impl Order {
    /// Reads attempt `number`, which is closed, once more.
    pub(super) fn recheck_later(&mut self, number: u8, earliest: UnixMillis) {
        let Some(attempt) = self.attempts_mut().find(|attempt| attempt.number == number) else { return };
        let at = attempt.looks.read_at().max(earliest);
        attempt.recheck_at = Some(attempt.recheck_at.map_or(at, |earlier| earlier.min(at)));
    }

    /// Compago's list shows the payment as confirmed: it is read, unless that is known. The list alone proves nothing.
    pub(super) fn read_listed(&mut self, payment_id: PaymentId, external_id: &ExternalId, now: UnixMillis) {
        let Some(number) = self.named(payment_id, external_id) else { return };
        if !self.has_been_paid(number) {
            self.recheck_later(number, now);
        }
    }

    fn has_been_paid(&self, number: u8) -> bool {
        self.attempts()
            .any(|attempt| attempt.number == number && matches!(attempt.stage, Stage::Closed(Outcome::Paid { .. })))
    }

    /// Whether Compago has told what became of this payment of the order's, when it was last asked. Of a payment that is
    /// not the order's there is nothing to tell.
    pub fn has_read(&self, payment_id: PaymentId) -> bool {
        self.attempts()
            .filter(|attempt| attempt.binding.as_ref().is_some_and(|binding| binding.payment_id == payment_id))
            .all(|attempt| self.has_been_paid(attempt.number) || attempt.looks.has_told())
    }

    /// Whether a payment of the order's is being read, or is to be read now.
    pub fn is_reading(&self, now: UnixMillis) -> bool {
        self.flight.is_some()
            || self.attempts().any(|attempt| attempt.recheck_at.is_some_and(|at| at <= now.plus(MIN_GAP)))
    }

    /// A closed attempt was read once more: only a confirmation changes anything.
    pub(super) fn rechecked(
        &mut self,
        number: u8,
        reading: Option<&Reading>,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let Some(attempt) = self.attempts_mut().find(|attempt| attempt.number == number) else { return };
        if reading.is_some() {
            attempt.looks.told();
        } else {
            attempt.looks.untold();
        }
        let Some(attempt) = self.attempts().find(|attempt| attempt.number == number) else { return };
        let Some(binding) = &attempt.binding else { return };
        let again = now.plus(backoff(self.rechecks));
        let Some(reading) = reading else {
            // Nothing was told, for as long as an open payment would be waited for.
            if now < attempt.expires_at.plus(GIVE_UP) || self.rechecks < MAX_RECHECKS {
                self.recheck_later(number, again);
            }
            return;
        };
        let late_look = attempt.expires_at.plus(SETTLE_MARGIN).plus(LATE_LOOK);
        let ran_out = attempt.stage == Stage::Closed(Outcome::Expired);
        match verdict::of_reading(attempt, binding, reading, &self.terms, now) {
            Verdict::Confirmed => self.paid(number, notices, now),
            Verdict::Mismatch | Verdict::Unclear(_) if self.rechecks < MAX_RECHECKS => {
                self.recheck_later(number, again);
            }
            // A return came before the late look, and does not take its place.
            Verdict::Payable | Verdict::RunOut | Verdict::Cancelled if ran_out && now < late_look => {
                self.recheck_later(number, late_look);
            }
            Verdict::Mismatch | Verdict::Unclear(_) | Verdict::Payable | Verdict::RunOut | Verdict::Cancelled => {}
        }
    }

    pub(super) fn attempts_mut(&mut self) -> impl Iterator<Item = &mut Attempt> {
        self.earlier.iter_mut().chain([&mut self.current])
    }
}
