//! The delivery of a paid order: what an operator or a backend says about it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Order;
use super::notice::Notice;
use crate::edge::Role;
use crate::edge::fulfilment::{FulfilmentChange, FulfilmentDetail, FulfilmentRequest, FulfilmentState, FulfilmentView};
use crate::edge::order_detail::{Entry, Milestone};
use crate::value::{Carrier, FulfilmentNote, TrackingNumber, UnixMillis};

/// How far the delivery of an order has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fulfilment {
    /// Prepared or handed over.
    pub status: FulfilmentState,
    /// The company that carries it.
    pub carrier: Option<Carrier>,
    /// The carrier's tracking number.
    pub tracking_number: Option<TrackingNumber>,
    /// The merchant's own note. Deleted with the payer's data.
    pub note: Option<FulfilmentNote>,
    /// Since when it has come that far.
    pub at: UnixMillis,
}

/// Why nothing can be said about the delivery of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FulfilmentRefusal {
    /// It is not paid.
    #[error("the order is not paid")]
    NotPaid,
}

impl Fulfilment {
    /// Returns what the payer and webhooks see.
    pub(super) fn view(&self) -> FulfilmentView {
        let Self { status, carrier, tracking_number, note: _, at } = self.clone();
        FulfilmentView { status, carrier, tracking_number, at }
    }

    /// Returns what the operator sees.
    pub(super) fn detail(&self) -> FulfilmentDetail {
        let Self { status, carrier, tracking_number, note, at } = self.clone();
        FulfilmentDetail { status, carrier, tracking_number, at, note }
    }

    /// Whether it says the same, whenever it was said.
    fn says_the_same(&self, other: &Self) -> bool {
        *self == Self { at: self.at, ..other.clone() }
    }
}

impl Order {
    /// Whether its delivery may be reported.
    ///
    /// # Errors
    /// [`FulfilmentRefusal`].
    pub fn fulfilment_allowed(&self) -> Result<(), FulfilmentRefusal> {
        if self.paid_by.is_some() { Ok(()) } else { Err(FulfilmentRefusal::NotPaid) }
    }

    /// Returns how far the delivery has come; `None` of an order that is not paid, or has nothing to deliver and was not reported.
    pub fn fulfilment_state(&self) -> Option<FulfilmentState> {
        self.paid_by?;
        let pending = (!self.terms.items.is_empty()).then_some(FulfilmentState::Pending);
        self.fulfilment.as_ref().map(|fulfilment| fulfilment.status).or(pending)
    }

    /// Takes what happened to the order. The same content again changes nothing, and the first hand-over alone is reported to the
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
                    self.record_of(Milestone::FulfilmentUndone, by, now);
                }
                return;
            }
        };
        let before = self.fulfilment.as_ref();
        let at = before.filter(|before| before.status == status).map_or(now, |before| before.at);
        let said = Fulfilment { status, carrier, tracking_number, note, at };
        // A note that is to be deleted at once is not kept.
        let note = said.note.clone().filter(|_| self.retention_end_with(Some(&said)).is_some_and(|end| now < end));
        let said = Fulfilment { note, ..said };
        if before.is_some_and(|before| before.says_the_same(&said)) {
            return;
        }
        self.fulfilment = Some(said);
        self.record_of(what, by, now);
        if status == FulfilmentState::HandedOver && !self.fulfilled_notified {
            self.fulfilled_notified = true;
            notices.push(self.fulfilled_notice(now));
        }
    }

    fn record_of(&mut self, what: Milestone, by: Role, now: UnixMillis) {
        self.record(Entry { at: now, attempt: self.paid_by.unwrap_or(self.current.number), what, role: Some(by) });
    }
}
