//! Compago's lists of saved cards and of their charges, as our own API asks for them and shows them.

use super::list::Filter;
use super::saved_card::{ChargeStatus, SavedCardStatus};
use crate::{
    api::payment_method::{CardPaymentStatus, MethodStatus, get::MethodReading, payment::CardPayment},
    json::{IfSome, ToJson, Writer},
    value::{Description, Reference},
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
}

/// A saved card in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodItem(pub MethodReading);

impl ToJson for MethodItem {
    fn to_json(&self, out: &mut Writer) {
        let Self(reading) = self;
        out.object()
            .field("id", &reading.id)
            .field("status", &SavedCardStatus::of(&reading.status))
            .field("externalId", &reading.external_id)
            .field("card", &IfSome(&Some(&reading.card).filter(|card| !card.is_unknown())))
            .field("createdAt", &reading.created_at)
            .end();
    }
}

/// A charge as Compago returns it, with our reference and what it was for, if it was made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardPaymentView {
    /// What Compago tells.
    pub payment: CardPayment,
    /// Ours.
    pub reference: Option<Reference>,
    /// What for.
    pub description: Option<Description>,
}

impl ToJson for CardPaymentView {
    fn to_json(&self, out: &mut Writer) {
        let Self { payment, reference, description } = self;
        out.object()
            .field("id", &payment.id)
            .field("status", &ChargeStatus::of(&payment.status))
            .field("amount", &payment.amount)
            .field("currency", &payment.currency)
            .field("createdAt", &IfSome(&payment.created_at))
            .field("reference", &IfSome(&reference.map(|reference| reference.to_string())))
            .field("description", &IfSome(description))
            .end();
    }
}
