//! Payment methods: cards that a payer has saved, to be charged later without them.
//!
//! Guide: <https://docs.compago.com/payment-method/overview>, read November 2026. A charge has neither an external id nor an
//! idempotency key: two equal calls are two charges, and nothing in their answers tells them from each other but their ids.

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
        /// It can be charged. That its card runs out later does not show here.
        Active = "ACTIVE",
        /// The form ran out before a card was saved.
        Expired = "EXPIRED",
        /// It was taken back. Final.
        Revoked = "REVOKED",
    }
}

states! {
    /// The state of a charge. Only `CONFIRMED` to `REFUNDED` is a documented step.
    CardPaymentStatus {
        /// Not begun.
        NotInitialized = "NOT_INITIALIZED",
        /// Under way.
        Pending = "PENDING",
        /// The card was charged.
        Confirmed = "CONFIRMED",
        /// It was not charged.
        Cancelled = "CANCELLED",
        /// It was charged, and the money given back. Final.
        Refunded = "REFUNDED",
    }
}
