//! A charge at a terminal on the operator's desk.

use super::Intent;
use super::stage::{Outcome, Stage};
use crate::flow::listing::{Facts, Listing};
use crate::json::Object;

impl Intent {
    /// What the operator's desk keeps of it.
    pub fn listing(&self) -> Listing {
        let terms = &self.terms;
        let (paid_at, needs) = match &self.stage {
            Stage::Closed(Outcome::Paid { at, .. }) => (Some(*at), None),
            Stage::Closed(Outcome::Held { doubt }) => (None, Some(doubt.code())),
            Stage::Creating { .. }
            | Stage::Open { .. }
            | Stage::Verifying { .. }
            | Stage::Withdrawing { .. }
            | Stage::Closed(Outcome::Expired | Outcome::Cancelled | Outcome::Refused { .. }) => (None, None),
        };
        let row = Object(&[
            ("reference", &terms.key.to_string()),
            ("status", &self.status()),
            ("amount", &terms.amount),
            ("currency", &terms.currency),
            ("externalId", &terms.external_id),
            ("terminalCode", &terms.terminal_code),
            ("paymentId", &self.id),
            ("createdAt", &terms.placed_at),
            ("paidAt", &paid_at),
        ]);
        let names = [Some(terms.external_id.to_string()), self.id.map(|id| id.to_string())];
        let facts = Facts {
            created_at: terms.placed_at,
            settled_at: paid_at,
            needs,
            names: names.into_iter().flatten().collect(),
            attempts: &None::<&str>,
            row: &row,
        };
        Listing::new("payment-intent", &terms.key.compact(), &facts)
    }
}
