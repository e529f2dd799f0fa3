//! What each answer does to an order.

use std::time::Duration;

use super::attempt::{Attempt, Binding, HoldReason, Outcome, Purpose, Stage};
use super::notice::{Entry, Notice};
use super::verdict::{self, Verdict};
use super::{Answer, Flight, GIVE_UP, MAX_RECHECKS, Order, SETTLE_MARGIN};
use crate::api::one_time_payment::Status;
use crate::api::one_time_payment::cancel::Cancellation;
use crate::api::one_time_payment::find::Search;
use crate::api::one_time_payment::get::Reading;
use crate::api::one_time_payment::link::{CheckoutLink, LinkError};
use crate::api::one_time_payment::list::ListedPayment;
use crate::endpoint::CallError;
use crate::error::{Reason, Refusal};
use crate::flow::poll::{Looks, MAX_ALARM_GAP, MIN_GAP, backoff};
use crate::value::UnixMillis;

/// How long after its start an attempt may still send a create call: the payer waits, or has gone.
const CREATE_WINDOW: Duration = Duration::from_secs(10 * 60);
const MAX_SENDS: u8 = 6;
/// Lost answers in a row after which the list is asked before another create call.
const SENDS_BEFORE_SEARCH: u8 = 2;
const MAX_PROOFS: u8 = 3;
const MAX_MISSES: u8 = 3;
const MAX_CANCELS: u8 = 5;
/// After a link was given up, when its payment is read once more: a payer may have finished at the bank only then.
const LATE_LOOK: Duration = Duration::from_secs(10 * 60);

impl Order {
    /// Takes the answer of a flight that was the current one.
    pub(super) fn land(&mut self, flight: &Flight, answer: Answer, notices: &mut Vec<Notice>, now: UnixMillis) {
        if flight.attempt != self.current.number {
            if let Answer::Read(result) = answer {
                self.rechecked(flight.attempt, result.ok().as_ref(), notices, now);
            }
            return;
        }
        match answer {
            Answer::Created(result) => self.created(result, notices, now),
            Answer::Read(result) => self.read(result, notices, now),
            Answer::Searched(result) => self.searched(result, notices, now),
            Answer::Cancelled(result) => self.cancelled(&result, notices, now),
            Answer::Glanced(told) => self.glanced(told, now),
        }
        self.record_stage(now);
    }

    fn created(
        &mut self,
        result: Result<Result<CheckoutLink, LinkError>, CallError<Refusal>>,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let Stage::Creating { sends } = self.current.stage else { return };
        let (stage, due) = match result {
            Ok(Ok(link)) => match link.candidate() {
                Some(candidate) => (Stage::Proving { link, candidate, tries: 0 }, now),
                None => (searching(Purpose::Adopt { link, leads_to: None }, sends), now),
            },
            Ok(Err(_)) => return self.hold(HoldReason::LinkElsewhere, notices, now),
            Err(CallError::Refused(refusal)) if refusal.reason.did_nothing() => {
                if sends <= 1 {
                    return self.close(Outcome::Refused { reason: refusal.reason }, notices, now);
                }
                // An earlier call may have made the payment before this one was refused.
                (searching(Purpose::Recover, sends), now)
            }
            Err(_) if sends < SENDS_BEFORE_SEARCH && self.paid_by.is_none() => {
                (Stage::Creating { sends }, now.plus(backoff(sends)))
            }
            Err(_) => (searching(Purpose::Recover, sends), now.plus(backoff(sends))),
        };
        self.current.stage = stage;
        self.due = Some(due);
    }

