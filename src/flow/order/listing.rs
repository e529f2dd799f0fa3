//! An order on the operator's desk.

use super::Order;
use super::attempt::{Attempt, HoldReason, Outcome, Stage};
use crate::flow::listing::{Facts, Listing};
use crate::json::{Object, ToJson, Writer};
use crate::value::UnixMillis;

impl Order {
    /// What the operator's desk keeps of it.
    pub fn listing(&self) -> Listing {
        let attempts: Vec<Line> = self.attempts().map(|attempt| Line(attempt, self.end_of(attempt))).collect();
        let ids = self.attempts().filter_map(|attempt| attempt.binding.as_ref());
        let names = self.attempts().map(|attempt| attempt.external_id.to_string());
        let reference = self.terms.reference;
        let paid_at = self.attempts().find_map(|attempt| match attempt.stage {
            Stage::Closed(Outcome::Paid { at }) if self.paid_by == Some(attempt.number) => Some(at),
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Withdrawing { .. }
            | Stage::Closed(_) => None,
        });
        let row = Object(&[
            ("reference", &reference.to_string()),
            ("status", &self.status()),
            ("onHold", &self.needs()),
            ("amount", &self.terms.amount),
            ("currency", &self.terms.currency),
            ("description", &self.terms.description),
            ("externalId", &self.current.external_id),
            ("attempt", &self.current.number),
            ("createdAt", &self.placed_at()),
            ("paidAt", &paid_at),
            ("expiresAt", &self.current.expires_at),
        ]);
        let facts = Facts {
            created_at: self.placed_at(),
            settled_at: paid_at,
            needs: self.needs(),
            names: names.chain(ids.map(|binding| binding.payment_id.to_string())).collect(),
            attempts: &attempts,
            row: &row,
        };
        Listing::new("order", &reference.compact(), &facts)
    }

    /// Why a person must look at it: what it was put on hold for, or that it was paid twice.
    pub(super) fn needs(&self) -> Option<&'static str> {
        if self.paid_twice {
            return Some(HoldReason::PaidTwice.code());
        }
        // Of an order that is paid, an earlier attempt may be on hold: it may have been paid as well.
        self.attempts().find_map(|attempt| attempt.hold()).map(HoldReason::code)
    }

    fn placed_at(&self) -> UnixMillis {
        self.attempts().next().unwrap_or(&self.current).started_at
    }
}

impl Attempt {
    /// Why a person must look at it.
    pub(super) fn hold(&self) -> Option<&HoldReason> {
        match &self.stage {
            Stage::Closed(Outcome::Held { reason }) => Some(reason),
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Withdrawing { .. }
            | Stage::Closed(_) => None,
        }
    }
}

/// How an attempt ended, as the operator reads it and as it is compared with Compago's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptEnd {
    /// It did not: it is under way, or can be paid.
    Open,
    /// It paid the order.
    Paid,
    /// It was paid after another one had paid the order.
    PaidAgain,
    /// The link ran out unpaid.
    Expired,
    /// The payment was cancelled.
    Cancelled,
    /// Compago refused to make the payment.
    Refused,
    /// No payment came of it.
    Abandoned,
    /// A person must look at it.
    OnHold,
}

variants_on_the_wire!(AttemptEnd {
    Open = "open",
    Paid = "paid",
    PaidAgain = "paid-again",
    Expired = "expired",
    Cancelled = "cancelled",
    Refused = "refused",
    Abandoned = "abandoned",
    OnHold = "on-hold",
});

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
                Outcome::Held { .. } => AttemptEnd::OnHold,
            },
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Withdrawing { .. } => AttemptEnd::Open,
        }
    }
}

/// An attempt, to be compared with Compago's list.
struct Line<'a>(&'a Attempt, AttemptEnd);

impl ToJson for Line<'_> {
    fn to_json(&self, out: &mut Writer) {
        let Self(attempt, end) = self;
        out.object()
            .field("externalId", &attempt.external_id)
            .field("paymentId", &attempt.binding.as_ref().map(|binding| binding.payment_id))
            .field("end", end)
            .end();
    }
}
