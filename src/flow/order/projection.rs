//! An order in the operator's index.

use serde::Serialize;

use super::Order;
use super::attempt::{Attempt, Outcome, ReviewReason, Stage};
use super::fulfilment::Fulfilment;
use crate::edge::items;
use crate::edge::order_csv::OrderExport;
use crate::edge::order_detail::{AttemptEnd, OrderRow};
use crate::edge::shipping::{Customer, ShippingView};
use crate::flow::projection::{Projection, ProjectionBody};
use crate::value::{ExternalId, PaymentId, UnixMillis};

impl Order {
    /// Returns its projection for the operator's index.
    pub fn projection(&self) -> Projection {
        let attempts = self.attempts().map(|attempt| Line {
            external_id: &attempt.external_id,
            payment_id: attempt.binding.as_ref().map(|binding| binding.payment_id),
            end: self.end_of(attempt),
        });
        let ids = self.attempts().filter_map(|attempt| attempt.binding.as_ref());
        let names = self.attempts().map(|attempt| attempt.external_id.to_string());
        let reference = self.terms.reference;
        let paid_at = self.paid_at();
        let body = ProjectionBody {
            created_at: self.placed_at(),
            settled_at: paid_at,
            needs: self.needs(),
            names: names.chain(ids.map(|binding| binding.payment_id.to_string())).collect(),
            terms: self.search_terms(),
            attempts: Some(attempts.collect::<Vec<_>>()),
            watch: self.watched_link(),
            row: self.row(),
        };
        Projection::new("order", &reference.compact(), body)
    }

    /// Returns everything about it that the table of orders shows.
    pub fn export(&self) -> OrderExport {
        OrderExport {
            row: self.row(),
            items: self.terms.items.clone(),
            shipping: self.terms.shipping.as_ref().map(ShippingView::from),
            fulfilment: self.fulfilment.as_ref().map(Fulfilment::view),
            customer: self.terms.billing_information.as_ref().map(Customer::from),
            delivery: self.delivery(),
            metadata: self.terms.metadata.clone(),
        }
    }

    /// Returns it as a list shows it.
    fn row(&self) -> OrderRow {
        OrderRow {
            reference: self.terms.reference,
            status: self.status(),
            on_hold: self.needs().map(str::to_owned),
            amount: self.terms.amount,
            currency: self.terms.currency,
            description: self.terms.description.clone(),
            external_id: self.current.external_id.clone(),
            attempt: self.current.number,
            created_at: self.placed_at(),
            paid_at: self.paid_at(),
            expires_at: self.current.expires_at,
            fulfilment: self.fulfilment_state(),
            fulfilment_at: self.fulfilment.as_ref().map(|fulfilment| fulfilment.at),
            pieces: items::pieces(&self.terms.items),
            shipping: self.terms.shipping.as_ref().map(|shipping| shipping.name.clone()),
        }
    }

    /// Why a person must look at it: what it was put on hold for, or that it was paid twice.
    pub(super) fn needs(&self) -> Option<&'static str> {
        if self.paid_twice {
            return Some(ReviewReason::PaidTwice.code());
        }
        // Of an order that is paid, an earlier attempt may be on hold: it may have been paid as well.
        self.attempts().find_map(|attempt| attempt.review_reason()).map(ReviewReason::code)
    }

    /// The words by which it is found as a whole: what was ordered, and the merchant's own data.
    fn search_terms(&self) -> Vec<(String, String)> {
        let skus = self.terms.items.iter().filter_map(|item| item.sku.as_ref());
        let skus = skus.map(|sku| ("sku".to_owned(), sku.to_string()));
        let metadata = self.terms.metadata.iter();
        skus.chain(metadata.map(|(key, value)| (format!("metadata.{key}"), value.to_string()))).collect()
    }

    /// When it was paid.
    pub(super) fn paid_at(&self) -> Option<UnixMillis> {
        self.attempts().find_map(|attempt| match attempt.stage {
            Stage::Closed(Outcome::Paid { at }) if self.paid_by == Some(attempt.number) => Some(at),
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => None,
        })
    }

    pub(super) fn placed_at(&self) -> UnixMillis {
        self.attempts().next().unwrap_or(&self.current).started_at
    }
}

impl Attempt {
    /// Why a person must look at it.
    pub(super) fn review_reason(&self) -> Option<&ReviewReason> {
        match &self.stage {
            Stage::Closed(Outcome::NeedsReview { reason }) => Some(reason),
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => None,
        }
    }
}

impl Order {
    /// How one of its attempts ended.
    pub(super) fn end_of(&self, attempt: &Attempt) -> AttemptEnd {
        match &attempt.stage {
            Stage::Closed(outcome) => match outcome {
                Outcome::Paid { .. } if self.paid_by == Some(attempt.number) => AttemptEnd::Paid,
                Outcome::Paid { .. } => AttemptEnd::PaidAgain,
                Outcome::Expired => AttemptEnd::Expired,
                Outcome::Cancelled => AttemptEnd::Cancelled,
                Outcome::Refused { .. } => AttemptEnd::Refused,
                Outcome::Abandoned => AttemptEnd::Abandoned,
                Outcome::NeedsReview { .. } => AttemptEnd::OnHold,
            },
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Cancelling { .. } => AttemptEnd::Open,
        }
    }
}

/// An attempt, to be compared with Compago's list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    external_id: &'a ExternalId,
    payment_id: Option<PaymentId>,
    end: AttemptEnd,
}
