//! What came of asking Compago and the merchant's backend.

use serde::{Deserialize, Serialize};

use crate::edge::settings::CheckCode;
use crate::endpoint::{CallError, Undelivered};
use crate::error::{Reason, Refusal};
use crate::flow::outbox::{Answer, FailureReason};

/// What a harmless read of Compago has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompagoFinding {
    /// Compago answered as documented.
    Accepted,
    /// Compago does not accept the key.
    KeyRefused,
    /// There was no answer, or none but that Compago cannot answer now.
    Unreachable,
    /// An answer that is not documented, or a refusal for another reason.
    UnexpectedAnswer,
}

impl CompagoFinding {
    /// Returns what the outcome of a call shows.
    #[must_use]
    pub fn of<T>(outcome: &Result<T, CallError<Refusal>>) -> Self {
        match outcome {
            Ok(_) => Self::Accepted,
            Err(CallError::Undelivered(Undelivered::Timeout | Undelivered::Network)) => Self::Unreachable,
            Err(CallError::Undelivered(Undelivered::TooLarge) | CallError::Decode(_)) => Self::UnexpectedAnswer,
            Err(CallError::Refused(refusal)) => match refusal.reason {
                Reason::Unauthorized | Reason::MissingOrganization => Self::KeyRefused,
                Reason::Busy | Reason::Server => Self::Unreachable,
                Reason::DuplicateExternalId
                | Reason::BelowMinimum(_)
                | Reason::Currency
                | Reason::NotFound
                | Reason::Redirect
                | Reason::Other => Self::UnexpectedAnswer,
            },
        }
    }

    pub(super) const fn code(self) -> Option<CheckCode> {
        match self {
            Self::Accepted => None,
            Self::KeyRefused => Some(CheckCode::KeyRefused),
            Self::Unreachable => Some(CheckCode::Unreachable),
            Self::UnexpectedAnswer => Some(CheckCode::UnexpectedAnswer),
        }
    }
}

/// What came of a test event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookFinding {
    /// Why it was not accepted.
    failure: Option<FailureReason>,
}

impl WebhookFinding {
    /// Returns what the answer to a test event shows.
    #[must_use]
    pub const fn of(answer: Answer) -> Self {
        Self { failure: FailureReason::of(answer) }
    }

    pub(super) fn code(self) -> Option<CheckCode> {
        Some(match self.failure? {
            FailureReason::Status { .. } => CheckCode::Status,
            FailureReason::Redirect { .. } => CheckCode::RedirectNotFollowed,
            FailureReason::NoConnection => CheckCode::NoConnection,
            FailureReason::TimedOut | FailureReason::Interrupted => CheckCode::TimedOut,
        })
    }

    pub(super) fn status(self) -> Option<u16> {
        self.failure?.status()
    }
}
