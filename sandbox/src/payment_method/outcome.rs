//! The results of charges. It is documented that a charge must be CONFIRMED to count as paid, and that an expired card
//! makes it fail. How a failure is returned, and when an open charge is settled, is not
//! (docs.compago.com/payment-method/charge, read November 2026).

use jiff::{SignedDuration, Timestamp};

use super::card::Card;
use super::charge::{Settlement, Status};
use crate::settings::{CardFailure, ChargeOutcome, Settings, SettlesAs};

/// The initial state of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Answered(Status),
    Refused(&'static str),
}

impl Start {
    pub(crate) fn of(card: Card, settings: &Settings) -> Self {
        match (settings.charge_outcome, card.trouble(), settings.card_failure) {
            (ChargeOutcome::Confirmed, None, _) => Self::Answered(Status::Confirmed),
            (ChargeOutcome::Confirmed, Some(_), CardFailure::Cancelled) => Self::Answered(Status::Cancelled),
            (ChargeOutcome::Confirmed, Some(trouble), CardFailure::Error) => Self::Refused(trouble),
            (ChargeOutcome::Pending, ..) => Self::Answered(Status::Pending),
            (ChargeOutcome::NotInitialized, ..) => Self::Answered(Status::NotInitialized),
            (ChargeOutcome::Declined, ..) => Self::Answered(Status::Cancelled),
            (ChargeOutcome::DeclinedError, trouble, _) => Self::Refused(trouble.unwrap_or("Card declined")),
        }
    }
}

/// Returns when and how the clock settles an open charge that is made now; `None` if only the control API settles it.
pub(crate) fn settlement(card: Card, settings: &Settings, now: Timestamp) -> Option<Settlement> {
    let after = SignedDuration::from_secs(i64::from(settings.charge_settle_seconds?));
    let status = match (settings.charge_settles_as, card.trouble()) {
        (SettlesAs::Confirmed, None) => Status::Confirmed,
        (SettlesAs::Confirmed, Some(_)) | (SettlesAs::Cancelled, _) => Status::Cancelled,
    };
    Some(Settlement { at: now.checked_add(after).unwrap_or(Timestamp::MAX), status })
}
