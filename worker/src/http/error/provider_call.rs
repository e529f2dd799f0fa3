//! What a request wanted of the payment provider.

/// The kind of call behind a refusal. It decides what the refusal may say about money and about trying again.
///
/// Only [`Charge`](Self::Charge) and [`Refund`](Self::Refund) move money, and only calls that require an `Idempotency-Key`
/// may be repeated with the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProviderCall {
    /// Reads or lists. Nothing changes.
    Read,
    /// Cancels a payment. A cancel call without an answer may have been carried out.
    Cancel,
    /// Revokes a saved card. A revoke call without an answer may have been carried out.
    Revoke,
    /// Creates an order with its payment link. Requires an `Idempotency-Key`.
    CreateOrder,
    /// Creates another payment link for an order. Takes no `Idempotency-Key`.
    RetryOrder,
    /// Creates the form that saves a card. Requires an `Idempotency-Key`.
    SaveCard,
    /// Charges a card, saved or at a terminal. Requires an `Idempotency-Key`. A fault carries it only where nothing was charged;
    /// where that is not known, the charge itself is answered, or [`IntentUnknown`](super::ApiError::IntentUnknown).
    Charge,
    /// Refunds a charge. Requires an `Idempotency-Key`. A refusal carries it only where nothing was refunded.
    Refund,
}
