//! What an order does with the messages of the list watcher, which searches Compago's list of confirmed payments for those of all
//! open orders.
//!
//! A message proves nothing by itself: the order reads its payment. Only a link that has run out is closed by one, without a search of
//! the order's own: if the payment's own read has said, after the end of the link, that it was not paid, and the list watcher says
//! that the list does not hold it.

use std::time::Duration;

use super::attempt::{Attempt, Purpose, Stage};
use super::notice::Notice;
use super::{Order, SETTLE_MARGIN};
use crate::flow::poll::{MAX_ALARM_GAP, READ_OF_OWN};
use crate::flow::projection::WatchedLink;
use crate::value::{PaymentId, UnixMillis};

/// How long after the end of a link an order waits for [`Event::Absent`](super::Event::Absent) before it searches the list itself.
pub(super) const SCAN_WAIT: Duration = Duration::from_secs(15 * 60);

/// By how much the clock of the list watcher may be ahead of the order's.
const MAX_SKEW: Duration = Duration::from_secs(60);

impl Order {
    /// Returns the link that is to be registered with the list watcher: that of the current attempt, while its payment is bound and
    /// may still be paid by somebody.
    pub fn watched_link(&self) -> Option<WatchedLink> {
        let Attempt { binding, started_at, expires_at, stage, .. } = &self.current;
        let may_be_paid = match stage {
            Stage::Open { .. } => true,
            Stage::Cancelling { link, .. } => link.is_some(),
            Stage::Searching { purpose, .. } => match purpose {
                Purpose::Settle { .. } | Purpose::Contradiction { .. } => true,
                Purpose::Adopt { .. } | Purpose::Recover => false,
            },
            Stage::Creating { .. } | Stage::Proving { .. } | Stage::Closed(_) => false,
        };
        let binding = binding.as_ref().filter(|_| may_be_paid)?;
        Some(WatchedLink { payment_id: binding.payment_id, started_at: *started_at, expires_at: *expires_at })
    }

    /// Whether there is a link that is to be registered with the list watcher and, as far as the order knows, is not yet.
    pub fn awaits_list_watch(&self) -> bool {
        self.current.registered_at.is_none() && self.watched_link().is_some()
    }

    /// Records that the current attempt's link is registered with the list watcher.
    pub(super) fn list_watched(&mut self, now: UnixMillis) {
        if self.awaits_list_watch() {
            self.current.registered_at = Some(now);
        }
    }

    /// The list shows the payment of attempt `number` as confirmed, with the facts that were bound: it is read now. If a read that
    /// follows does not say so as well, the list is searched.
    pub(super) fn listed_as_confirmed(&mut self, number: u8, now: UnixMillis) {
        if number == self.current.number
            && let Stage::Open { claimed, .. } = &mut self.current.stage
        {
            *claimed = true;
            self.current.polls.record_listed_as_confirmed();
        }
        self.recheck_later(number, now);
    }

    /// Whether an answer that does not confirm an open payment contradicts the list, which has shown it as confirmed. The answer to
    /// a read that was sent before does not: another read is due.
    pub(super) fn contradicts_list(&self) -> bool {
        self.current.polls.is_listed_as_confirmed() && self.current.recheck_at.is_none()
    }

    /// A complete, readable scan that began at `read_at` does not hold this payment. What has run out is closed, if that scan and
    /// the payment's last read say enough; else the payment is read first.
    pub(super) fn absent(
        &mut self,
        payment_id: PaymentId,
        read_at: UnixMillis,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let is_current = self.watched_link().is_some_and(|watched| watched.payment_id == payment_id);
        let ended_before = self.current.expires_at.plus(SETTLE_MARGIN) <= read_at;
        // The answer of a call in flight says more.
        if !is_current || !ended_before || self.current.is_contradicted() || self.in_flight.is_some() {
            return;
        }
        match self.current.stage {
            Stage::Searching { purpose: Purpose::Settle { ran_out: true, .. }, .. }
                if self.was_registered_before(read_at) && self.was_read_after_its_end() =>
            {
                self.close_as_expired(notices, now);
                self.record_stage(now);
            }
            Stage::Searching { purpose: Purpose::Settle { ran_out: true, .. }, .. } | Stage::Open { .. } => {
                self.recheck_later(self.current.number, now);
            }
            Stage::Searching { .. }
            | Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => {}
        }
    }

    /// Whether the link was registered for certain when a scan began at `read_at`: a scan that is already under way takes a payment
    /// that is registered only then for somebody else's.
    fn was_registered_before(&self, read_at: UnixMillis) -> bool {
        self.current.registered_at.is_some_and(|at| at.plus(MAX_SKEW) <= read_at)
    }

    /// Whether the payment was read so long after the end of its link that a payment of the last second would have shown.
    fn was_read_after_its_end(&self) -> bool {
        let polls = &self.current.polls;
        polls.last_read_succeeded() && self.current.expires_at.plus(SETTLE_MARGIN) <= polls.last_read_at()
    }

    /// The list watcher could not learn from the list whether the payment is confirmed: the order reads it.
    pub(super) fn wake(&mut self, now: UnixMillis) {
        match self.current.stage {
            Stage::Open { .. } => self.recheck_later(self.current.number, now),
            Stage::Searching { purpose: Purpose::Settle { .. }, .. } => {
                self.recheck_later(self.current.number, now);
                self.search_soon(now);
            }
            Stage::Searching { .. }
            | Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => {}
        }
    }

    /// An answer or the list contradicts what is bound while the order waits for [`Event::Absent`](super::Event::Absent): only a search
    /// tells.
    pub(super) fn search_if_contradicted(&mut self, now: UnixMillis) {
        if let Stage::Searching { purpose: Purpose::Settle { ran_out: true, .. }, tries: 0, misses: 0, .. } =
            self.current.stage
            && self.current.is_contradicted()
        {
            self.search_soon(now);
        }
    }

    /// Searches now, or as soon as the link has certainly run out.
    fn search_soon(&mut self, now: UnixMillis) {
        let settled_at = self.current.expires_at.plus(SETTLE_MARGIN);
        self.due = self.due.map(|due| due.min(settled_at.max(now)));
    }

    /// Returns the longest that the current attempt waits for its next call.
    pub(super) fn longest_wait(&self, now: UnixMillis) -> Duration {
        let end = self.current.expires_at.plus(SETTLE_MARGIN);
        match &self.current.stage {
            Stage::Open { .. } if self.current.registered_at.is_some() => {
                end.since(now).clamp(MAX_ALARM_GAP, READ_OF_OWN)
            }
            Stage::Searching { purpose: Purpose::Settle { ran_out: true, .. }, .. }
                if self.current.registered_at.is_some() =>
            {
                MAX_ALARM_GAP + SCAN_WAIT
            }
            Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => MAX_ALARM_GAP,
        }
    }
}
