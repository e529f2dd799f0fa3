//! What is to be given back. None of it changes over a refund's life.

use serde::{Deserialize, Serialize};

use crate::value::{CardPaymentId, Description, PaymentMethodId, Reference, UnixMillis};

/// What is to be given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundTerms {
    /// The refund's own name, which follows from the idempotency key of the request that began it.
    pub key: Reference,
    /// Whose card.
    pub method: PaymentMethodId,
    /// The charge.
    pub payment: CardPaymentId,
    /// Why.
    pub reason: Option<Description>,
    /// When it was asked for.
    pub placed_at: UnixMillis,
}
