//! The public view of a charge, and what may be requested.

use super::Intent;
use super::answer::MARGIN;
use super::stage::{Outcome, Stage};
use super::terms::IntentTerms;
use crate::api::payment_intent::deep_link;
use crate::edge::payment_intent::{IntentStatus, IntentView};
use crate::error::Reason;
use crate::value::UnixMillis;

/// How soon a till asks again while the charge is under way.
const SOON_MS: u32 = 1_500;
/// While nothing is to be expected within seconds.
const LATE_MS: u32 = 10_000;
/// Reads without an answer after which a till no longer says that the terminal waits.
const FAILURES: u8 = 4;

impl Intent {
    /// What is to be charged.
    pub const fn terms(&self) -> &IntentTerms {
        &self.terms
    }

    /// Returns the status of the charge.
    pub fn status(&self) -> IntentStatus {
        match &self.stage {
            Stage::Creating { sends: 0 | 1 } => IntentStatus::Waiting,
            Stage::Creating { .. } | Stage::Open { reason: Some(_) } => IntentStatus::Unknown,
            Stage::Open { reason: None } | Stage::Verifying { .. } if self.failures >= FAILURES => {
                IntentStatus::Unknown
            }
            Stage::Open { reason: None } | Stage::Verifying { .. } => IntentStatus::Waiting,
            Stage::Cancelling { .. } => IntentStatus::CancelRequested,
            Stage::Closed(outcome) => match outcome {
                Outcome::Paid { .. } => IntentStatus::Paid,
                Outcome::Expired => IntentStatus::Expired,
                Outcome::Cancelled | Outcome::Refused { .. } => IntentStatus::Cancelled,
                Outcome::NeedsReview { .. } => IntentStatus::Unknown,
            },
        }
    }

    /// Why Compago refused to make the intent, if it did.
    pub const fn refusal(&self) -> Option<Reason> {
        match &self.stage {
            Stage::Closed(Outcome::Refused { reason }) => Some(*reason),
            Stage::Creating { .. }
            | Stage::Open { .. }
            | Stage::Verifying { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => None,
        }
    }

    /// Whether it can be reported to tills: its id is known and in the key index, or it is certain that there will be none.
    pub const fn is_announced(&self) -> bool {
        match &self.stage {
            Stage::Creating { .. } => false,
            Stage::Open { .. } | Stage::Verifying { .. } | Stage::Cancelling { .. } | Stage::Closed(_) => {
                self.register_at.is_none()
            }
        }
    }

    /// Whether Compago's id for it is known.
    pub const fn is_made(&self) -> bool {
        self.id.is_some()
    }

    /// Whether its terminal may still charge a card for it, or nobody knows that it may not.
    pub fn is_running(&self, now: UnixMillis) -> bool {
        let in_time = now < self.ends_at.plus(MARGIN);
        match &self.stage {
            Stage::Creating { .. } => true,
            Stage::Open { .. } | Stage::Verifying { .. } | Stage::Cancelling { .. } => in_time,
            Stage::Closed(Outcome::NeedsReview { .. }) => in_time,
            Stage::Closed(Outcome::Paid { .. } | Outcome::Expired | Outcome::Cancelled | Outcome::Refused { .. }) => {
                false
            }
        }
    }

    /// Whether [`Event::CancelAsked`](super::Event::CancelAsked) does anything.
    pub const fn can_be_cancelled(&self) -> bool {
        match &self.stage {
            Stage::Open { .. } | Stage::Verifying { .. } => true,
            Stage::Creating { .. } | Stage::Cancelling { .. } | Stage::Closed(_) => false,
        }
    }

    /// Whether it has come to an end, if only to one that a person must look at.
    pub const fn is_closed(&self) -> bool {
        match &self.stage {
            Stage::Closed(_) => true,
            Stage::Creating { .. } | Stage::Open { .. } | Stage::Verifying { .. } | Stage::Cancelling { .. } => false,
        }
    }

    /// What a till shows.
    pub fn view(&self, now: UnixMillis) -> IntentView {
        let paid = match &self.stage {
            Stage::Closed(Outcome::Paid { at, card }) => Some((*at, card)),
            Stage::Creating { .. }
            | Stage::Open { .. }
            | Stage::Verifying { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => None,
        };
        IntentView {
            intent: self.id,
            status: self.status(),
            amount: self.terms.amount,
            currency: self.terms.currency,
            reference: self.terms.reference.clone(),
            external_id: self.terms.external_id.clone(),
            terminal_code: self.terms.terminal_code.clone(),
            deep_link: self.id.map(deep_link),
            metadata: self.terms.metadata.clone(),
            expires_at: self.ends_at,
            card: paid.map(|(_, card)| card.clone()).filter(|card| !card.is_unknown()),
            paid_at: paid.map(|(at, _)| at),
            poll_after_ms: self.poll_after_ms(now),
            version: self.version,
        }
    }

    /// A charge that is closed unpaid changes by itself only if a success comes late, which is looked for once while the
    /// cashier may still be there.
    fn poll_after_ms(&self, now: UnixMillis) -> Option<u32> {
        match &self.stage {
            Stage::Creating { .. } | Stage::Verifying { .. } | Stage::Cancelling { .. } => Some(SOON_MS),
            Stage::Open { .. } if now < self.ends_at.plus(MARGIN) => Some(SOON_MS),
            Stage::Open { .. } => Some(LATE_MS),
            Stage::Closed(Outcome::Paid { .. } | Outcome::Refused { .. }) => None,
            Stage::Closed(Outcome::Expired | Outcome::Cancelled | Outcome::NeedsReview { .. }) => {
                self.due.filter(|_| self.late_polls == 0).map(|_| LATE_MS)
            }
        }
    }
}
