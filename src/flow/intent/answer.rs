//! What each answer does to a charge.

use std::time::Duration;

use super::notice::Notice;
use super::stage::{End, Outcome, ReviewReason, Stage};
use super::verdict::{self, Verdict};
use super::{Answer, Intent};
use crate::api::payment_intent::create::CreatedIntent;
use crate::api::payment_intent::get::{Charge, IntentReading};
use crate::api::payment_intent::{LIFETIME, Status};
use crate::endpoint::CallError;
use crate::error::{Reason, Refusal};
use crate::flow::poll::{MAX_ALARM_GAP, MIN_GAP, backoff};
use crate::value::{Card, UnixMillis};

/// After the end of an intent, how long an unclear answer may still be followed by a clear one before a person is asked to look.
pub(super) const MARGIN: Duration = Duration::from_secs(60);
/// After the end of an intent, how long a charge waits for an answer before a person is asked to look.
const GIVE_UP: Duration = Duration::from_secs(60 * 60);

/// How long after its start a charge may still send a create call: the cashier waits.
const CREATE_WINDOW: Duration = Duration::from_secs(60);
const MAX_SENDS: u8 = 4;
const MAX_CANCELS: u8 = 4;

/// The wait after the first read of an open charge that nobody watches, and the longest.
const FIRST_GAP: Duration = Duration::from_secs(15);
const LONGEST_GAP: Duration = Duration::from_secs(60);
/// The longest wait after a call that failed, while the charge is open.
const LONGEST_BACKOFF: Duration = Duration::from_secs(30);
/// The longest that Compago may ask us to wait.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(2 * 60);
/// The longest wait between two calls of a charge that is not closed.
pub(super) const LONGEST_WAIT: Duration = LONGEST_RETRY_AFTER;

/// After a charge was closed unpaid, when it is read again: a success that came late still counts.
const LATE_POLLS: [Duration; 3] = [Duration::from_secs(60), Duration::from_secs(10 * 60), LONGEST_LATE_POLL];
/// The longest wait of a charge that is closed: before its last late read.
pub(super) const LONGEST_LATE_POLL: Duration = Duration::from_secs(60 * 60);
/// After a charge was closed, how long a late poll that failed is repeated.
const LATE_POLLS_END: Duration = Duration::from_secs(24 * 60 * 60);

impl Intent {
    /// Takes the answer to the call that was in flight.
    pub(super) fn take_answer(&mut self, answer: Answer, notices: &mut Vec<Notice>, now: UnixMillis) {
        match answer {
            Answer::Created(result) => self.created(result, notices, now),
            Answer::Registered(true) => self.register_at = None,
            // As long again as it has been tried: the waits double.
            Answer::Registered(false) => {
                // Since when is not known if the clock was set back.
                let is_ahead = self.terms.placed_at > now;
                let tried_for = if is_ahead { MAX_ALARM_GAP } else { now.since(self.terms.placed_at) };
                self.register_at = Some(now.plus(tried_for.clamp(MIN_GAP, LONGEST_LATE_POLL)));
            }
            Answer::Read(result) => self.read(result, notices, now),
            // A refusal may mean that it was just paid, a lost answer anything: only a read tells.
            Answer::Cancelled(result) => {
                if let Stage::Cancelling { acknowledged, verify, .. } = &mut self.stage {
                    *acknowledged |= result.is_ok();
                    *verify = true;
                    self.due = Some(self.read_at(now));
                }
            }
        }
    }

    fn created(
        &mut self,
        result: Result<CreatedIntent, CallError<Refusal>>,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let Stage::Creating { sends } = self.stage else { return };
        match result {
            Ok(created) => {
                self.id = Some(created.id);
                self.register_at = Some(now);
                self.ends_at = now.plus(LIFETIME);
                if created.answers(&self.terms.create()) {
                    self.stage = Stage::Open { reason: None };
                    self.schedule_next_poll(now);
                } else {
                    self.start_cancelling(Some(ReviewReason::Mismatch), now);
                }
            }
            Err(CallError::Refused(refusal)) if sends <= 1 && refusal.reason.did_nothing() => {
                self.close(Outcome::Refused { reason: refusal.reason }, notices, now);
            }
            // How a taken external id is refused is not documented: the earlier call may have made the intent.
            Err(CallError::Refused(refusal)) if sends > 1 && refusal.status == 409 => {
                self.require_review(ReviewReason::CreateLost, notices, now);
            }
            Err(CallError::Refused(refusal)) => match refusal.reason {
                // The earlier call, whose answer was lost, was refused for the same reason.
                Reason::NotFound | Reason::Currency | Reason::MissingOrganization => {
                    self.close(Outcome::Refused { reason: refusal.reason }, notices, now);
                }
                // As after a 409.
                Reason::DuplicateExternalId | Reason::BelowMinimum(_) | Reason::Other => {
                    self.require_review(ReviewReason::CreateLost, notices, now);
                }
                Reason::Unauthorized | Reason::Busy | Reason::Server | Reason::Redirect => {
                    self.create_again(sends, notices, now);
                }
            },
            Err(CallError::Undelivered(_) | CallError::Decode(_)) => self.create_again(sends, notices, now),
        }
    }

