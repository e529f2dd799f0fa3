//! Decides what an answer of Compago means for a charge at a terminal. No other module can conclude that such a charge
//! is paid.

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
    /// According to this answer the intent has ended.
    Over(End),
    /// The answer is inconsistent or undocumented.
    Unclear(ReviewReason),
    /// The answer names another amount, currency or external id than was requested.
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
