//! Changes that Compago's rules do not allow but that reconciliation must handle: payments that are confirmed after
//! their end, whose confirmation is taken back, that change, or that disappear.

use jiff::Timestamp;
use serde::Deserialize;

use super::{Payment, Status};
use crate::amendment::Amendment;

impl Payment {
    /// Confirms the payment in any state.
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

    /// Replaces the given facts. An external id of another payment is not refused.
    pub(crate) fn amend(&mut self, amendment: Amendment, now: Timestamp) {
        let Amendment { amount, currency, external_id, redirect_url } = amendment;
        self.amount = amount.unwrap_or(self.amount);
        self.currency = currency.unwrap_or_else(|| self.currency.clone());
        self.external_id = external_id.unwrap_or_else(|| self.external_id.clone());
        self.redirect_url = redirect_url.unwrap_or_else(|| self.redirect_url.clone());
        self.updated_at = now;
    }
}

/// The status of a payment whose confirmation was taken back.
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

/// The payment is not confirmed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not CONFIRMED")]
pub(crate) struct NotConfirmed;
