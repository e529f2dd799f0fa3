//! What an answer of Compago's says about a charge. Nothing else in the project can find that one was paid.

use super::stage::{End, ReviewReason};
use super::terms::IntentTerms;
use crate::api::payment_intent::Status;
use crate::api::payment_intent::get::{Charge, IntentReading};
use crate::value::PaymentIntentId;

/// What is known after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The card was charged.
    Paid,
    /// It waits for a card.
    Waiting,
    /// It is over, says this answer.
    Over(End),
    /// The answer cannot be.
    Unclear(ReviewReason),
    /// The answer names another amount, currency or external id than was asked for.
    Mismatch,
}

/// What a read says about the intent `id`, which was made for `terms`.
///
/// `SUCCESS` comes before all else: the reference's own sample is pending, expired and successful at once
/// (<https://docs.compago.com/payment-intent/create>, read November 2026).
pub fn of_reading(id: PaymentIntentId, reading: &IntentReading, terms: &IntentTerms) -> Verdict {
    if reading.id != id {
        return Verdict::Unclear(ReviewReason::UnknownStatus);
    }
    if reading.contradicts(&terms.create()) {
        return Verdict::Mismatch;
    }
    if reading.charge == Some(Charge::Succeeded) {
        return Verdict::Paid;
    }
    match reading.status {
        Status::Confirmed => Verdict::Unclear(ReviewReason::ConfirmedWithoutSuccess),
        Status::Unknown(_) => Verdict::Unclear(ReviewReason::UnknownStatus),
        Status::Cancelled => Verdict::Over(End::Cancelled),
        Status::Pending if reading.expired == Some(true) => Verdict::Over(End::Expired),
        Status::Pending => Verdict::Waiting,
    }
}
