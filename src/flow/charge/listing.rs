//! A charge of a saved card on the operator's desk.

use super::Charge;
use super::stage::{Outcome, Stage};
use crate::flow::listing::{Facts, Listing};
use crate::json::Object;

impl Charge {
    /// What the operator's desk keeps of it.
    pub fn listing(&self) -> Listing {
        let terms = &self.terms;
        let (paid_at, needs) = match &self.stage {
            Stage::Closed(Outcome::Confirmed { at }) => (Some(*at), None),
            Stage::Closed(Outcome::Held { doubt, .. }) => (None, Some(doubt.code())),
            Stage::Surveying { .. }
            | Stage::Charging
            | Stage::Searching { .. }
            | Stage::Following
            | Stage::Closed(Outcome::Refunded | Outcome::Declined | Outcome::Refused { .. }) => (None, None),
        };
        let row = Object(&[
            ("reference", &terms.key.to_string()),
            ("status", &self.status()),
            ("amount", &terms.amount),
            ("currency", &terms.currency),
            ("description", &terms.description),
            ("paymentMethod", &terms.method),
            ("paymentId", &self.id),
            ("createdAt", &terms.placed_at),
            ("paidAt", &paid_at),
        ]);
        let facts = Facts {
            created_at: terms.placed_at,
            settled_at: paid_at,
            needs,
            names: self.id.iter().map(ToString::to_string).collect(),
            attempts: &None::<&str>,
            row: &row,
        };
        Listing::new("card-payment", &terms.key.compact(), &facts)
    }
}
