//! What each answer does to an order.

use super::attempt::Stage;
use super::facts::Comparison;
use super::notice::Notice;
use super::{Answer, AttemptCall, Order};
use crate::api::one_time_payment::Status;
use crate::api::one_time_payment::cancel::Cancellation;
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::value::UnixMillis;

mod created;
mod read;
mod searched;

impl Order {
    /// Handles the answer to the call that was in flight.
    pub(super) fn take_answer(
        &mut self,
        call: &AttemptCall,
        answer: Answer,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        if call.attempt != self.current.number {
            if let Answer::Read(result) = answer {
                self.rechecked(call.attempt, result.ok().as_ref(), call.started_at, notices, now);
            }
            return;
        }
        match answer {
            Answer::Created(result) => self.created(result, notices, now),
            Answer::Read(result) => self.read(result, call.started_at, notices, now),
            Answer::Searched(result) => self.searched(result, call.started_at, notices, now),
            Answer::Cancelled(result) => self.cancelled(&result, call.started_at, notices, now),
        }
        self.search_if_contradicted(now);
        self.record_stage(now);
    }

    fn cancelled(
        &mut self,
        result: &Result<Cancellation, CallError<Refusal>>,
        asked_at: UnixMillis,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        if let Ok(answer) = result {
            let named = Comparison::of_cancellation(answer, &self.current, &self.terms);
            self.current.record_agreement(named, asked_at, now);
        }
        let Stage::Cancelling { link, verify, .. } = &mut self.current.stage else { return };
        let was_shown = link.is_some();
        let bound = self.current.binding.as_ref().map(|binding| binding.payment_id);
        match result {
            Ok(answer) if Some(answer.id) == bound && answer.status == Status::Cancelled => {
                self.finish_cancelling(was_shown, notices, now);
            }
            // A refusal may mean that it was just paid, a lost answer anything: only a read tells.
            Ok(_) | Err(_) => {
                *verify = true;
                self.due = Some(self.current.polls.read_at().max(now));
            }
        }
    }
}
