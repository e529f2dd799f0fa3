//! When the list watcher looks at the list, and when it wakes the links instead.

use std::time::Duration;

use super::{LOOK_EVERY, Watcher};
use crate::flow::order::SETTLE_MARGIN;
use crate::value::UnixMillis;

/// How long after its start a sweep counts as too slow: then the links are woken as well.
const SLOW: Duration = Duration::from_secs(5 * 60);

/// The least time between a look and one that is made before its time because a link has run out.
const EARLY_GAP: Duration = Duration::from_secs(2 * 60);

/// How long after the end of a link its order reads the payment at the latest: only then does it want to know whether the list has it.
const READ_FIRST: Duration = Duration::from_secs(30);

impl Watcher {
    /// Returns when the next look is due.
    pub(super) fn look_at(&self, opened_at: UnixMillis) -> UnixMillis {
        let regular = self.regular_at(opened_at);
        let early = self.ends_at.filter(|_| self.known.has_count()).zip(self.looked_at).map(|(ends_at, looked_at)| {
            let settles_at = ends_at.plus(SETTLE_MARGIN).plus(READ_FIRST);
            settles_at.max(looked_at.plus(EARLY_GAP))
        });
        early.map_or(regular, |early| early.min(regular))
    }

    /// Returns when a look is due although no link has run out: ten minutes after the last one, or after a link was opened.
    pub(super) fn regular_at(&self, opened_at: UnixMillis) -> UnixMillis {
        self.retry_at.unwrap_or_else(|| self.looked_at.map_or(opened_at, |at| at.max(opened_at)).plus(LOOK_EVERY))
    }

    /// Returns when all links are woken because the list cannot be read, or not soon enough.
    pub(super) fn blind_at(&self) -> Option<UnixMillis> {
        let slow = self.sweep.as_ref().map(|sweep| sweep.begun_at().plus(SLOW));
        let failed = (self.failures >= 2).then_some(UnixMillis(0));
        let at = slow.into_iter().chain(failed).min().filter(|_| self.waking.is_none())?;
        Some(self.may_wake_at(at))
    }
}
