//! What is to be refunded. None of it changes over a refund's life.

use serde::{Deserialize, Serialize};

use crate::value::{CardPaymentId, Description, Metadata, PaymentMethodId, Reference, UnixMillis};

/// What is to be refunded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundTerms {
    /// The reference, derived from the request's idempotency key.
    pub key: Reference,
    /// Whose card.
    pub method: PaymentMethodId,
    /// The charge.
    pub payment: CardPaymentId,
    /// Why.
    pub reason: Option<Description>,
    /// When it was asked for.
    pub placed_at: UnixMillis,
    /// The merchant's own data.
    pub metadata: Metadata,
}
