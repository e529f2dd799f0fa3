//! Where a refund stands inside, and how it can end.

use serde::{Deserialize, Serialize};

use crate::error::Reason;

/// Where a refund stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Stage {
    /// The charge is read: what has become of it decides.
    Reading {
        /// Why Compago refused to give it back, if that was the last call.
        refused: Option<Reason>,
    },
    /// It is confirmed, and being given back.
    Refunding,
    /// Over.
    Closed(Outcome),
}

/// How a refund ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    /// The money was given back.
    Refunded,
    /// There was nothing to give back, or Compago refused.
    Refused {
        /// Why Compago refused, if it did.
        reason: Option<Reason>,
    },
    /// Whether it was given back is not known: a person must look.
    #[serde(rename = "held")]
    NeedsReview,
    /// Compago's answers contradict each other about what was charged: a person must look.
    Contradicted,
}
