//! The answer to creating, and the read that proves whose payment it made.

use crate::api::one_time_payment::get::Reading;
use crate::api::one_time_payment::link::{CheckoutLink, LinkError};
use crate::endpoint::CallError;
use crate::error::{Reason, Refusal};
use crate::flow::order::attempt::{Outcome, Purpose, ReviewReason, Stage};
use crate::flow::order::notice::Notice;
use crate::flow::order::stage::searching;
use crate::flow::order::{Order, verdict};
use crate::flow::poll::backoff;
use crate::value::{PaymentId, UnixMillis};

/// Lost answers in a row after which the list is asked before another create call.
const SENDS_BEFORE_SEARCH: u8 = 2;
const MAX_PROOFS: u8 = 3;

impl Order {
    pub(super) fn created(
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
            Ok(Err(_)) => return self.require_review(ReviewReason::LinkElsewhere, notices, now),
            Err(CallError::Refused(refusal)) if refusal.reason.did_nothing() => {
                if sends <= 1 {
                    return self.close(Outcome::Refused { reason: refusal.reason }, notices, now);
                }
                // An earlier call may have made the payment before this one was refused.
                (searching(Purpose::Recover, sends), now)
            }
            Err(_) if sends < SENDS_BEFORE_SEARCH && !self.is_superseded() => {
                (Stage::Creating { sends }, now.plus(backoff(sends)))
            }
            Err(_) => (searching(Purpose::Recover, sends), now.plus(backoff(sends))),
        };
        self.current.stage = stage;
        self.due = Some(due);
    }

    pub(super) fn proved(
        &mut self,
        link: CheckoutLink,
        candidate: PaymentId,
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
}
