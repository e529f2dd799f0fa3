//! What an order has to do with the list watcher, which looks for the payments of all open orders in Compago's list of confirmed
//! payments. What the list watcher says proves nothing: it makes the order read its payment. Only to close a link that has run out,
//! by its payment's own read, its word is enough that the list does not hold it.

use std::time::Duration;

use super::attempt::{Attempt, Purpose, Stage};
use super::notice::Notice;
use super::{Order, SETTLE_MARGIN};
use crate::flow::poll::{MAX_ALARM_GAP, READ_OF_OWN};
use crate::flow::projection::WatchedLink;
use crate::value::{PaymentId, UnixMillis};

/// How long after the end of a link an order waits for the list watcher's word before it searches the list itself.
pub(super) const SWEEP_WAIT: Duration = Duration::from_secs(15 * 60);

impl Order {
    /// Returns the link for which the list watcher is to look: that of the current attempt, while its payment is bound and may still
    /// be paid by somebody.
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

    /// Whether the list watcher is to look for a payment and, as far as the order knows, does not do so yet.
    pub fn awaits_list_watch(&self) -> bool {
        self.current.registered_at.is_none() && self.watched_link().is_some()
    }

    /// Records that the list watcher looks for the current attempt's payment.
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

    /// A complete, readable sweep that began at `read_at` does not hold this payment.
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
            Stage::Searching { purpose: Purpose::Settle { ran_out: true, .. }, .. } => {
                self.close_as_expired(notices, now);
                self.record_stage(now);
            }
            Stage::Open { .. } => self.recheck_later(self.current.number, now),
            Stage::Searching { .. }
            | Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => {}
        }
    }

    /// The list watcher cannot tell what has become of the payment: the order finds out by itself.
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

    /// An answer or the list contradicts what is bound while the order waits for the list watcher's word: only a search tells.
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
                MAX_ALARM_GAP + SWEEP_WAIT
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
