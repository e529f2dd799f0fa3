//! Payment methods: cards that payers saved, to be charged later without them.
//!
//! Guide: <https://docs.compago.com/payment-method/overview>, read November 2026. A charge has neither an external id
//! nor an idempotency key: two equal calls are two charges, and their answers differ only in the charge's id.

use super::status::states;

pub mod charge;
pub mod create;
pub mod get;
pub mod list;
pub mod payment;
pub mod payments;
pub mod refund;
pub mod revoke;

states! {
    /// The state of a payment method.
    MethodStatus {
        /// The payer has not saved a card yet.
        Pending = "PENDING",
        /// The card can be charged. The status does not change when the card itself expires.
        Active = "ACTIVE",
        /// The form expired before a card was saved.
        Expired = "EXPIRED",
        /// The card was revoked. Final.
        Revoked = "REVOKED",
    }
}

states! {
    /// The state of a charge. The only documented transition is `CONFIRMED` to `REFUNDED`.
    CardPaymentStatus {
        /// Not started.
        NotInitialized = "NOT_INITIALIZED",
        /// In progress.
        Pending = "PENDING",
        /// The card was charged.
        Confirmed = "CONFIRMED",
        /// The card was not charged.
        Cancelled = "CANCELLED",
        /// The card was charged and the charge refunded. Final.
        Refunded = "REFUNDED",
    }
}
