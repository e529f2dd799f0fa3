//! An order in the operator's index.

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr};

use super::Order;
use super::attempt::{Attempt, Outcome, ReviewReason, Stage};
use crate::edge::order::OrderStatus;
use crate::flow::projection::{Projection, ProjectionBody};
use crate::value::{Amount, Currency, Description, ExternalId, PaymentId, Reference, UnixMillis};

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
        let paid_at = self.attempts().find_map(|attempt| match attempt.stage {
            Stage::Closed(Outcome::Paid { at }) if self.paid_by == Some(attempt.number) => Some(at),
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => None,
        });
        let row = Row {
            reference: &reference,
            status: self.status(),
            on_hold: self.needs(),
            amount: self.terms.amount,
            currency: self.terms.currency,
            description: &self.terms.description,
            external_id: &self.current.external_id,
            attempt: self.current.number,
            created_at: self.placed_at(),
            paid_at,
            expires_at: self.current.expires_at,
        };
        let body = ProjectionBody {
            created_at: self.placed_at(),
            settled_at: paid_at,
            needs: self.needs(),
            names: names.chain(ids.map(|binding| binding.payment_id.to_string())).collect(),
            attempts: Some(attempts.collect::<Vec<_>>()),
            row,
        };
        Projection::new("order", &reference.compact(), body)
    }

    /// Why a person must look at it: what it was put on hold for, or that it was paid twice.
    pub(super) fn needs(&self) -> Option<&'static str> {
        if self.paid_twice {
            return Some(ReviewReason::PaidTwice.code());
        }
        // Of an order that is paid, an earlier attempt may be on hold: it may have been paid as well.
        self.attempts().find_map(|attempt| attempt.review_reason()).map(ReviewReason::code)
    }

    fn placed_at(&self) -> UnixMillis {
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

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AttemptEnd {
    /// It has not ended: it is under way, or can be paid.
    Open,
    /// It paid the order.
    Paid,
    /// It was paid after another one had paid the order.
    PaidAgain,
    /// The link expired unpaid.
    Expired,
    /// The payment was cancelled.
    Cancelled,
    /// Compago refused to create the payment.
    Refused,
    /// No payment was created, or none whose link anyone received.
    Abandoned,
    /// A person has to look at it.
    OnHold,
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

/// An order in a list.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "OrderRow"))]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row<'a> {
    /// The order's name for people.
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    reference: &'a Reference,
    /// Its status.
    status: OrderStatus,
    /// Why a person has to look at it, or had to.
    #[cfg_attr(test, schemars(with = "Option<ReviewReason>"))]
    on_hold: Option<&'static str>,
    /// The total of the order.
    amount: Amount,
    /// The currency of the amount.
    currency: Currency,
    /// What the payer reads at the checkout.
    description: &'a Description,
    /// The external id of the current attempt.
    external_id: &'a ExternalId,
    /// The number of the current attempt, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    attempt: u8,
    /// When the order was created.
    created_at: UnixMillis,
    /// When it was paid.
    paid_at: Option<UnixMillis>,
    /// When the current link expires.
    expires_at: UnixMillis,
}