    fn read(&mut self, result: Result<Reading, CallError<Refusal>>, notices: &mut Vec<Notice>, now: UnixMillis) {
        if let Stage::Closed(_) = self.current.stage {
            return self.rechecked(self.current.number, result.ok().as_ref(), notices, now);
        }
        if let Stage::Proving { link, candidate, tries } = &self.current.stage {
            let (link, candidate, tries) = (link.clone(), *candidate, tries.saturating_add(1));
            return self.proved(link, candidate, tries, result, notices, now);
        }
        let Some(binding) = self.current.binding.clone() else { return };
        let verdict = match result {
            Ok(reading) => {
                self.current.looks.told();
                verdict::of_reading(&self.current, &binding, &reading, &self.terms, now)
            }
            Err(_) => {
                self.current.looks.untold();
                return self.unread(notices, now);
            }
        };
        match verdict {
            Verdict::Confirmed => self.paid(self.current.number, notices, now),
            Verdict::Mismatch | Verdict::Cancelled | Verdict::Payable | Verdict::RunOut | Verdict::Unclear(_) => {
                match self.current.stage {
                    Stage::Open { .. } => self.open_read(verdict, notices, now),
                    Stage::Withdrawing { .. } => self.withdrawal_read(verdict, notices, now),
                    Stage::Creating { .. } | Stage::Proving { .. } | Stage::Searching { .. } | Stage::Closed(_) => {}
                }
            }
        }
    }

    fn proved(
        &mut self,
        link: CheckoutLink,
        candidate: crate::value::PaymentId,
        tries: u8,
        result: Result<Reading, CallError<Refusal>>,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        match result {
            Ok(reading) => match verdict::prove(&self.current, candidate, &reading, &self.terms) {
                Some(proof) => {
                    self.current.binding = Some(proof.binding);
                    self.current.expires_at = self.bounded_end(proof.expires_at, now);
                    self.open(link, now);
                }
                None => self.search(Purpose::Adopt { link, leads_to: Some(candidate) }, now),
            },
            Err(error) if tries >= MAX_PROOFS => {
                let exists = !matches!(&error, CallError::Refused(refusal) if refusal.reason == Reason::NotFound);
                self.search(Purpose::Adopt { link, leads_to: exists.then_some(candidate) }, now);
            }
            Err(_) => {
                self.current.stage = Stage::Proving { link, candidate, tries };
                self.due = Some(now.plus(backoff(tries)));
                self.give_up_if_overdue(notices, now);
            }
        }
    }

    fn open(&mut self, link: CheckoutLink, now: UnixMillis) {
        if self.paid_by.is_some() {
            self.current.stage = Stage::Open { link, claimed: false };
            return self.withdraw(now);
        }
        self.current.looks = Looks::opened(now);
        self.current.stage = Stage::Open { link, claimed: false };
        self.follow();
    }

    /// The end of a link as it was told, but no later than the order allows: a clock or a time zone may be wrong.
    fn bounded_end(&self, told: Option<UnixMillis>, now: UnixMillis) -> UnixMillis {
        let latest = now.plus(self.terms.ttl.duration());
        told.map_or(latest, |at| at.min(latest.plus(SETTLE_MARGIN)))
    }

    /// The next look at an open payment; one falls just behind the end of its link.
    fn follow(&mut self) {
        let Attempt { looks, expires_at, .. } = &self.current;
        let end = expires_at.plus(SETTLE_MARGIN);
        let next = if looks.owes_read() { looks.read_at() } else { looks.alarm_at() };
        self.due = Some(if looks.last_read_at() < end { next.min(end.max(looks.read_at())) } else { next });
    }

    fn open_read(&mut self, verdict: Verdict, notices: &mut Vec<Notice>, now: UnixMillis) {
        match verdict {
            Verdict::Cancelled => self.close(Outcome::Cancelled, notices, now),
            Verdict::RunOut => self.settle(now),
            Verdict::Unclear(_) if self.current.expires_at.plus(SETTLE_MARGIN) <= now => {
                self.settle(now);
            }
            Verdict::Payable | Verdict::Unclear(_) if self.current.looks.is_listed() => {
                self.contradicted(now);
            }
            Verdict::Payable => {
                if self.current.looks.is_settled(now)
                    && let Stage::Open { claimed, .. } = &mut self.current.stage
                {
                    *claimed = false;
                }
                self.follow();
                self.give_up_if_overdue(notices, now);
            }
            Verdict::Mismatch => self.contradicted(now),
            Verdict::Unclear(_) | Verdict::Confirmed => self.follow(),
        }
    }

