//! What ends the wait of a webhook that is not tried: no endpoint for a month, or a clock that was set back.

use core::time::Duration;

use super::schedule::{LONGEST_WAIT, wait_after};
use super::{DeadLetterReason, Delivery, DeliveryState, GRACE, Jitter, LastTry, TIMEOUT, Verdict};
use crate::flow::clock;
use crate::value::UnixMillis;

/// How long an event that is due waits for an endpoint to be configured before a person has to see to it.
pub const MAX_WAIT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

impl Delivery {
    /// Gives up what was due for [`MAX_WAIT`] while there was no endpoint.
    #[must_use]
    pub fn expire(self, now: UnixMillis) -> Self {
        match self.state {
            DeliveryState::Pending { next_at } if next_at.plus(MAX_WAIT) <= now => {
                self.dead_letter(DeadLetterReason::Expired, now)
            }
            DeliveryState::Pending { .. } | DeliveryState::Delivered { .. } | DeliveryState::DeadLettered { .. } => {
                self
            }
        }
    }

    /// Corrects its times if the clock was set back: the next try is never further away than it can have been set.
    #[must_use]
    pub fn correct_times(self, now: UnixMillis) -> Self {
        let last_try = self.last_try.map(|last| LastTry { at: last.at.min(now), ..last });
        let state = match self.state {
            DeliveryState::Pending { next_at } => {
                DeliveryState::Pending { next_at: clock::at_most(next_at, self.longest_wait(), now) }
            }
            DeliveryState::Delivered { .. } | DeliveryState::DeadLettered { .. } => self.state,
        };
        Self { last_try, state, ..self }
    }

    fn longest_wait(&self) -> Duration {
        if self.tries == 0 {
            return Duration::ZERO;
        }
        let asked = match self.last_try.and_then(|last| last.answer).map(Verdict::of) {
            Some(Verdict::Failed { not_before }) => not_before.min(LONGEST_WAIT),
            Some(Verdict::Accepted | Verdict::Gone) | None => Duration::ZERO,
        };
        Jitter::MOST.lengthen(wait_after(self.tries).max(asked)).max(TIMEOUT.saturating_add(GRACE))
    }
}
