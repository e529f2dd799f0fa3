//! A charge at a terminal in the operator's index.

use serde::Serialize;
use serde_with::{As, DisplayFromStr};

use super::Intent;
use super::stage::{Outcome, Stage};
use crate::edge::payment_intent::IntentStatus;
use crate::flow::projection::{Projection, ProjectionBody};
use crate::value::{Amount, Currency, ExternalId, PaymentIntentId, Reference, TerminalCode, UnixMillis};

impl Intent {
    /// Returns its projection for the operator's index.
    pub fn projection(&self) -> Projection {
        let terms = &self.terms;
        let (paid_at, needs) = match &self.stage {
            Stage::Closed(Outcome::Paid { at, .. }) => (Some(*at), None),
            Stage::Closed(Outcome::NeedsReview { reason }) => (None, Some(reason.code())),
            Stage::Creating { .. }
            | Stage::Open { .. }
            | Stage::Verifying { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(Outcome::Expired | Outcome::Cancelled | Outcome::Refused { .. }) => (None, None),
        };
        let row = Row {
            reference: &terms.key,
            status: self.status(),
            amount: terms.amount,
            currency: terms.currency,
            external_id: &terms.external_id,
            terminal_code: terms.terminal_code.as_ref(),
            payment_id: self.id,
            created_at: terms.placed_at,
            paid_at,
        };
        let names = [Some(terms.external_id.to_string()), self.id.map(|id| id.to_string())];
        let body = ProjectionBody {
            created_at: terms.placed_at,
            settled_at: paid_at,
            needs,
            names: names.into_iter().flatten().collect(),
            terms: Vec::new(),
            attempts: None::<()>,
            watch: None,
            row,
        };
        Projection::new("payment-intent", &terms.key.compact(), body)
    }
}

/// A charge at a terminal in a list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    reference: &'a Reference,
    status: IntentStatus,
    amount: Amount,
    currency: Currency,
    external_id: &'a ExternalId,
    terminal_code: Option<&'a TerminalCode>,
    payment_id: Option<PaymentIntentId>,
    created_at: UnixMillis,
    paid_at: Option<UnixMillis>,
}
