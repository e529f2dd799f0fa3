//! How long the index works at a time.

use std::time::Duration;

use compago::value::UnixMillis;

use crate::runtime::clock::now;

/// Calls that take long are few in one alarm: the runtime gives up one that takes too long, with what it has not stored.
const LONGEST: Duration = Duration::from_secs(60);

/// The time in which a portion of work begins calls.
pub(super) struct PortionTime(UnixMillis);

impl PortionTime {
    /// Begins a portion.
    pub(super) fn begin() -> Self {
        Self(now())
    }

    /// Whether the rest is left to the next alarm, which follows at once.
    pub(super) fn is_over(&self) -> bool {
        now().since(self.0) >= LONGEST
    }
}
