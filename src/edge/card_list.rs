//! Compago's lists of saved cards and of their charges, as our own API asks for them and shows them.

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr};

use super::list::{Filter, spelling};
use super::saved_card::{ChargeStatus, SavedCardStatus};
use crate::value::redacted::debug_only;
use crate::{
    api::payment_method::{CardPaymentStatus, MethodStatus, get::MethodReading, payment::CardPayment},
    value::{Amount, Card, CardPaymentId, Description, PaymentMethodId, Reference, UnixMillis},
};

impl SavedCardStatus {
    /// Compago's state in our words.
    pub const fn of(status: &MethodStatus) -> Self {
        match status {
            MethodStatus::Pending => Self::Pending,
            MethodStatus::Active => Self::Active,
            MethodStatus::Expired => Self::Expired,
            MethodStatus::Revoked => Self::Revoked,
            MethodStatus::Unknown(_) => Self::Unknown,
        }
    }
}

impl ChargeStatus {
    /// Compago's state in our words: one that has not begun is under way, one that was cancelled charged nothing.
    pub const fn of(status: &CardPaymentStatus) -> Self {
        match status {
            CardPaymentStatus::NotInitialized | CardPaymentStatus::Pending => Self::Pending,
            CardPaymentStatus::Confirmed => Self::Confirmed,
            CardPaymentStatus::Cancelled => Self::Declined,
            CardPaymentStatus::Refunded => Self::Refunded,
            CardPaymentStatus::Unknown(_) => Self::Unknown,
        }
    }
}

impl Filter for MethodStatus {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "pending" => Self::Pending,
            "active" => Self::Active,
            "expired" => Self::Expired,
            "revoked" => Self::Revoked,
            _ => return None,
        })
    }

    fn word(&self) -> String {
        spelling(self.as_str())
    }
}

impl Filter for CardPaymentStatus {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "not-initialized" => Self::NotInitialized,
            "pending" => Self::Pending,
            "confirmed" => Self::Confirmed,
            "declined" | "cancelled" => Self::Cancelled,
            "refunded" => Self::Refunded,
            _ => return None,
        })
    }

    fn word(&self) -> String {
        spelling(self.as_str())
    }
}

/// A saved card in a list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "SavedCardItem"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MethodItem {
    /// Compago's id of the saved card.
    pub id: PaymentMethodId,
    /// Its status.
    pub status: SavedCardStatus,
    /// The external id, of any form: other programs save cards as well.
    pub external_id: Option<String>,
    /// The card, once it is saved.
    #[serde(default, skip_serializing_if = "Card::is_unknown")]
    pub card: Card,
    /// When it was created.
    pub created_at: Option<UnixMillis>,
}

debug_only!(MethodItem { id, status, created_at });

impl From<MethodReading> for MethodItem {
    fn from(reading: MethodReading) -> Self {
        let MethodReading { id, status, external_id, card, created_at } = reading;
        Self { id, status: SavedCardStatus::of(&status), external_id, card, created_at }
    }
}

/// A charge of a saved card as Compago returns it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "CardPayment"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CardPaymentView {
    /// Compago's id of the payment.
    pub id: CardPaymentId,
    /// Its status.
    pub status: ChargeStatus,
    /// The amount.
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
    /// When it was created. Lists alone have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<UnixMillis>,
    /// The charge's reference, if it was created by this Worker.
    #[serde(serialize_with = "As::<Option<DisplayFromStr>>::serialize", skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    /// What the charge is for, if it was created by this Worker with a description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
}

debug_only!(CardPaymentView { id, status, amount, currency, created_at, reference });

impl CardPaymentView {
    /// What Compago tells of a charge, with our reference and what it was for.
    pub fn new(payment: CardPayment, reference: Option<Reference>, description: Option<Description>) -> Self {
        let CardPayment { id, status, amount, currency, created_at } = payment;
        Self { id, status: ChargeStatus::of(&status), amount, currency, created_at, reference, description }
    }
}
