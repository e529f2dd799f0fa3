//! What a read of a bound payment does to its attempt.

use crate::api::one_time_payment::get::Reading;
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::flow::order::attempt::{Outcome, Stage};
use crate::flow::order::notice::Notice;
use crate::flow::order::stage::LinkEnd;
use crate::flow::order::verdict::{self, Verdict};
use crate::flow::order::{Order, SETTLE_MARGIN};
use crate::flow::poll::backoff;
use crate::value::UnixMillis;

const MAX_CANCELS: u8 = 5;

impl Order {
    pub(super) fn read(
        &mut self,
        result: Result<Reading, CallError<Refusal>>,
        asked_at: UnixMillis,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        if let Stage::Closed(_) = self.current.stage {
            return self.rechecked(self.current.number, result.ok().as_ref(), asked_at, notices, now);
        }
        if let Stage::Proving { link, candidate, tries } = &self.current.stage {
            let (link, candidate, tries) = (link.clone(), *candidate, tries.saturating_add(1));
            return self.proved(link, candidate, tries, result, notices, now);
        }
        if self.current.binding.is_none() {
            return;
        }
        let Ok(reading) = result else {
            self.current.polls.record_failure();
            return self.read_failed(notices, now);
        };
        self.current.polls.record_success();
        match self.judge(self.current.number, &reading, asked_at, now) {
            Some(Verdict::Confirmed) => self.paid(self.current.number, notices, now),
            Some(verdict) => match self.current.stage {
                Stage::Open { .. } => self.open_read(verdict, notices, now),
                Stage::Cancelling { .. } => self.cancelling_read(verdict, notices, now),
                Stage::Creating { .. } | Stage::Proving { .. } | Stage::Searching { .. } | Stage::Closed(_) => {}
            },
            None => {}
        }
    }

    /// Records what a read names of attempt `number`, then says what it means. `None` for an attempt that is not bound.
    pub(in crate::flow::order) fn judge(
        &mut self,
        number: u8,
        reading: &Reading,
        asked_at: UnixMillis,
        now: UnixMillis,
    ) -> Option<Verdict> {
        let Self { terms, earlier, current, .. } = self;
        let attempt = earlier.iter_mut().chain([current]).find(|attempt| attempt.number == number)?;
        let binding = attempt.binding.clone()?;
        let named = verdict::compare(attempt, &binding, reading, terms);
        attempt.record_agreement(named, asked_at, now);
        Some(verdict::of_reading(attempt, &binding, reading, named, now))
    }

    fn open_read(&mut self, verdict: Verdict, notices: &mut Vec<Notice>, now: UnixMillis) {
        match verdict {
            Verdict::Cancelled => self.close(Outcome::Cancelled, notices, now),
            Verdict::RunOut => self.settle(LinkEnd::Read, now),
            Verdict::Unclear(_) if self.current.expires_at.plus(SETTLE_MARGIN) <= now => {
                self.settle(LinkEnd::Unclear, now);
            }
            Verdict::Payable | Verdict::Unclear(_) if self.contradicts_list() => self.contradicted(now),
            Verdict::Payable => {
                if self.current.polls.is_settled(now)
                    && let Stage::Open { claimed, .. } = &mut self.current.stage
                {
                    *claimed = false;
                }
                self.schedule_next_poll();
                self.give_up_if_overdue(notices, now);
            }
            Verdict::Mismatch | Verdict::Unproved => self.contradicted(now),
            Verdict::Unclear(_) | Verdict::Confirmed => self.schedule_next_poll(),
        }
    }

    fn cancelling_read(&mut self, verdict: Verdict, notices: &mut Vec<Notice>, now: UnixMillis) {
        let Stage::Cancelling { link, cancels, .. } = &self.current.stage else { return };
        let (link, cancels) = (link.clone(), *cancels);
        match (verdict, link) {
            (Verdict::Cancelled, link) => self.finish_cancelling(link.is_some(), notices, now),
            (Verdict::RunOut, Some(_)) => self.settle(LinkEnd::Read, now),
            (Verdict::RunOut, None) => self.finish_cancelling(false, notices, now),
            (Verdict::Payable, Some(link)) if cancels >= MAX_CANCELS && !self.is_superseded() => {
                self.current.stage = Stage::Open { link, claimed: false };
                self.schedule_next_poll();
            }
            (Verdict::Payable, link) => {
                self.current.stage = Stage::Cancelling { link, cancels, tries: 0, verify: false };
                self.due = Some(if cancels == 0 { now } else { now.plus(backoff(cancels)) });
                self.give_up_if_overdue(notices, now);
            }
            (Verdict::Mismatch | Verdict::Unproved, _) => self.contradicted(now),
            (Verdict::Unclear(_) | Verdict::Confirmed, _) => self.read_failed(notices, now),
        }
    }

    /// Handles a read that failed or was inconclusive.
    fn read_failed(&mut self, notices: &mut Vec<Notice>, now: UnixMillis) {
        let ended = self.current.expires_at.plus(SETTLE_MARGIN) <= now;
        let contradicts_list = self.contradicts_list();
        match &mut self.current.stage {
            Stage::Open { .. } if contradicts_list => self.contradicted(now),
            Stage::Open { .. } if ended => self.settle(LinkEnd::Unclear, now),
            Stage::Open { .. } => self.schedule_next_poll(),
            Stage::Cancelling { tries, verify, .. } => {
                *tries = tries.saturating_add(1);
                *verify = true;
                self.due = Some(now.plus(backoff(*tries)));
            }
            Stage::Creating { .. } | Stage::Proving { .. } | Stage::Searching { .. } | Stage::Closed(_) => {}
        }
        self.give_up_if_overdue(notices, now);
    }
}
