//! How far the delivery of a paid order has come.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Order;
use crate::edge::fulfilment::{FulfilmentDetail, FulfilmentState, FulfilmentView};
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

    /// Whether its content is the same, whenever it was reported.
    pub(super) fn has_same_content(&self, other: &Self) -> bool {
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
}
