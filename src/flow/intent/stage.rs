//! The stage of a charge and how it can end.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::error::Reason;
use crate::value::{Card, UnixMillis};

/// The stage of a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Its intent is being created.
    Creating {
        /// Calls to create that were sent.
        sends: u8,
    },
    /// A terminal can take it.
    Open {
        /// Why the last answer cannot be right, until another answer is clear.
        #[serde(rename = "doubt")]
        reason: Option<ReviewReason>,
    },
    /// An answer said that it is over: another one must agree.
    Verifying {
        /// What it would be.
        end: End,
    },
    /// To be cancelled: a cancel call, then reads until Compago shows the result.
    #[serde(rename = "withdrawing")]
    Cancelling {
        /// Cancel calls sent.
        cancels: u8,
        /// Whether Compago accepted one of them.
        acknowledged: bool,
        /// Whether the next call is a read.
        verify: bool,
        /// Why a person must review the outcome, whatever it is.
        #[serde(rename = "doubt")]
        reason: Option<ReviewReason>,
    },
    /// Over.
    Closed(Outcome),
}

/// How an unpaid charge ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// Its ten minutes passed.
    Expired,
    /// It was cancelled: by a till, or by Compago for another intent of the same terminal.
    Cancelled,
}

/// How a charge ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The card was charged.
    Paid {
        /// When we learnt it.
        at: UnixMillis,
        /// The card, as far as Compago named it.
        card: Card,
    },
    /// Its ten minutes passed.
    Expired,
    /// It was cancelled.
    Cancelled,
    /// Compago refused to create it.
    Refused {
        /// Why.
        reason: Reason,
    },
    /// It is unknown whether it was paid; a person has to check.
    #[serde(rename = "held")]
    NeedsReview {
        /// Why.
        #[serde(rename = "doubt")]
        reason: ReviewReason,
    },
}

/// Why it is not known whether a charge was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
pub enum ReviewReason {
    /// The intent may have been made, and nobody knows its id.
    CreateLost,
    /// The intent that was made is not the one that was asked for.
    Mismatch,
    /// `CONFIRMED` without a successful charge in the answer.
    ConfirmedWithoutSuccess,
    /// A state that is not documented, or an answer about another intent.
    UnknownStatus,
    /// Nothing could be learnt for long after its end.
    Unresolved,
}

impl ReviewReason {
    /// The stable code, kebab-case.
    pub fn code(self) -> &'static str {
        self.into()
    }
}
