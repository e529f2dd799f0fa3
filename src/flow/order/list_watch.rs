//! What an order has to do with the list watcher, which looks for the payments of all open orders in Compago's list.

use super::attempt::{Attempt, Outcome, Purpose, Stage};
use super::notice::Notice;
use super::recheck::LATE_POLL;
use super::{Order, SETTLE_MARGIN};
use crate::value::{PaymentId, UnixMillis};

/// A payment for which the list watcher is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchedPayment {
    /// The payment.
    pub payment_id: PaymentId,
    /// When its link runs out.
    pub expires_at: UnixMillis,
}

impl Order {
    /// Returns the payment for which the list watcher is to look: that of the current attempt, while it may still be paid.
    pub fn watched_payment(&self) -> Option<WatchedPayment> {
        let Attempt { binding, expires_at, stage, .. } = &self.current;
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
        Some(WatchedPayment { payment_id: binding.payment_id, expires_at: *expires_at })
    }

    /// Whether the list watcher is to look for a payment and, as far as the order knows, does not do so yet.
    pub fn awaits_list_watch(&self) -> bool {
        self.current.registered_at.is_none() && self.watched_payment().is_some()
    }

    /// The list watcher looks for the current attempt's payment from now on.
    pub(super) fn list_watched(&mut self, now: UnixMillis) {
        if self.awaits_list_watch() {
            self.current.registered_at = Some(now);
        }
    }

    /// A sweep that began at `read_at` does not hold a payment of the order's.
    pub(super) fn absent(
        &mut self,
        payment_id: PaymentId,
        read_at: UnixMillis,
        notices: &mut Vec<Notice>,
        now: UnixMillis,
    ) {
        let is_current = self.watched_payment().is_some_and(|watched| watched.payment_id == payment_id);
        let ended = self.current.expires_at.plus(SETTLE_MARGIN);
        if !is_current || self.current.is_contradicted() || read_at < ended {
            return;
        }
        if let Stage::Searching { purpose: Purpose::Settle { .. }, .. } = self.current.stage {
            self.close(Outcome::Expired, notices, now);
            self.recheck_later(self.current.number, now.plus(LATE_POLL));
            self.record_stage(now);
        } else if let Stage::Open { .. } = self.current.stage {
            self.due = Some(self.current.polls.read_at().max(now));
        }
    }

    /// The list watcher asks the order to find out about its payment itself.
    pub(super) fn wake(&mut self, now: UnixMillis) {
        match &self.current.stage {
            Stage::Open { .. } => self.due = Some(self.current.polls.read_at().max(now)),
            Stage::Searching { purpose: Purpose::Settle { .. }, .. } => self.due = Some(now),
            Stage::Searching { .. }
            | Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => {}
        }
    }
}
