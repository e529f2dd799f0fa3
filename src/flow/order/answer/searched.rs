//! The result of a search of Compago's list, by what it was searched for.

use crate::api::one_time_payment::find::Search;
use crate::api::one_time_payment::list::ListedPayment;
use crate::endpoint::CallError;
use crate::error::{Reason, Refusal};
use crate::flow::order::attempt::{Binding, Outcome, Purpose, ReviewReason, Stage};
use crate::flow::order::close::CREATE_WINDOW;
use crate::flow::order::facts::Comparison;
use crate::flow::order::notice::Notice;
use crate::flow::order::stage::LinkEnd;
use crate::flow::order::verdict::{self, Verdict};
use crate::flow::order::{Order, SETTLE_MARGIN};
use crate::flow::poll::{MIN_GAP, backoff};
use crate::value::UnixMillis;

const MAX_SENDS: u8 = 6;
const MAX_MISSES: u8 = 3;

impl Order {
    pub(super) fn searched(
        &mut self,
        result: Result<Search, CallError<Refusal>>,
        asked_at: UnixMillis,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let Stage::Searching { purpose, tries, misses, sends } = &self.current.stage else { return };
        let (purpose, tries, misses, sends) = (purpose.clone(), *tries, *misses, *sends);
        match result {
            Ok(Search::Found(listed)) => self.found(&purpose, &listed, asked_at, notices, now),
            Ok(Search::Ambiguous) => self.require_review(ReviewReason::NotProvable, notices, now),
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
                let wanted = !self.is_superseded() && now.since(self.current.started_at) < CREATE_WINDOW;
                if wanted && sends < MAX_SENDS {
                    self.current.stage = Stage::Creating { sends };
                    self.due = Some(now.plus(MIN_GAP));
                } else {
                    self.close(Outcome::Abandoned, notices, now);
                }
            }
            Purpose::Adopt { .. } | Purpose::Contradiction { .. } | Purpose::Settle { .. } => {
                self.require_review(ReviewReason::NotProvable, notices, now);
            }
        }
    }

    fn found(
        &mut self,
        purpose: &Purpose,
        listed: &ListedPayment,
        asked_at: UnixMillis,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let named = Comparison::of_found(listed, &self.current, &self.terms);
        self.current.record_agreement(named, asked_at, now);
        if named == Comparison::Equal && self.current.is_contradicted() {
            // The contradiction came while the list was being read: what was read before it decides nothing.
            return self.search(purpose.clone(), now);
        }
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
            (Verdict::Mismatch | Verdict::Unproved, _) => self.require_review(ReviewReason::Mismatch, notices, now),
            (Verdict::Unclear(status), _) => {
                let status = status.as_str().chars().take(40).collect();
                self.require_review(ReviewReason::UnknownStatus { status }, notices, now);
            }
            (Verdict::Payable, Purpose::Adopt { leads_to: Some(id), .. }) if *id != listed.id => {
                self.require_review(ReviewReason::Mismatch, notices, now);
            }
            (Verdict::Payable, Purpose::Adopt { link, .. }) => self.open(link.clone(), now),
            (Verdict::Payable, Purpose::Recover) => self.start_cancelling(now),
            (Verdict::Payable, Purpose::Contradiction { link: Some(link) }) if self.current.contradictions == 0 => {
                self.current.contradictions = 1;
                self.reopen(link.clone(), now);
            }
            (Verdict::Payable, Purpose::Contradiction { .. }) => {
                self.require_review(ReviewReason::Mismatch, notices, now)
            }
            (Verdict::Payable, Purpose::Settle { link, .. }) => {
                // Its read said that it had run out, the list that its end is yet to come. Both may go on to say so: the end is
                // no later than that of a link that was made at the end of the time in which one can be.
                let latest = self.current.started_at.plus(CREATE_WINDOW);
                self.current.expires_at = self.bounded_end(listed.expires_at, latest);
                match link {
                    Some(link) => self.reopen(link.clone(), now),
                    None => self.settle(LinkEnd::Unclear, now),
                }
                self.give_up_if_overdue(notices, now);
            }
            (Verdict::Cancelled | Verdict::RunOut, Purpose::Recover) => self.finish_cancelling(false, notices, now),
            (Verdict::Cancelled, _) => self.close(Outcome::Cancelled, notices, now),
            // A list that lags behind would hide what the contradicting answer may have shown.
            (Verdict::RunOut, Purpose::Contradiction { .. }) if now < self.current.expires_at.plus(SETTLE_MARGIN) => {
                self.settle(LinkEnd::Unclear, now);
            }
            (Verdict::RunOut, _) => self.close_as_expired(notices, now),
        }
    }
}
