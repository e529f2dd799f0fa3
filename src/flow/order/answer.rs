//! What each answer does to an order.

use super::attempt::Stage;
use super::facts::Comparison;
use super::notice::Notice;
use super::{Answer, Flight, Glanced, Order};
use crate::api::one_time_payment::Status;
use crate::api::one_time_payment::cancel::Cancellation;
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::value::UnixMillis;

mod created;
mod read;
mod searched;

impl Order {
    /// Takes the answer of a flight that was the current one.
    pub(super) fn land(&mut self, flight: &Flight, answer: Answer, notices: &mut Vec<Notice>, now: UnixMillis) {
        if flight.attempt != self.current.number {
            if let Answer::Read(result) = answer {
                self.rechecked(flight.attempt, result.ok().as_ref(), flight.since, notices, now);
            }
            return;
        }
        match answer {
            Answer::Created(result) => self.created(result, notices, now),
            Answer::Read(result) => self.read(result, flight.since, notices, now),
            Answer::Searched(result) => self.searched(result, flight.since, notices, now),
            Answer::Cancelled(result) => self.cancelled(&result, flight.since, notices, now),
            Answer::Glanced(shown) => self.glanced(shown, now),
        }
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
            self.current.learn(named, asked_at, now);
        }
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

    fn glanced(&mut self, shown: Option<Glanced>, now: UnixMillis) {
        self.current.looks.glanced(shown.map(|shown| shown != Glanced::Absent));
        if shown == Some(Glanced::Different) {
            self.current.learn(Comparison::Different, now, now);
        }
        let Stage::Open { claimed, .. } = &mut self.current.stage else { return };
        match shown {
            None | Some(Glanced::Absent) => self.follow(),
            Some(Glanced::Confirmed) if self.current.looks.may_read() => {
                *claimed = true;
                self.due = Some(self.current.looks.read_at().max(now));
            }
            Some(Glanced::Confirmed | Glanced::Different) => self.contradicted(now),
        }
    }
}
