//! Payment intents: charges that wait for a card at a terminal, for ten minutes.
//!
//! ```text
//!            tapped                                 (PENDING, time not passed)
//! PENDING ----------> CONFIRMED
//!    |  \-- cancelled, or replaced --> CANCELLED    (PENDING, time not passed)
//!    \-- declined --> PENDING                       (the card may be tried again)
//! ```
//!
//! CONFIRMED and CANCELLED are final. `expired` is not a status but a separate flag: ten minutes have passed, whatever
//! the status (docs.compago.com/payment-intent/create and /cancel, read November 2026). A card can be forced through
//! once in any state: Compago's documentation has a sample of a PENDING, expired intent with a successful payment.

pub(crate) mod answer;
pub(crate) mod card;
pub(crate) mod collection;
pub(crate) mod request;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::amendment::Amendment;
use crate::clock::whole_second;
use crate::money::{Centavos, mexican_pesos};
use crate::settings::ExpiredCancel;
use card::Card;
use request::NewIntent;

/// One intent as the sandbox stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Intent {
    pub(crate) id: Uuid,
    pub(crate) status: Status,
    /// In centavos.
    pub(crate) amount: Centavos,
    /// MXN, unless it was amended.
    #[serde(default = "mexican_pesos")]
    pub(crate) currency: String,
    pub(crate) external_id: String,
    /// The terminal; None if any terminal may take it.
    pub(crate) terminal: Option<Terminal>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    /// The number of declined cards.
    pub(crate) declines: u32,
    pub(crate) payment: Option<Payment>,
    /// Why it is CANCELLED.
    pub(crate) withdrawal: Option<CancelReason>,
}

impl Intent {
    pub(crate) fn created(new: NewIntent, terminal: Option<Terminal>, now: Timestamp) -> Self {
        Self {
            id: Uuid::new_v4(),
            status: Status::Pending,
            amount: new.amount,
            currency: mexican_pesos(),
            external_id: new.external_id,
            terminal,
            created_at: now,
            updated_at: now,
            // Counted from a whole second, so that the formatted time without a fraction is exact.
            expires_at: whole_second(now).checked_add(LIFE).unwrap_or(now),
            declines: 0,
            payment: None,
            withdrawal: None,
        }
    }

    /// Replaces the given facts in any state.
    pub(crate) fn amend(&mut self, amendment: Amendment, now: Timestamp) {
        let Amendment { amount, currency, external_id, redirect_url: _ } = amendment;
        self.amount = amount.unwrap_or(self.amount);
        self.currency = currency.unwrap_or_else(|| self.currency.clone());
        self.external_id = external_id.unwrap_or_else(|| self.external_id.clone());
        self.updated_at = now;
    }

    /// Returns the amount for people.
    pub(crate) fn price(&self) -> String {
        self.amount.in_words(&self.currency)
    }

    /// Returns whether ten minutes have passed, independent of the status.
    pub(crate) fn expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }

    /// Returns what can still happen to the intent at `now`.
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        match self.status {
            // A success was forced without changing the status.
            _ if self.payment.is_some() => Standing::Closed(Closed::Confirmed),
            Status::Confirmed => Standing::Closed(Closed::Confirmed),
            Status::Cancelled => Standing::Closed(Closed::Cancelled),
            Status::Pending if self.expired(now) => Standing::Closed(Closed::Expired),
            Status::Pending => Standing::Open,
        }
    }

    pub(crate) fn tap(&mut self, tap: Tap, now: Timestamp) -> Result<(), TapProblem> {
        match self.standing(now) {
            Standing::Open => {}
            Standing::Closed(Closed::Cancelled | Closed::Expired) if tap.force => {}
            Standing::Closed(closed) => return Err(closed.into()),
        }
        let at = match (tap.terminal_code, self.terminal_code()) {
            (Some(code), Some(routed)) if code != routed => return Err(TapProblem::Elsewhere),
            (Some(code), _) => Some(code),
            (None, routed) => routed.map(str::to_owned),
        };
        if !tap.keep_status {
            self.status = Status::Confirmed;
        }
        self.payment = Some(Payment { id: Uuid::new_v4(), card: tap.card, at });
        self.updated_at = now;
        Ok(())
    }

    pub(crate) fn decline(&mut self, now: Timestamp) -> Result<(), Closed> {
        self.still_open(now)?;
        self.declines = self.declines.saturating_add(1);
        Ok(())
    }

    /// Cancels the intent. Whether an expired one can still be cancelled is not documented.
    pub(crate) fn cancel(&mut self, why: CancelReason, expired: ExpiredCancel, now: Timestamp) -> Result<(), Closed> {
        match (self.standing(now), expired) {
            (Standing::Open, _) | (Standing::Closed(Closed::Expired), ExpiredCancel::Accept) => {}
            (Standing::Closed(closed), _) => return Err(closed),
        }
        self.status = Status::Cancelled;
        self.withdrawal = Some(why);
        self.updated_at = now;
        Ok(())
    }

    /// Returns the code of the terminal, if only one may take the intent.
    pub(crate) fn terminal_code(&self) -> Option<&str> {
        self.terminal.as_ref().map(|terminal| terminal.code.as_str())
    }

    fn still_open(&self, now: Timestamp) -> Result<(), Closed> {
        match self.standing(now) {
            Standing::Open => Ok(()),
            Standing::Closed(closed) => Err(closed),
        }
    }
}

/// A terminal: the serial number that merchants use, and Compago's id for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Terminal {
    pub(crate) code: String,
    pub(crate) id: Uuid,
}

/// The card payment of an intent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Payment {
    pub(crate) id: Uuid,
    pub(crate) card: Card,
    /// The terminal that read the card, if known.
    pub(crate) at: Option<String>,
}

impl Payment {
    /// Returns eleven digits, as in Compago's samples of payments.
    pub(crate) fn operation_code(&self) -> u64 {
        const LEAST: u64 = 10_000_000_000;
        let (high, low) = self.id.as_u64_pair();
        LEAST + (high ^ low) % (9 * LEAST)
    }
}

/// A card held to a terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Tap {
    pub(crate) card: Card,
    /// The terminal that reads the card; required if any terminal may take the intent.
    pub(crate) terminal_code: Option<String>,
    /// Also succeeds on a cancelled or expired intent: the card was read in the last second.
    pub(crate) force: bool,
    /// Leaves the status unchanged, so that only the payment's summary shows the success.
    pub(crate) keep_status: bool,
}

/// The three statuses of a payment intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    Pending,
    Confirmed,
    Cancelled,
}

/// Status and time together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Open,
    Closed(Closed),
}

/// The reason why no card can be charged any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Closed {
    #[error("it is already CONFIRMED")]
    Confirmed,
    #[error("it is already CANCELLED")]
    Cancelled,
    #[error("it has expired")]
    Expired,
}

/// The reason why a card was not charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TapProblem {
    #[error(transparent)]
    Closed(#[from] Closed),
    #[error("it waits at another terminal")]
    Elsewhere,
}

/// Why an intent was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CancelReason {
    /// The merchant.
    Cancelled,
    /// A newer intent for the same terminal.
    Replaced,
}

/// No parameter changes it (docs.compago.com/payment-intent/create, read November 2026).
const LIFE: SignedDuration = SignedDuration::from_mins(10);
