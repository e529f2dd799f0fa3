//! A charge of a saved card in the operator's index.

use serde::Serialize;
use serde_with::{As, DisplayFromStr};

use super::Charge;
use super::stage::{Outcome, Stage};
use crate::edge::saved_card::ChargeStatus;
use crate::flow::projection::{Projection, ProjectionBody};
use crate::value::{CardPaymentId, ChargeAmount, Currency, Description, PaymentMethodId, Reference, UnixMillis};

impl Charge {
    /// Returns its projection for the operator's index.
    pub fn projection(&self) -> Projection {
        let terms = &self.terms;
        let (paid_at, needs) = match &self.stage {
            Stage::Closed(Outcome::Confirmed { at }) => (Some(*at), None),
            Stage::Closed(Outcome::NeedsReview { reason, .. }) => (None, Some(reason.code())),
            Stage::Snapshotting { .. }
            | Stage::Charging
            | Stage::Searching { .. }
            | Stage::Following
            | Stage::Closed(Outcome::Refunded | Outcome::Declined | Outcome::Refused { .. }) => (None, None),
        };
        let row = Row {
            reference: &terms.key,
            status: self.status(),
            amount: terms.amount,
            currency: terms.currency,
            description: terms.description.as_ref(),
            payment_method: terms.method,
            payment_id: self.id,
            created_at: terms.placed_at,
            paid_at,
        };
        let body = ProjectionBody {
            created_at: terms.placed_at,
            settled_at: paid_at,
            needs,
            names: self.id.iter().map(ToString::to_string).collect(),
            terms: Vec::new(),
            attempts: None::<()>,
            watch: None,
            row,
        };
        Projection::new("card-payment", &terms.key.compact(), body)
    }
}

/// A charge of a saved card in a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    reference: &'a Reference,
    status: ChargeStatus,
    amount: ChargeAmount,
    currency: Currency,
    description: Option<&'a Description>,
    payment_method: PaymentMethodId,
    payment_id: Option<CardPaymentId>,
    created_at: UnixMillis,
    paid_at: Option<UnixMillis>,
}
