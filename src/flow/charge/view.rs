//! How a charge looks from outside.

use super::Charge;
use super::stage::{Outcome, Stage};
use super::terms::ChargeTerms;
use crate::edge::saved_card::{ChargeStatus, ChargeView};
use crate::error::Reason;
use crate::value::CardPaymentId;

impl Charge {
    /// What is to be charged.
    pub const fn terms(&self) -> &ChargeTerms {
        &self.terms
    }

    /// Compago's payment, once it is known which one it is.
    pub const fn payment_id(&self) -> Option<CardPaymentId> {
        self.id
    }

    /// Returns the status of the charge.
    pub const fn status(&self) -> ChargeStatus {
        match &self.stage {
            Stage::Snapshotting { .. } | Stage::Charging | Stage::Following => ChargeStatus::Pending,
            Stage::Searching { .. } => ChargeStatus::Unknown,
            Stage::Closed(outcome) => match outcome {
                Outcome::Confirmed { .. } => ChargeStatus::Confirmed,
                Outcome::Refunded => ChargeStatus::Refunded,
                Outcome::Declined | Outcome::Refused { .. } => ChargeStatus::Declined,
                Outcome::NeedsReview { .. } => ChargeStatus::OnHold,
            },
        }
    }

    /// What the merchant's backend reads.
    pub fn view(&self) -> ChargeView {
        let reason = match &self.stage {
            Stage::Closed(Outcome::NeedsReview { reason, .. }) => Some(reason.code()),
            Stage::Snapshotting { .. }
            | Stage::Charging
            | Stage::Searching { .. }
            | Stage::Following
            | Stage::Closed(_) => None,
        };
        ChargeView {
            reference: self.terms.key.to_string(),
            payment: self.id,
            status: self.status(),
            amount: self.terms.amount,
            currency: self.terms.currency,
            description: self.terms.description.clone(),
            created_at: self.terms.placed_at,
            metadata: self.terms.metadata.clone(),
            reason: reason.map(str::to_owned),
        }
    }

    /// Why Compago refused the call, if it did.
    pub const fn refusal(&self) -> Option<Reason> {
        match &self.stage {
            Stage::Closed(Outcome::Refused { reason }) => Some(*reason),
            Stage::Snapshotting { .. }
            | Stage::Charging
            | Stage::Searching { .. }
            | Stage::Following
            | Stage::Closed(_) => None,
        }
    }

    /// Whether the card must not be charged for anything else yet: which payment is this charge's is not known.
    pub fn is_under_way(&self) -> bool {
        match &self.stage {
            Stage::Snapshotting { .. } => !self.is_stalled(),
            Stage::Charging | Stage::Searching { .. } => true,
            Stage::Following | Stage::Closed(_) => false,
        }
    }

    /// Whether it is looking for its payment, or a person is.
    pub(super) const fn is_searching(&self) -> bool {
        match &self.stage {
            Stage::Charging | Stage::Searching { .. } => true,
            Stage::Closed(Outcome::NeedsReview { .. }) => self.id.is_none(),
            Stage::Snapshotting { .. } | Stage::Following | Stage::Closed(_) => false,
        }
    }

    /// Whether the card's list could not be read and nothing was charged: it goes on with [`Event::ResumeAsked`](super::Event::ResumeAsked).
    pub fn is_stalled(&self) -> bool {
        matches!(self.stage, Stage::Snapshotting { .. }) && self.calls.current().is_none() && self.due.is_none()
    }
}