    /// The answer is lost. To ask again is safe, because the external id can be used once.
    fn create_again(&mut self, sends: u8, notices: &mut Vec<Notice>, now: UnixMillis) {
        let due = now.plus(backoff(sends));
        if sends >= MAX_SENDS || due >= self.terms.placed_at.plus(CREATE_WINDOW) {
            return self.require_review(ReviewReason::CreateLost, notices, now);
        }
        self.due = Some(due);
    }

    fn read(&mut self, result: Result<IntentReading, CallError<Refusal>>, notices: &mut Vec<Notice>, now: UnixMillis) {
        let Some(id) = self.id else { return };
        match result {
            Ok(reading) => {
                self.failures = 0;
                match verdict::of_reading(id, &reading, &self.terms) {
                    Verdict::Paid => self.paid(reading.card, notices, now),
                    Verdict::Waiting => self.still_waiting(now),
                    Verdict::Over(end) => self.over(end, notices, now),
                    Verdict::Unclear(reason) => self.unclear(reason, now),
                    Verdict::Mismatch => self.contradicted(&reading, notices, now),
                }
            }
            Err(error) => self.record_failure(&error, now),
        }
        self.give_up_if_overdue(notices, now);
    }

    fn still_waiting(&mut self, now: UnixMillis) {
        match &mut self.stage {
            Stage::Open { .. } | Stage::Verifying { .. } => {
                self.stage = Stage::Open { reason: None };
                self.schedule_next_poll(now);
            }
            Stage::Cancelling { acknowledged: false, cancels, verify, .. } if *cancels < MAX_CANCELS => {
                *verify = false;
                let wait = if *cancels == 0 { Duration::ZERO } else { backoff(*cancels) };
                self.due = Some(now.plus(wait));
            }
            // The cashier waits for the result.
            Stage::Cancelling { .. } => self.due = Some(self.read_at(now)),
            Stage::Closed(_) => self.record_late_poll(now),
            Stage::Creating { .. } => {}
        }
    }

    fn over(&mut self, end: End, notices: &mut Vec<Notice>, now: UnixMillis) {
        match self.stage {
            Stage::Open { .. } => {
                self.stage = Stage::Verifying { end };
                self.due = Some(self.read_at(now));
            }
            Stage::Cancelling { reason: Some(reason), .. } => self.require_review(reason, notices, now),
            Stage::Verifying { .. } | Stage::Cancelling { reason: None, .. } => {
                let outcome = match end {
                    End::Expired => Outcome::Expired,
                    End::Cancelled => Outcome::Cancelled,
                };
                self.close(outcome, notices, now);
            }
            Stage::Closed(_) => self.record_late_poll(now),
            Stage::Creating { .. } => {}
        }
    }

    fn unclear(&mut self, reason: ReviewReason, now: UnixMillis) {
        match self.stage {
            Stage::Open { .. } | Stage::Verifying { .. } => {
                self.stage = Stage::Open { reason: Some(reason) };
                self.schedule_next_poll(now);
            }
            Stage::Cancelling { .. } => self.due = Some(self.read_at(now)),
            Stage::Closed(_) => self.record_late_poll(now),
            Stage::Creating { .. } => {}
        }
    }

