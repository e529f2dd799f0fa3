//! What is to be saved. None of it changes over a card's life.

use serde::{Deserialize, Serialize};

use crate::value::{ExternalId, PaymentMethodId, Reference, UnixMillis};

/// What is to be saved. None of it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CardTerms {
    /// The reference, derived from the request's idempotency key.
    pub key: Reference,
    /// Compago's id.
    pub id: PaymentMethodId,
    /// The merchant's own id.
    pub external_id: Option<ExternalId>,
    /// When the form runs out, by our clock.
    pub expires_at: UnixMillis,
}
