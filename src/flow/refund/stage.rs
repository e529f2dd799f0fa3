//! The stage of a refund and how it can end.

use serde::{Deserialize, Serialize};

use crate::error::Reason;

/// The stage of a refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Stage {
    /// The charge is read; its state decides.
    Reading {
        /// Why Compago refused the refund, if that was the last call.
        refused: Option<Reason>,
    },
    /// The charge is confirmed and is being refunded.
    Refunding,
    /// Over.
    Closed(Outcome),
}

/// How a refund ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    /// The charge was refunded.
    Refunded,
    /// There was nothing to refund, or Compago refused.
    Refused {
        /// Why Compago refused, if it did.
        reason: Option<Reason>,
    },
    /// It is unknown whether the charge was refunded; a person has to check.
    #[serde(rename = "held")]
    NeedsReview,
    /// Compago's answers contradict each other about what was charged; a person has to check.
    Contradicted,
}
