//! Why a try failed, as people read it.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use super::{Answer, Delivery, LastTry, Verdict};
use crate::value::UnixMillis;

/// The last try that failed. It is kept when the next one begins, and after a success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// When the try was begun.
    pub at: UnixMillis,
    /// Why it failed.
    pub reason: FailureReason,
}

/// Why a try failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(test, derive(strum::VariantNames))]
pub enum FailureReason {
    /// An HTTP answer that is neither a success nor a redirect.
    Status {
        /// Its status.
        status: u16,
    },
    /// A redirect, which is not followed.
    #[strum(serialize = "redirect-not-followed")]
    Redirect {
        /// Its status.
        status: u16,
    },
    /// No connection, or one that broke before there was an answer.
    NoConnection,
    /// No answer within [`TIMEOUT`](super::TIMEOUT).
    TimedOut,
    /// The answer was lost: the Worker was stopped before it could save it.
    Interrupted,
}

impl FailureReason {
    /// The reason; `None` for an answer that is a success.
    #[must_use]
    pub const fn of(answer: Answer) -> Option<Self> {
        match answer {
            Answer::Status { status: 200..=299, .. } => None,
            Answer::Status { status: status @ (300..=303 | 305..=308), .. } => Some(Self::Redirect { status }),
            Answer::Status { status, .. } => Some(Self::Status { status }),
            Answer::Unreachable => Some(Self::NoConnection),
            Answer::TimedOut => Some(Self::TimedOut),
        }
    }

    /// The stable code, kebab-case.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// The HTTP status, if there was one.
    #[must_use]
    pub const fn status(self) -> Option<u16> {
        match self {
            Self::Status { status } | Self::Redirect { status } => Some(status),
            Self::NoConnection | Self::TimedOut | Self::Interrupted => None,
        }
    }
}

/// What a try came to, for whoever watches the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TryOutcome {
    /// The receiver answered 2xx.
    Delivered,
    /// It failed, and is tried again.
    Failed,
    /// It failed, and the event is given up until a person puts it back.
    GivenUp,
}

impl Delivery {
    /// The last try that failed; `None` if none did, or only before reasons were recorded.
    #[must_use]
    pub const fn last_failure(&self) -> Option<Failure> {
        self.last_failure
    }

    /// When the try began that is on its way, for all that is recorded: after a crash, until the next one is due.
    #[must_use]
    pub fn trying_since(&self) -> Option<UnixMillis> {
        self.next_at()?;
        self.last_try.filter(|last| last.answer.is_none()).map(|last| last.at)
    }

    /// What the answer came to that was fed back last.
    #[must_use]
    pub fn outcome_of(&self, answer: Answer) -> TryOutcome {
        match Verdict::of(answer) {
            Verdict::Accepted => TryOutcome::Delivered,
            Verdict::Gone | Verdict::Failed { .. } if self.next_at().is_none() => TryOutcome::GivenUp,
            Verdict::Gone | Verdict::Failed { .. } => TryOutcome::Failed,
        }
    }

    /// The failure that is to be kept when a new try begins: that of the last one, if its answer never came.
    pub(super) fn failure_before_next(&self) -> Option<Failure> {
        match self.last_try {
            Some(LastTry { at, answer: None }) => Some(Failure { at, reason: FailureReason::Interrupted }),
            Some(LastTry { answer: Some(_), .. }) | None => self.last_failure,
        }
    }
}
