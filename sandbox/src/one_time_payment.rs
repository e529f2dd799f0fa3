//! One-time payments: links that can be paid once, before they expire.
//!
//! ```text
//!            paid                          (PENDING, time not passed)
//! PENDING ---------> CONFIRMED
//!    |  \-- cancelled --> CANCELLED        (PENDING, time not passed)
//!    \-- declined --> PENDING              (stays payable)
//! ```
//!
//! CONFIRMED and CANCELLED are final, except for the actions in `planted`. `expired` is not a status but a separate
//! flag: the link's time has passed, whatever the status (docs.compago.com/one-time-payment/create and /cancel, read
//! November 2026).

pub(crate) mod answer;
pub(crate) mod collection;
pub(crate) mod planted;
pub(crate) mod query;
pub(crate) mod request;
pub(crate) mod seed;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use strum::{EnumString, VariantNames};
use uuid::Uuid;

use crate::clock::whole_second;
use crate::link;
use crate::money::{Centavos, mexican_pesos};
use crate::settings::ExpiredStatus;
use request::NewPayment;

/// One payment as the sandbox stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Payment {
    pub(crate) id: Uuid,
    pub(crate) status: Status,
    /// In centavos.
    pub(crate) amount: Centavos,
    /// MXN, unless it was amended.
    #[serde(default = "mexican_pesos")]
    pub(crate) currency: String,
    pub(crate) description: String,
    pub(crate) external_id: String,
    pub(crate) redirect_url: String,
    pub(crate) homepage_url: String,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    /// The number of declined cards. Compago's API does not contain it.
    pub(crate) declines: u32,
    pub(crate) billing_information: BillingInformation,
    /// Hidden: for Compago's API the payment does not exist.
    #[serde(default)]
    pub(crate) hidden: bool,
}

impl Payment {
    pub(crate) fn created(new: NewPayment, now: Timestamp) -> Self {
        let ttl = SignedDuration::from_mins(i64::from(new.ttl_minutes));
        // Counted from a whole second, so that the formatted time without a fraction is exact.
        let expires_at = whole_second(now).checked_add(ttl).unwrap_or(now);
        Self {
            id: Uuid::new_v4(),
            status: Status::Pending,
            amount: new.amount,
            currency: mexican_pesos(),
            description: new.description,
            external_id: new.external_id,
            redirect_url: new.redirect_url,
            homepage_url: new.homepage_url,
            created_at: now,
            updated_at: now,
            expires_at,
            declines: 0,
            billing_information: new.billing_information,
            hidden: false,
        }
    }

    /// Returns whether the link has expired, independent of the status.
    pub(crate) fn expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }

    /// Returns what can still happen to the payment at `now`.
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        match self.status {
            Status::Confirmed => Standing::Closed(Closed::Confirmed),
            Status::Cancelled => Standing::Closed(Closed::Cancelled),
            Status::Pending if self.expired(now) => Standing::Closed(Closed::Expired),
            Status::Pending => Standing::Payable,
        }
    }

    pub(crate) fn pay(&mut self, now: Timestamp) -> Result<(), Closed> {
        self.close(Status::Confirmed, now)
    }

    pub(crate) fn cancel(&mut self, now: Timestamp) -> Result<(), Closed> {
        self.close(Status::Cancelled, now)
    }

    /// Declines a card: the link remains payable, and Compago's API shows nothing of it.
    pub(crate) fn decline(&mut self, now: Timestamp) -> Result<(), Closed> {
        self.still_payable(now)?;
        self.declines = self.declines.saturating_add(1);
        Ok(())
    }

    /// Returns the amount for people in Mexico: `$1,350.50 MXN`.
    pub(crate) fn price(&self) -> String {
        self.amount.in_words(&self.currency)
    }

    /// Returns the URL to which the payer is redirected after paying.
    pub(crate) fn return_address(&self) -> String {
        link::return_address(&self.redirect_url, &self.id.to_string(), Some(&self.external_id))
    }

    fn close(&mut self, status: Status, now: Timestamp) -> Result<(), Closed> {
        self.still_payable(now)?;
        self.status = status;
        self.updated_at = now;
        Ok(())
    }

    fn still_payable(&self, now: Timestamp) -> Result<(), Closed> {
        match self.standing(now) {
            Standing::Payable => Ok(()),
            Standing::Closed(closed) => Err(closed),
        }
    }
}

/// The three statuses of a one-time payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, VariantNames)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    Pending,
    Confirmed,
    Cancelled,
}

impl From<ExpiredStatus> for Status {
    fn from(status: ExpiredStatus) -> Self {
        match status {
            ExpiredStatus::Pending => Self::Pending,
            ExpiredStatus::Cancelled => Self::Cancelled,
        }
    }
}

/// Status and time together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Payable,
    Closed(Closed),
}

/// The reason why nothing can happen to a payment any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Closed {
    #[error("it is already CONFIRMED")]
    Confirmed,
    #[error("it is already CANCELLED")]
    Cancelled,
    #[error("it has expired")]
    Expired,
}

/// The payer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct BillingInformation {
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) phone_number: String,
    pub(crate) address: Address,
}

/// The billing address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Address {
    pub(crate) address_line: String,
    pub(crate) city: String,
    pub(crate) state: String,
    pub(crate) zip: String,
}
