//! What Compago's own rules never let happen, and what a merchant's books have to be held against all the same: payments
//! that are confirmed after their end, that are taken back, that change, that are gone.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Number;

use super::{Payment, Status};
use crate::money::{AmountProblem, Centavos, is_currency_code};

impl Payment {
    /// Money came in, whatever was told before.
    pub(crate) fn confirm(&mut self, now: Timestamp) {
        self.status = Status::Confirmed;
        self.updated_at = now;
    }

    /// Takes a confirmation back.
    pub(crate) fn unconfirm(&mut self, to: Unconfirmed, now: Timestamp) -> Result<(), NotConfirmed> {
        match self.status {
            Status::Confirmed => {}
            Status::Pending | Status::Cancelled => return Err(NotConfirmed),
        }
        self.status = to.into();
        self.updated_at = now;
        Ok(())
    }

    /// Replaces what the amendment names. An external id that another payment has is not refused.
    pub(crate) fn amend(&mut self, amendment: Amendment, now: Timestamp) {
        let Amendment { amount, currency, external_id, redirect_url } = amendment;
        self.amount = amount.unwrap_or(self.amount);
        self.currency = currency.unwrap_or_else(|| self.currency.clone());
        self.external_id = external_id.unwrap_or_else(|| self.external_id.clone());
        self.redirect_url = redirect_url.unwrap_or_else(|| self.redirect_url.clone());
        self.updated_at = now;
    }
}

/// What a payment becomes whose confirmation is taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Unconfirmed {
    #[default]
    Pending,
    Cancelled,
}

impl From<Unconfirmed> for Status {
    fn from(unconfirmed: Unconfirmed) -> Self {
        match unconfirmed {
            Unconfirmed::Pending => Self::Pending,
            Unconfirmed::Cancelled => Self::Cancelled,
        }
    }
}

/// Only what is confirmed can be taken back.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not CONFIRMED")]
pub(crate) struct NotConfirmed;

/// What of a payment is to be replaced.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Wanted")]
pub(crate) struct Amendment {
    amount: Option<Centavos>,
    currency: Option<String>,
    pub(crate) external_id: Option<String>,
    redirect_url: Option<String>,
}

/// As the body has it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wanted {
    amount: Option<Number>,
    currency: Option<String>,
    external_id: Option<String>,
    redirect_url: Option<String>,
}

impl TryFrom<Wanted> for Amendment {
    type Error = AmendProblem;

    fn try_from(wanted: Wanted) -> Result<Self, Self::Error> {
        let Wanted { amount, currency, external_id, redirect_url } = wanted;
        if currency.as_deref().is_some_and(|code| !is_currency_code(code)) {
            return Err(AmendProblem::Currency);
        }
        let amount = amount.as_ref().map(Centavos::from_number).transpose()?;
        Ok(Self { amount, currency, external_id, redirect_url })
    }
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AmendProblem {
    #[error("currency must be three capital letters")]
    Currency,
    #[error("{0}")]
    Amount(#[from] AmountProblem),
}
