//! A refund on the operator's desk.

use super::stage::{Outcome, Stage};
use super::{MISMATCH, Refund, UNRESOLVED};
use crate::flow::listing::{Facts, Listing};
use crate::json::Object;

impl Refund {
    /// What the operator's desk keeps of it.
    pub fn listing(&self) -> Listing {
        let terms = &self.terms;
        let (refunded_at, needs) = match &self.stage {
            Stage::Closed(Outcome::Refunded) => (Some(terms.placed_at), None),
            Stage::Closed(Outcome::Held) => (None, Some(UNRESOLVED)),
            Stage::Closed(Outcome::Contradicted) => (None, Some(MISMATCH)),
            Stage::Reading { .. } | Stage::Refunding | Stage::Closed(Outcome::Refused { .. }) => (None, None),
        };
        let row = Object(&[
            ("reference", &terms.key.to_string()),
            ("status", &self.status()),
            ("amount", &self.amount),
            ("currency", &self.amount.map(|_| "MXN")),
            ("paymentMethod", &terms.method),
            ("paymentId", &terms.payment),
            ("createdAt", &terms.placed_at),
        ]);
        let facts = Facts {
            created_at: terms.placed_at,
            settled_at: refunded_at,
            needs,
            names: Vec::from([terms.payment.to_string(), terms.key.compact()]),
            attempts: &None::<&str>,
            row: &row,
        };
        Listing::new("refund", &terms.payment.to_string(), &facts)
    }
}
