//! What an operator or a backend reports about the delivery of a paid order.

use super::Order;
use super::fulfilment::Fulfilment;
use super::notice::Notice;
use crate::edge::Role;
use crate::edge::fulfilment::{FulfilmentChange, FulfilmentRequest, FulfilmentState};
use crate::edge::order_detail::{Entry, Milestone};
use crate::value::UnixMillis;

impl Order {
    /// Applies a fulfilment report. The same content again changes nothing, and the first hand-over alone is reported to the
    /// merchant.
    pub(super) fn fulfil(&mut self, request: FulfilmentRequest, by: Role, notices: &mut Vec<Notice>, now: UnixMillis) {
        if self.fulfilment_allowed().is_err() {
            return;
        }
        let FulfilmentRequest { status, carrier, tracking_number, note } = request;
        let (status, what) = match status {
            FulfilmentChange::Prepared => (FulfilmentState::Prepared, Milestone::Prepared),
            FulfilmentChange::HandedOver => (FulfilmentState::HandedOver, Milestone::HandedOver),
            FulfilmentChange::Undone => {
                if self.fulfilment.take().is_some() {
                    self.record_fulfilment(Milestone::FulfilmentUndone, by, now);
                }
                return;
            }
        };
        let before = self.fulfilment.as_ref();
        let at = before.filter(|before| before.status == status).map_or(now, |before| before.at);
        let next = Fulfilment { status, carrier, tracking_number, note, at };
        // A note that is to be deleted at once is not kept.
        let note = next.note.clone().filter(|_| self.retention_end_with(Some(&next)).is_some_and(|end| now < end));
        let next = Fulfilment { note, ..next };
        if before.is_some_and(|before| before.has_same_content(&next)) {
            return;
        }
        self.fulfilment = Some(next);
        self.record_fulfilment(what, by, now);
        if status == FulfilmentState::HandedOver && !self.fulfilled_notified {
            self.fulfilled_notified = true;
            notices.push(self.fulfilled_notice(now));
        }
    }

    fn record_fulfilment(&mut self, what: Milestone, by: Role, now: UnixMillis) {
        self.record(Entry { at: now, attempt: self.paid_by.unwrap_or(self.current.number), what, role: Some(by) });
    }
}
