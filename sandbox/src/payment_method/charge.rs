//! Charges of a saved card. Compago calls them payments of a payment method.
//!
//! ```text
//! NOT_INITIALIZED -- started --> PENDING -- confirmed --> CONFIRMED -- refunded --> REFUNDED
//!        |                          \------ cancelled --> CANCELLED
//!        \-- confirmed or cancelled as well
//! ```
//!
//! Only the refund is documented; the other transitions are our interpretation (docs.compago.com/payment-method/charge
//! and /refund, read November 2026).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantNames};
use uuid::Uuid;

use super::request::NewCharge;
use crate::money::{Centavos, mexican_pesos};

/// One charge as the sandbox stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Charge {
    pub(crate) id: Uuid,
    /// The status before a settlement that is due; use [`Charge::status`].
    status: Status,
    /// In centavos.
    pub(crate) amount: Centavos,
    /// MXN, unless it was amended.
    #[serde(default = "mexican_pesos")]
    pub(crate) currency: String,
    /// Compago's API accepts it and never returns it.
    pub(crate) description: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) settlement: Option<Settlement>,
    pub(crate) refund_reason: Option<String>,
}

/// The settlement of an open charge by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Settlement {
    pub(crate) at: Timestamp,
    pub(crate) status: Status,
}

impl Charge {
    pub(crate) fn made(new: NewCharge, status: Status, settlement: Option<Settlement>, now: Timestamp) -> Self {
        Self {
            id: Uuid::new_v4(),
            status,
            amount: new.amount,
            currency: mexican_pesos(),
            description: new.description,
            created_at: now,
            settlement: settlement.filter(|_| status.is_open()),
            refund_reason: None,
        }
    }

    /// Replaces the given facts in any state.
    pub(crate) fn amend(&mut self, amount: Option<Centavos>, currency: Option<String>) {
        self.amount = amount.unwrap_or(self.amount);
        self.currency = currency.unwrap_or_else(|| self.currency.clone());
    }

    /// Returns the amount for people.
    pub(crate) fn price(&self) -> String {
        self.amount.in_words(&self.currency)
    }

    pub(crate) fn status(&self, now: Timestamp) -> Status {
        match self.settlement {
            Some(settlement) if now >= settlement.at => settlement.status,
            Some(_) | None => self.status,
        }
    }

    /// Settles an open charge, or starts one that is not initialized.
    pub(crate) fn settle(&mut self, status: Status, now: Timestamp) -> Result<(), Status> {
        let before = self.status(now);
        if !before.is_open() || before == status {
            return Err(before);
        }
        self.status = status;
        if !status.is_open() {
            self.settlement = None;
        }
        Ok(())
    }

    /// Refunds the whole amount, once.
    pub(crate) fn refund(&mut self, reason: Option<String>, now: Timestamp) -> Result<(), Status> {
        match self.status(now) {
            Status::Confirmed => {}
            other @ (Status::NotInitialized | Status::Pending | Status::Cancelled | Status::Refunded) => {
                return Err(other);
            }
        }
        self.status = Status::Refunded;
        self.settlement = None;
        self.refund_reason = reason;
        Ok(())
    }
}

/// The five statuses of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantNames)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
pub(crate) enum Status {
    NotInitialized,
    Pending,
    Confirmed,
    Cancelled,
    Refunded,
}

impl Status {
    fn is_open(self) -> bool {
        match self {
            Self::NotInitialized | Self::Pending => true,
            Self::Confirmed | Self::Cancelled | Self::Refunded => false,
        }
    }
}