    fn withdrawal_read(&mut self, verdict: Verdict, notices: &mut Vec<Notice>, now: UnixMillis) {
        let Stage::Withdrawing { link, cancels, .. } = &self.current.stage else { return };
        let (link, cancels) = (link.clone(), *cancels);
        match (verdict, link) {
            (Verdict::Cancelled, link) => self.withdrawn(link.is_some(), notices, now),
            (Verdict::RunOut, Some(_)) => self.settle(now),
            (Verdict::RunOut, None) => self.withdrawn(false, notices, now),
            (Verdict::Payable, Some(link)) if cancels >= MAX_CANCELS && self.paid_by.is_none() => {
                self.current.stage = Stage::Open { link, claimed: false };
                self.follow();
            }
            (Verdict::Payable, link) => {
                self.current.stage = Stage::Withdrawing { link, cancels, tries: 0, verify: false };
                self.due = Some(if cancels == 0 { now } else { now.plus(backoff(cancels)) });
            }
            (Verdict::Mismatch, _) => self.contradicted(now),
            (Verdict::Unclear(_) | Verdict::Confirmed, _) => self.unread(notices, now),
        }
    }

    /// The payment cannot be paid any more. One that a payer knew is the payer's cancellation; one that nobody ever saw
    /// makes room for another.
    fn withdrawn(&mut self, was_shown: bool, notices: &mut Vec<Notice>, now: UnixMillis) {
        if was_shown {
            return self.close(Outcome::Cancelled, notices, now);
        }
        let in_time = now.since(self.current.started_at) < CREATE_WINDOW;
        self.close(Outcome::Abandoned, notices, now);
        if in_time && self.retry_allowed().is_ok() {
            self.begin_next(now);
        }
    }

    /// A read told nothing.
    fn unread(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        let ended = self.current.expires_at.plus(SETTLE_MARGIN) <= now;
        match &mut self.current.stage {
            Stage::Open { .. } if self.current.looks.is_listed() => self.contradicted(now),
            Stage::Open { .. } if ended => self.settle(now),
            Stage::Open { .. } => self.follow(),
            Stage::Withdrawing { tries, verify, .. } => {
                *tries = tries.saturating_add(1);
                *verify = true;
                self.due = Some(now.plus(backoff(*tries)));
            }
            Stage::Creating { .. } | Stage::Proving { .. } | Stage::Searching { .. } | Stage::Closed(_) => {}
        }
        self.give_up_if_overdue(notices, now);
    }

    fn cancelled(
        &mut self,
        result: &Result<Cancellation, CallError<Refusal>>,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let Stage::Withdrawing { link, verify, .. } = &mut self.current.stage else { return };
        let was_shown = link.is_some();
        let bound = self.current.binding.as_ref().map(|binding| binding.payment_id);
        match result {
            Ok(answer) if Some(answer.id) == bound && answer.status == Status::Cancelled => {
                self.withdrawn(was_shown, notices, now);
            }
            // A refusal may mean that it was just paid, a lost answer anything: only a read tells.
            Ok(_) | Err(_) => {
                *verify = true;
                self.due = Some(self.current.looks.read_at().max(now));
            }
        }
    }

    fn glanced(&mut self, told: Option<bool>, now: UnixMillis) {
        self.current.looks.glanced(told);
        let Stage::Open { claimed, .. } = &mut self.current.stage else { return };
        if told != Some(true) {
            return self.follow();
        }
        *claimed = true;
        if self.current.looks.may_read() {
            self.due = Some(self.current.looks.read_at().max(now));
        } else {
            self.contradicted(now);
        }
    }

    fn searched(&mut self, result: Result<Search, CallError<Refusal>>, notices: &mut Vec<Notice>, now: UnixMillis) {
        let Stage::Searching { purpose, tries, misses, sends } = &self.current.stage else { return };
        let (purpose, tries, misses, sends) = (purpose.clone(), *tries, *misses, *sends);
        match result {
            Ok(Search::Found(listed)) => self.found(&purpose, &listed, notices, now),
            Ok(Search::Ambiguous) => self.hold(HoldReason::NotProvable, notices, now),
            Ok(Search::Missing | Search::Inconclusive) => {
                self.missed(purpose, misses.saturating_add(1), sends, notices, now);
            }
            Err(_) => {
                let tries = tries.saturating_add(1);
                self.current.stage = Stage::Searching { purpose, tries, misses, sends };
                self.due = Some(now.plus(backoff(tries)));
                self.give_up_if_overdue(notices, now);
            }
        }
    }

