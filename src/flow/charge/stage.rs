//! The stage of a charge and how it can end.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::error::Reason;
use crate::value::UnixMillis;

/// The stage of a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The card's earlier payments are being listed. Nothing has been charged.
    #[serde(rename = "surveying")]
    Snapshotting {
        /// Lists that could not be read.
        tries: u8,
    },
    /// The one call that charges is under way.
    Charging,
    /// Its answer is lost: the card's list is searched.
    Searching {
        /// Lists that were read without finding it.
        #[serde(rename = "looks")]
        searches: u8,
    },
    /// Compago's payment is known, and not final.
    Following,
    /// Over.
    Closed(Outcome),
}

/// How a charge ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The card was charged.
    Confirmed {
        /// When we learnt it.
        at: UnixMillis,
    },
    /// The charge was refunded before the Worker learnt that it had been made.
    Refunded,
    /// The card was not charged: Compago cancelled the payment.
    Declined,
    /// Compago refused the call, and nothing was charged.
    Refused {
        /// Why.
        reason: Reason,
    },
    /// It is unknown whether the card was charged; a person has to check.
    #[serde(rename = "held")]
    NeedsReview {
        /// Why.
        #[serde(rename = "doubt")]
        reason: ReviewReason,
        /// Late polls since.
        #[serde(rename = "looks")]
        late_polls: u8,
    },
}

/// Why it is not known whether a saved card was charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "ChargeHoldReason"))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ReviewReason {
    /// The answer was lost, and the charge is not in the card's list.
    NotListed,
    /// More than one new charge of the card could be this one, or one whose time is not known.
    Ambiguous,
    /// The card's list could not be read completely, before or after.
    ListUnreadable,
    /// The answer was lost, and other programs charge the card as well (`SOLE_CHARGER` is `false`), so its payment
    /// cannot be distinguished from theirs.
    NotAttributable,
    /// The payment that was created is not the one that was requested.
    Mismatch,
    /// Its payment never reached a final state.
    Unresolved,
}

impl ReviewReason {
    /// The stable code, kebab-case.
    pub fn code(self) -> &'static str {
        self.into()
    }
}
