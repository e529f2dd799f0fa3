//! What each answer does to a charge.

use std::time::Duration;

use super::notice::Notice;
use super::search::{Attribution, Found, Others, alike, find};
use super::stage::{Outcome, ReviewReason, Stage};
use super::{Answer, Charge};
use crate::api::payment_method::CardPaymentStatus;
use crate::api::payment_method::payment::CardPayment;
use crate::api::payment_method::payments::AllCardPayments;
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::flow::poll::{MIN_GAP, backoff};
use crate::value::UnixMillis;

/// How often a list is asked for before the call that charges: whoever asked for the charge waits.
const MAX_SNAPSHOTS: u8 = 3;

/// After a lost answer, when the list is read; the call itself may still be on its way.
const SEARCHES: [Duration; 6] = [
    Duration::from_secs(3),
    Duration::from_secs(10),
    Duration::from_secs(30),
    Duration::from_secs(2 * 60),
    Duration::from_secs(5 * 60),
    LONGEST_WAIT,
];
/// The longest wait between two calls of a charge that is not closed.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);
/// After a charge was put on hold, when it is looked for again.
const LATE_POLLS: [Duration; 3] = [Duration::from_secs(60 * 60), Duration::from_secs(6 * 60 * 60), LONGEST_LATE_POLL];
/// The longest wait of a charge that is closed: before its last late read.
pub(super) const LONGEST_LATE_POLL: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a payment may be under way before a person is asked to look.
const GIVE_UP: Duration = Duration::from_secs(24 * 60 * 60);

impl Charge {
    /// Handles the answer to the call that was in flight.
    pub(super) fn take_answer(&mut self, answer: Answer, notices: &mut Vec<Notice>, now: UnixMillis) {
        match answer {
            Answer::Listed { result, others, attribution } => match self.stage {
                Stage::Snapshotting { tries } => self.on_snapshot(result, tries, now),
                Stage::Searching { .. } | Stage::Closed(_) => match attribution {
                    Attribution::SoleCharger => self.searched(result, &others, notices, now),
                    Attribution::Never => self.leave_to_review(notices, now),
                },
                Stage::Charging | Stage::Following => {}
            },
            Answer::Charged(result) => self.charged(result, notices, now),
            Answer::Read(Ok(payment)) => self.on_payment(&payment, notices, now),
            Answer::Read(Err(_)) => self.record_failure(notices, now),
        }
    }

    fn on_snapshot(&mut self, result: Result<AllCardPayments, CallError<Refusal>>, tries: u8, now: UnixMillis) {
        match result {
            Ok(listed) => {
                let preexisting = alike(self, &listed).map(|payment| payment.id).collect();
                self.preexisting_payments = listed.complete.then_some(preexisting);
                self.stage = Stage::Charging;
                self.due = Some(now);
            }
            Err(CallError::Refused(refusal)) if refusal.reason.did_nothing() => {
                self.end(Outcome::Refused { reason: refusal.reason }, now);
            }
            // Nothing has been charged: whoever asks again with the same key makes it go on.
            Err(_) => {
                let tries = tries.saturating_add(1);
                self.stage = Stage::Snapshotting { tries };
                self.due = (tries < MAX_SNAPSHOTS).then(|| now.plus(backoff(tries)));
            }
        }
    }

    fn charged(&mut self, result: Result<CardPayment, CallError<Refusal>>, notices: &mut Vec<Notice>, now: UnixMillis) {
        match result {
            Ok(payment) => {
                self.id = Some(payment.id);
                self.stage = Stage::Following;
                self.on_payment(&payment, notices, now);
            }
            Err(CallError::Refused(refusal)) if refusal.reason.did_nothing() => {
                self.end(Outcome::Refused { reason: refusal.reason }, now);
            }
            Err(_) => {
                self.stage = Stage::Searching { searches: 0 };
                self.due = Some(now.plus(MIN_GAP));
            }
        }
    }

    fn searched(
        &mut self,
        result: Result<AllCardPayments, CallError<Refusal>>,
        others: &Others,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let found = match &result {
            Ok(listed) => find(self, listed, others),
            Err(_) => Found::Unclear,
        };
        match found {
            Found::This(payment) => {
                self.id = Some(payment.id);
                if let Stage::Searching { .. } = self.stage {
                    self.stage = Stage::Following;
                }
                self.on_payment(&payment, notices, now);
            }
            Found::None => self.search_again(ReviewReason::NotListed, notices, now),
            Found::Unclear if result.is_err() => self.search_again(ReviewReason::ListUnreadable, notices, now),
            Found::Unclear if self.preexisting_payments.is_none() => {
                self.search_again(ReviewReason::ListUnreadable, notices, now)
            }
            Found::Unclear => self.search_again(ReviewReason::Ambiguous, notices, now),
        }
    }