    /// A whole list without the payment, or none that could be read. It may appear late, so one miss proves nothing;
    /// to create again is safe all the same, because the external id can be used once.
    fn missed(&mut self, purpose: Purpose, misses: u8, sends: u8, notices: &mut Vec<Notice>, now: UnixMillis) {
        if misses < MAX_MISSES {
            self.current.stage = Stage::Searching { purpose, tries: 0, misses, sends };
            self.due = Some(now.plus(backoff(misses)));
            return;
        }
        match purpose {
            Purpose::Recover => {
                let wanted = self.paid_by.is_none() && now.since(self.current.started_at) < CREATE_WINDOW;
                if wanted && sends < MAX_SENDS {
                    self.current.stage = Stage::Creating { sends };
                    self.due = Some(now.plus(MIN_GAP));
                } else {
                    self.close(Outcome::Abandoned, notices, now);
                }
            }
            Purpose::Adopt { .. } | Purpose::Contradiction { .. } | Purpose::Settle { .. } => {
                self.hold(HoldReason::NotProvable, notices, now);
            }
        }
    }

    fn found(&mut self, purpose: &Purpose, listed: &ListedPayment, notices: &mut Vec<Notice>, now: UnixMillis) {
        let verdict = verdict::of_listed(&self.current, listed, &self.terms, now);
        let recovering = *purpose == Purpose::Recover;
        if recovering && (verdict == Verdict::Mismatch || !verdict::is_ours(listed, &self.terms)) {
            return self.close(Outcome::Refused { reason: Reason::DuplicateExternalId }, notices, now);
        }
        if verdict != Verdict::Mismatch && self.current.binding.is_none() {
            let homepage_echoed = listed.homepage_url.as_deref() == Some(self.terms.homepage_url.as_str());
            self.current.binding = Some(Binding { payment_id: listed.id, homepage_echoed });
            self.current.expires_at = self.bounded_end(listed.expires_at, now);
        }
        match (verdict, purpose) {
            (Verdict::Confirmed, _) => self.paid(self.current.number, notices, now),
            (Verdict::Mismatch, _) => self.hold(HoldReason::Mismatch, notices, now),
            (Verdict::Unclear(status), _) => {
                let status = status.as_str().chars().take(40).collect();
                self.hold(HoldReason::UnknownStatus { status }, notices, now);
            }
            (Verdict::Payable, Purpose::Adopt { leads_to: Some(id), .. }) if *id != listed.id => {
                self.hold(HoldReason::Mismatch, notices, now);
            }
            (Verdict::Payable, Purpose::Adopt { link, .. }) => self.open(link.clone(), now),
            (Verdict::Payable, Purpose::Recover) => self.withdraw(now),
            (Verdict::Payable, Purpose::Contradiction { link: Some(link) }) if self.current.contradictions == 0 => {
                self.current.contradictions = 1;
                self.reopen(link.clone(), now);
            }
            (Verdict::Payable, Purpose::Contradiction { .. }) => self.hold(HoldReason::Mismatch, notices, now),
            (Verdict::Payable, Purpose::Settle { link }) => {
                // Its read said that it had run out, the list that its end is yet to come.
                self.current.expires_at = self.bounded_end(listed.expires_at, now);
                match link {
                    Some(link) => self.reopen(link.clone(), now),
                    None => self.settle(now),
                }
            }
            (Verdict::Cancelled | Verdict::RunOut, Purpose::Recover) => self.withdrawn(false, notices, now),
            (Verdict::Cancelled, _) => self.close(Outcome::Cancelled, notices, now),
            // A list that lags behind would hide what the contradicting answer may have told.
            (Verdict::RunOut, Purpose::Contradiction { .. }) if now < self.current.expires_at.plus(SETTLE_MARGIN) => {
                self.settle(now);
            }
            (Verdict::RunOut, _) => {
                self.close(Outcome::Expired, notices, now);
                self.recheck_later(self.current.number, now.plus(LATE_LOOK));
            }
        }
    }

    fn search(&mut self, purpose: Purpose, now: UnixMillis) {
        self.current.stage = searching(purpose, 0);
        self.due = Some(now);
    }

    /// An answer is not about what was ordered: the list must tell.
    fn contradicted(&mut self, now: UnixMillis) {
        let link = self.current.known_link().cloned();
        self.search(Purpose::Contradiction { link }, now);
    }

