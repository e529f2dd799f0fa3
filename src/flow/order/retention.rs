//! How long an order keeps personal data: who pays, where it goes, and the note about its delivery.

use std::time::Duration;

use super::Order;
use super::fulfilment::Fulfilment;
use crate::edge::fulfilment::FulfilmentState;
use crate::edge::order::OrderStatus;
use crate::edge::order_detail::{Entry, Milestone};
use crate::edge::shipping::DeliveryDetails;
use crate::value::UnixMillis;

/// How long an order that was not paid keeps the payer's data, so that the payer may try again; and one that was handed over, so
/// that the merchant may correct or look up what was sent.
pub const RETENTION: Duration = Duration::from_secs(72 * 60 * 60);

impl Order {
    /// Returns everything that is needed to deliver it; `None` once the payer's data is deleted.
    pub fn delivery(&self) -> Option<DeliveryDetails> {
        let payer = self.terms.billing_information.as_ref()?;
        Some(DeliveryDetails::new(payer, self.terms.delivery.as_ref(), self.terms.shipping.as_ref()))
    }

    pub(super) fn has_personal_data(&self) -> bool {
        let is_noted = self.fulfilment.as_ref().is_some_and(|fulfilment| fulfilment.note.is_some());
        self.terms.billing_information.is_some() || self.terms.delivery.is_some() || is_noted
    }

    /// Returns when personal data is to be deleted; `None` while the order may still be paid.
    pub(super) fn retention_end(&self) -> Option<UnixMillis> {
        self.retention_end_with(self.fulfilment.as_ref())
    }

    /// The same if that were what is known of its delivery.
    pub(super) fn retention_end_with(&self, fulfilment: Option<&Fulfilment>) -> Option<UnixMillis> {
        let closed_at = self.closed_at?;
        let longest = closed_at.plus(self.terms.retain_days.duration());
        Some(match self.status() {
            OrderStatus::Paid => match fulfilment {
                Some(Fulfilment { status: FulfilmentState::HandedOver, at, .. }) => longest.min(at.plus(RETENTION)),
                Some(_) | None => longest,
            },
            OrderStatus::OnHold => longest,
            OrderStatus::AwaitingPayment
            | OrderStatus::Verifying
            | OrderStatus::Expired
            | OrderStatus::Cancelled
            | OrderStatus::Failed => closed_at.plus(RETENTION),
        })
    }

    pub(super) fn delete_personal_data(&mut self, now: UnixMillis) {
        self.terms.billing_information = None;
        self.terms.delivery = None;
        if let Some(fulfilment) = &mut self.fulfilment {
            fulfilment.note = None;
        }
        self.record(Entry { at: now, attempt: self.current.number, what: Milestone::PersonalDataDeleted, role: None });
    }
}
