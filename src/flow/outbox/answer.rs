//! What came of a try, and what it means for the event.

use core::time::Duration;

use serde::{Deserialize, Serialize};
use serde_with::{DurationSeconds, serde_as};

/// What came of a try.
#[serde_as]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Answer {
    /// An HTTP answer. Redirects are not followed.
    Status {
        /// Its status.
        status: u16,
        /// What its `Retry-After` asked for.
        #[serde_as(as = "Option<DurationSeconds<u64>>")]
        retry_after: Option<Duration>,
    },
    /// No connection, or one that broke before there was an answer. In older records also what is [`TimedOut`](Self::TimedOut)
    /// today.
    Unreachable,
    /// No answer within [`TIMEOUT`](super::TIMEOUT).
    TimedOut,
}

/// What an answer means for the event.
pub(super) enum Verdict {
    Accepted,
    Gone,
    Failed { not_before: Duration },
}

impl Verdict {
    pub(super) fn of(answer: Answer) -> Self {
        match answer {
            Answer::Status { status: 200..=299, .. } => Self::Accepted,
            Answer::Status { status: 410, .. } => Self::Gone,
            Answer::Status { status: 429 | 503, retry_after } => {
                Self::Failed { not_before: retry_after.unwrap_or_default() }
            }
            Answer::Status { .. } | Answer::Unreachable | Answer::TimedOut => {
                Self::Failed { not_before: Duration::ZERO }
            }
        }
    }
}
