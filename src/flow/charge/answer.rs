//! What each answer does to a charge.

use std::time::Duration;

use super::notice::Notice;
use super::search::{Attribution, Found, Others, alike, find};
use super::stage::{Doubt, Outcome, Stage};
use super::{Answer, Charge};
use crate::api::payment_method::CardPaymentStatus;
use crate::api::payment_method::payment::CardPayment;
use crate::api::payment_method::payments::AllCardPayments;
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::flow::poll::{MIN_GAP, backoff};
use crate::value::UnixMillis;

/// How often a list is asked for before the call that charges: whoever asked for the charge waits.
const MAX_SURVEYS: u8 = 3;

/// After a lost answer, when the list is read; the call itself may still be on its way.
const LOOKS: [Duration; 6] = [
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
const LATE_LOOKS: [Duration; 3] = [Duration::from_secs(60 * 60), Duration::from_secs(6 * 60 * 60), LONGEST_LATE_LOOK];
/// The longest wait of a charge that is closed: before its last late look.
pub(super) const LONGEST_LATE_LOOK: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a payment may be under way before a person is asked to look.
const GIVE_UP: Duration = Duration::from_secs(24 * 60 * 60);

impl Charge {
    /// Takes the answer to the call that was in flight.
    pub(super) fn take_answer(&mut self, answer: Answer, notices: &mut Vec<Notice>, now: UnixMillis) {
        match answer {
            Answer::Listed { result, others, attribution } => match self.stage {
                Stage::Surveying { tries } => self.surveyed(result, tries, now),
                Stage::Searching { .. } | Stage::Closed(_) => match attribution {
                    Attribution::SoleCharger => self.searched(result, &others, notices, now),
                    Attribution::Never => self.leave_to_a_person(notices, now),
                },
                Stage::Charging | Stage::Following => {}
            },
            Answer::Charged(result) => self.charged(result, notices, now),
            Answer::Read(Ok(payment)) => self.told(&payment, notices, now),
            Answer::Read(Err(_)) => self.untold(notices, now),
        }
    }

    fn surveyed(&mut self, result: Result<AllCardPayments, CallError<Refusal>>, tries: u8, now: UnixMillis) {
        match result {
            Ok(listed) => {
                let before = alike(self, &listed).map(|payment| payment.id).collect();
                self.before = listed.complete.then_some(before);
                self.stage = Stage::Charging;
                self.due = Some(now);
            }
            Err(CallError::Refused(refusal)) if refusal.reason.did_nothing() => {
                self.end(Outcome::Refused { reason: refusal.reason }, now);
            }
            // Nothing has been charged: whoever asks again with the same key makes it go on.
            Err(_) => {
                let tries = tries.saturating_add(1);
                self.stage = Stage::Surveying { tries };
                self.due = (tries < MAX_SURVEYS).then(|| now.plus(backoff(tries)));
            }
        }
    }

    fn charged(&mut self, result: Result<CardPayment, CallError<Refusal>>, notices: &mut Vec<Notice>, now: UnixMillis) {
        match result {
            Ok(payment) => {
                self.id = Some(payment.id);
                self.stage = Stage::Following;
                self.told(&payment, notices, now);
            }
            Err(CallError::Refused(refusal)) if refusal.reason.did_nothing() => {
                self.end(Outcome::Refused { reason: refusal.reason }, now);
            }
            Err(_) => {
                self.stage = Stage::Searching { looks: 0 };
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
                self.told(&payment, notices, now);
            }
            Found::None => self.look_again(Doubt::NotListed, notices, now),
            Found::Unclear if result.is_err() => self.look_again(Doubt::ListUnreadable, notices, now),
            Found::Unclear if self.before.is_none() => self.look_again(Doubt::ListUnreadable, notices, now),
            Found::Unclear => self.look_again(Doubt::Ambiguous, notices, now),
        }
    }

    /// No list can tell what became of the call.
    fn leave_to_a_person(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        if let Stage::Searching { .. } = self.stage {
            self.hold(Doubt::NotAttributable, notices, now);
        }
        self.due = None;
    }

    fn look_again(&mut self, doubt: Doubt, notices: &mut Vec<Notice>, now: UnixMillis) {
        let Some(sent_at) = self.sent_at else { return };
        match &mut self.stage {
            Stage::Searching { looks } => {
                *looks = looks.saturating_add(1);
                match LOOKS.get(usize::from(*looks)) {
                    Some(wait) => self.due = Some(sent_at.plus(*wait).max(now.plus(MIN_GAP))),
                    None => self.hold(doubt, notices, now),
                }
            }
            Stage::Closed(_) => self.looked_late(now),
            Stage::Surveying { .. } | Stage::Charging | Stage::Following => {}
        }
    }

    /// An answer about the payment that is known to be this charge.
    fn told(&mut self, payment: &CardPayment, notices: &mut Vec<Notice>, now: UnixMillis) {
        let asked = Some(payment.id) == self.id
            && payment.amount == self.terms.amount.amount()
            && payment.currency == self.terms.currency.as_str();
        if !asked {
            return self.contradicted(notices, now);
        }
        self.untold = 0;
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
                self.follow(notices, now);
            }
        }
    }

    /// An answer names another payment, amount or currency than was charged: a person must look, whatever the payment reads
    /// later.
    fn contradicted(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        match &mut self.stage {
            Stage::Closed(Outcome::Held { doubt, .. }) => *doubt = Doubt::Mismatch,
            Stage::Surveying { .. }
            | Stage::Charging
            | Stage::Searching { .. }
            | Stage::Following
            | Stage::Closed(_) => self.hold(Doubt::Mismatch, notices, now),
        }
        self.due = None;
    }

    fn untold(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        self.untold = self.untold.saturating_add(1);
        self.follow(notices, now);
    }

    /// Reads the payment again, ever more rarely: it is under way, or tells nothing.
    fn follow(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        if let Stage::Closed(_) = self.stage {
            return self.looked_late(now);
        }
        let Some(sent_at) = self.sent_at else { return };
        let age = now.since(sent_at);
        if age >= GIVE_UP {
            return self.hold(Doubt::Unresolved, notices, now);
        }
        let longest = Duration::from_secs(10 * 60);
        // Of a call that lies ahead, because the clock was set back since, the age is not known.
        let wait = if sent_at > now { longest } else { (age / 4).clamp(MIN_GAP, longest) };
        self.due = Some(now.plus(wait.max(if self.untold > 0 { backoff(self.untold) } else { Duration::ZERO })));
    }

    fn hold(&mut self, doubt: Doubt, notices: &mut Vec<Notice>, now: UnixMillis) {
        if let Stage::Closed(_) = self.stage {
            return self.looked_late(now);
        }
        notices.push(self.hold_notice(doubt, now));
        self.end(Outcome::Held { doubt, looks: 0 }, now);
        self.due = Some(now.plus(LATE_LOOKS[0]));
    }

    fn looked_late(&mut self, now: UnixMillis) {
        self.due = None;
        let Stage::Closed(Outcome::Held { looks, .. }) = &mut self.stage else { return };
        *looks = looks.saturating_add(1);
        let next = LATE_LOOKS.get(usize::from(*looks)).copied();
        self.due = self.closed_at.zip(next).map(|(at, wait)| at.plus(wait).max(now.plus(MIN_GAP)));
    }

    fn end(&mut self, outcome: Outcome, now: UnixMillis) {
        self.stage = Stage::Closed(outcome);
        self.closed_at = Some(now);
        self.due = None;
    }
}