    /// No list shows what became of the call.
    fn leave_to_review(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        if let Stage::Searching { .. } = self.stage {
            self.require_review(ReviewReason::NotAttributable, notices, now);
        }
        self.due = None;
    }

    fn search_again(&mut self, reason: ReviewReason, notices: &mut Vec<Notice>, now: UnixMillis) {
        let Some(sent_at) = self.sent_at else { return };
        match &mut self.stage {
            Stage::Searching { searches } => {
                *searches = searches.saturating_add(1);
                match SEARCHES.get(usize::from(*searches)) {
                    Some(wait) => self.due = Some(sent_at.plus(*wait).max(now.plus(MIN_GAP))),
                    None => self.require_review(reason, notices, now),
                }
            }
            Stage::Closed(_) => self.record_late_poll(now),
            Stage::Snapshotting { .. } | Stage::Charging | Stage::Following => {}
        }
    }

    /// An answer about the payment that is known to be this charge.
    fn on_payment(&mut self, payment: &CardPayment, notices: &mut Vec<Notice>, now: UnixMillis) {
        let asked = Some(payment.id) == self.id
            && payment.amount == self.terms.amount.amount()
            && payment.currency == self.terms.currency.as_str();
        if !asked {
            return self.contradicted(notices, now);
        }
        self.failures = 0;
        match payment.status {
            CardPaymentStatus::Confirmed => {
                notices.push(self.confirmed_notice(now));
                self.end(Outcome::Confirmed { at: now }, now);
            }
            CardPaymentStatus::Refunded => {
                notices.push(self.confirmed_notice(now));
                self.end(Outcome::Refunded, now);
            }
            CardPaymentStatus::Cancelled => self.end(Outcome::Declined, now),
            CardPaymentStatus::NotInitialized | CardPaymentStatus::Pending | CardPaymentStatus::Unknown(_) => {
                self.schedule_next_poll(notices, now);
            }
        }
    }

    /// An answer names another payment, amount or currency than was charged: a person must look, whatever the payment reads
    /// later.
    fn contradicted(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        match &mut self.stage {
            Stage::Closed(Outcome::NeedsReview { reason, .. }) => *reason = ReviewReason::Mismatch,
            Stage::Snapshotting { .. }
            | Stage::Charging
            | Stage::Searching { .. }
            | Stage::Following
            | Stage::Closed(_) => self.require_review(ReviewReason::Mismatch, notices, now),
        }
        self.due = None;
    }

    fn record_failure(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        self.failures = self.failures.saturating_add(1);
        self.schedule_next_poll(notices, now);
    }

    /// Reads the payment again, ever more rarely: it is under way, or tells nothing.
    fn schedule_next_poll(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        if let Stage::Closed(_) = self.stage {
            return self.record_late_poll(now);
        }
        let Some(sent_at) = self.sent_at else { return };
        let age = now.since(sent_at);
        if age >= GIVE_UP {
            return self.require_review(ReviewReason::Unresolved, notices, now);
        }
        let longest = Duration::from_secs(10 * 60);
        // Of a call that lies ahead, because the clock was set back since, the age is not known.
        let wait = if sent_at > now { longest } else { (age / 4).clamp(MIN_GAP, longest) };
        self.due = Some(now.plus(wait.max(if self.failures > 0 { backoff(self.failures) } else { Duration::ZERO })));
    }

    fn require_review(&mut self, reason: ReviewReason, notices: &mut Vec<Notice>, now: UnixMillis) {
        if let Stage::Closed(_) = self.stage {
            return self.record_late_poll(now);
        }
        notices.push(self.review_notice(reason, now));
        self.end(Outcome::NeedsReview { reason, late_polls: 0 }, now);
        self.due = Some(now.plus(LATE_POLLS[0]));
    }

    fn record_late_poll(&mut self, now: UnixMillis) {
        self.due = None;
        let Stage::Closed(Outcome::NeedsReview { late_polls, .. }) = &mut self.stage else { return };
        *late_polls = late_polls.saturating_add(1);
        let next = LATE_POLLS.get(usize::from(*late_polls)).copied();
        self.due = self.closed_at.zip(next).map(|(at, wait)| at.plus(wait).max(now.plus(MIN_GAP)));
    }

    fn end(&mut self, outcome: Outcome, now: UnixMillis) {
        self.stage = Stage::Closed(outcome);
        self.closed_at = Some(now);
        self.due = None;
    }
}