    /// An answer names another amount, currency or external id than was asked for. A charge that can still be taken is
    /// cancelled, and a person must look in any case: no later answer names all facts, so none makes it paid.
    fn contradicted(&mut self, reading: &IntentReading, notices: &mut Vec<Notice>, now: UnixMillis) {
        let waits = reading.charge != Some(Charge::Succeeded)
            && reading.status == Status::Pending
            && reading.expired != Some(true);
        match &mut self.stage {
            Stage::Open { .. } | Stage::Verifying { .. } if waits => {
                self.start_cancelling(Some(ReviewReason::Mismatch), now)
            }
            Stage::Cancelling { reason, .. } if waits => {
                *reason = Some(ReviewReason::Mismatch);
                self.still_waiting(now);
            }
            Stage::Closed(Outcome::NeedsReview { reason }) => {
                *reason = ReviewReason::Mismatch;
                self.record_late_poll(now);
            }
            Stage::Open { .. }
            | Stage::Verifying { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(Outcome::Expired | Outcome::Cancelled) => {
                self.require_review(ReviewReason::Mismatch, notices, now)
            }
            Stage::Creating { .. } | Stage::Closed(Outcome::Paid { .. } | Outcome::Refused { .. }) => {}
        }
    }

    /// Takes a read that failed.
    fn record_failure(&mut self, error: &CallError<Refusal>, now: UnixMillis) {
        self.failures = self.failures.saturating_add(1);
        let asked = match error {
            CallError::Refused(refusal) => Duration::from_secs(refusal.retry_after.unwrap_or_default().into()),
            CallError::Undelivered(_) | CallError::Decode(_) => Duration::ZERO,
        };
        let wait = backoff(self.failures).max(asked.min(LONGEST_RETRY_AFTER));
        match self.stage {
            Stage::Closed(_) => {
                let in_time = self.closed_at.is_some_and(|at| now < at.plus(LATE_POLLS_END));
                self.due = in_time.then(|| now.plus(wait));
            }
            Stage::Open { .. } | Stage::Verifying { .. } | Stage::Cancelling { .. } | Stage::Creating { .. } => {
                self.due = Some(now.plus(wait.min(LONGEST_BACKOFF.max(asked.min(LONGEST_RETRY_AFTER)))));
            }
        }
    }

    /// When an open charge is read next: every three seconds while somebody watches, else ever more rarely, and once its time
    /// has passed.
    pub(super) fn schedule_next_poll(&mut self, now: UnixMillis) {
        let age = LIFETIME.saturating_sub(self.ends_at.since(now));
        let last = self.last_read_at.unwrap_or(now);
        let watched = self.watched_until.is_some_and(|until| until > now);
        let gap = if watched { MIN_GAP } else { (age / 3).clamp(FIRST_GAP, LONGEST_GAP) };
        let at = last.plus(gap);
        let ended = self.ends_at.plus(MIN_GAP);
        let at = if last < ended { at.min(ended) } else { at };
        self.due = Some(at.max(self.read_at(now)));
    }

    fn give_up_if_overdue(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        let overdue = now >= self.ends_at.plus(GIVE_UP);
        match self.stage {
            Stage::Open { reason: Some(reason) } if now >= self.ends_at.plus(MARGIN) => {
                self.require_review(reason, notices, now)
            }
            Stage::Cancelling { reason: Some(reason), .. } if overdue => self.require_review(reason, notices, now),
            Stage::Open { .. } | Stage::Verifying { .. } | Stage::Cancelling { .. } if overdue => {
                self.require_review(ReviewReason::Unresolved, notices, now);
            }
            Stage::Open { .. }
            | Stage::Verifying { .. }
            | Stage::Cancelling { .. }
            | Stage::Creating { .. }
            | Stage::Closed(_) => {}
        }
    }

    /// Compago says that the card was charged. This alone makes a charge paid, however late.
    fn paid(&mut self, card: Card, notices: &mut Vec<Notice>, now: UnixMillis) {
        match self.stage {
            // What was charged is not what was asked for.
            Stage::Cancelling { reason: Some(reason), .. } => return self.require_review(reason, notices, now),
            Stage::Closed(Outcome::NeedsReview { reason: ReviewReason::Mismatch }) => {
                return self.record_late_poll(now);
            }
            Stage::Creating { .. }
            | Stage::Open { .. }
            | Stage::Verifying { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => {}
        }
        notices.push(self.paid_notice(&card, now));
        self.stage = Stage::Closed(Outcome::Paid { at: now, card });
        self.closed_at = Some(now);
        self.due = None;
    }

    fn require_review(&mut self, reason: ReviewReason, notices: &mut Vec<Notice>, now: UnixMillis) {
        self.close(Outcome::NeedsReview { reason }, notices, now);
    }

    /// Ends the charge unpaid, as far as is known.
    fn close(&mut self, outcome: Outcome, notices: &mut Vec<Notice>, now: UnixMillis) {
        notices.extend(self.closing_notice(&outcome, now));
        self.stage = Stage::Closed(outcome);
        self.closed_at = Some(now);
        self.due = None;
        self.schedule_late_poll(now);
    }

    fn record_late_poll(&mut self, now: UnixMillis) {
        self.late_polls = self.late_polls.saturating_add(1);
        self.due = None;
        self.schedule_late_poll(now);
    }

    fn schedule_late_poll(&mut self, now: UnixMillis) {
        let (Some(closed_at), Some(_)) = (self.closed_at, self.id) else { return };
        if let Some(wait) = LATE_POLLS.get(usize::from(self.late_polls)) {
            self.due = Some(closed_at.plus(*wait).max(self.read_at(now)));
        }
    }
}