    /// An answer says that the link has run out: the list has the last word, once a payment of the last second can be
    /// in it. Should the end be far away by our clock, the answer may be wrong, and the list is asked soon.
    fn settle(&mut self, now: UnixMillis) {
        let settled_at = self.current.expires_at.plus(SETTLE_MARGIN);
        let link = self.current.known_link().cloned();
        self.current.stage = searching(Purpose::Settle { link }, 0);
        self.due = Some(settled_at.min(now.plus(MAX_ALARM_GAP)).max(now.plus(MIN_GAP)));
    }

    /// The link can be paid after all; it must not be, if another attempt was paid.
    fn reopen(&mut self, link: CheckoutLink, now: UnixMillis) {
        self.current.stage = Stage::Open { link, claimed: false };
        if self.paid_by.is_some() {
            return self.withdraw(now);
        }
        self.follow();
    }

    fn give_up_if_overdue(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        if now < self.current.expires_at.plus(GIVE_UP) {
            return;
        }
        match self.current.stage {
            // Nobody ever had a link, and its time has passed.
            Stage::Searching { purpose: Purpose::Recover, .. } | Stage::Creating { .. } => {
                self.close(Outcome::Abandoned, notices, now);
            }
            Stage::Searching { .. } | Stage::Proving { .. } | Stage::Open { .. } | Stage::Withdrawing { .. } => {
                self.hold(HoldReason::Unresolved, notices, now);
            }
            Stage::Closed(_) => {}
        }
    }

    /// A closed attempt was read once more: only a confirmation changes anything.
    fn rechecked(&mut self, number: u8, reading: Option<&Reading>, notices: &mut Vec<Notice>, now: UnixMillis) {
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

    /// Compago says that attempt `number` is paid. This alone makes an order paid.
    fn paid(&mut self, number: u8, notices: &mut Vec<Notice>, now: UnixMillis) {
        let outcome = Stage::Closed(Outcome::Paid { at: now });
        if number == self.current.number {
            self.current.stage = outcome;
            self.due = None;
        } else if let Some(attempt) = self.earlier.iter_mut().find(|attempt| attempt.number == number) {
            attempt.stage = outcome;
        }
        self.record(Entry::paid(number, now));
        match self.paid_by {
            None => {
                self.paid_by = Some(number);
                self.terms.billing_information = None;
                self.closed_at = Some(now);
                notices.push(self.paid_notice(number, now));
                if number != self.current.number {
                    self.stop_current(notices, now);
                }
            }
            Some(first) if first == number => {}
            Some(_) => {
                self.paid_twice = true;
                notices.push(self.hold_notice(number, &HoldReason::PaidTwice, now));
            }
        }
    }

    /// An earlier attempt was paid while this one was under way: it must not be paid as well.
    fn stop_current(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        match &self.current.stage {
            Stage::Creating { sends: 0 } => self.close(Outcome::Abandoned, notices, now),
            Stage::Creating { sends } => {
                self.current.stage = searching(Purpose::Recover, *sends);
                self.due = Some(now);
            }
            Stage::Open { .. } => self.withdraw(now),
            // Under way to an end, or to being opened, which withdraws it.
            Stage::Proving { .. } | Stage::Searching { .. } | Stage::Withdrawing { .. } | Stage::Closed(_) => {}
        }
    }

    fn hold(&mut self, reason: HoldReason, notices: &mut Vec<Notice>, now: UnixMillis) {
        self.close(Outcome::Held { reason }, notices, now);
    }

    /// Ends the current attempt unpaid. An order that another attempt has paid stays paid; then only that a person must
    /// look at this attempt is worth saying, because it may have been paid as well.
    fn close(&mut self, outcome: Outcome, notices: &mut Vec<Notice>, now: UnixMillis) {
        if self.paid_by.is_none() || matches!(outcome, Outcome::Held { .. }) {
            notices.extend(self.closing_notice(&outcome, now));
        }
        if self.paid_by.is_none() {
            self.closed_at = Some(now);
        }
        self.current.stage = Stage::Closed(outcome);
        self.due = None;
    }
}

fn searching(purpose: Purpose, sends: u8) -> Stage {
    Stage::Searching { purpose, tries: 0, misses: 0, sends }
}
