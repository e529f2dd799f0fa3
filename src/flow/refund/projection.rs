//! A refund in the operator's index.

use serde::Serialize;
use serde_with::{As, DisplayFromStr};

use super::stage::{Outcome, Stage};
use super::{MISMATCH, Refund, UNRESOLVED};
use crate::edge::saved_card::RefundStatus;
use crate::flow::projection::{Projection, ProjectionBody};
use crate::value::{Amount, CardPaymentId, Currency, PaymentMethodId, Reference, UnixMillis};

impl Refund {
    /// Returns its projection for the operator's index.
    pub fn projection(&self) -> Projection {
        let terms = &self.terms;
        let (refunded_at, needs) = match &self.stage {
            Stage::Closed(Outcome::Refunded) => (Some(terms.placed_at), None),
            Stage::Closed(Outcome::NeedsReview) => (None, Some(UNRESOLVED)),
            Stage::Closed(Outcome::Contradicted) => (None, Some(MISMATCH)),
            Stage::Reading { .. } | Stage::Refunding | Stage::Closed(Outcome::Refused { .. }) => (None, None),
        };
        let row = Row {
            reference: &terms.key,
            status: self.status(),
            amount: self.amount,
            currency: self.amount.map(|_| Currency::Mxn),
            payment_method: terms.method,
            payment_id: terms.payment,
            created_at: terms.placed_at,
        };
        let body = ProjectionBody {
            created_at: terms.placed_at,
            settled_at: refunded_at,
            needs,
            names: Vec::from([terms.payment.to_string(), terms.key.compact()]),
            terms: Vec::new(),
            attempts: None::<()>,
            watch: None,
            row,
        };
        Projection::new("refund", &terms.payment.to_string(), body)
    }
}

/// A refund in a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    reference: &'a Reference,
    status: RefundStatus,
    amount: Option<Amount>,
    currency: Option<Currency>,
    payment_method: PaymentMethodId,
    payment_id: CardPaymentId,
    created_at: UnixMillis,
}
