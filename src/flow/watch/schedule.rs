//! When the list watcher scans the list, and when it wakes the links instead.

use std::time::Duration;

use super::{RETRY_TOO_LONG, SCAN_EVERY, Watcher};
use crate::flow::clock;
use crate::flow::order::SETTLE_MARGIN;
use crate::value::UnixMillis;

/// How long after its start a scan counts as too slow: then the links are woken as well.
const SLOW: Duration = Duration::from_secs(5 * 60);

/// The least time between a scan and one that is made before its time because a link has run out.
const EARLY_GAP: Duration = Duration::from_secs(2 * 60);

/// How long after the end of a link its order reads the payment at the latest: only then does it want to know whether the list has it.
const READ_FIRST: Duration = Duration::from_secs(30);

impl Watcher {
    /// Returns when the next scan is due.
    pub(super) fn scan_at(&self, watching_since: UnixMillis) -> UnixMillis {
        let regular = self.regular_at(watching_since);
        let early =
            self.ends_at.filter(|_| self.known.has_count()).zip(self.scanned_at).map(|(ends_at, scanned_at)| {
                let settles_at = ends_at.plus(SETTLE_MARGIN).plus(READ_FIRST);
                settles_at.max(scanned_at.plus(EARLY_GAP))
            });
        early.map_or(regular, |early| early.min(regular))
    }

    /// Returns when a scan is due although no link has run out: ten minutes after the last one, or after there were links again.
    pub(super) fn regular_at(&self, watching_since: UnixMillis) -> UnixMillis {
        let last = self.scanned_at.map_or(watching_since, |at| at.max(watching_since));
        self.retry_at.unwrap_or_else(|| last.plus(SCAN_EVERY))
    }

    /// Returns when all links are woken because the list cannot be read, or not soon enough.
    pub(super) fn fallback_at(&self) -> Option<UnixMillis> {
        let slow = self.sweep.as_ref().map(|sweep| sweep.begun_at().plus(SLOW));
        let failed = (self.failures >= 2).then_some(UnixMillis(0));
        let at = slow.into_iter().chain(failed).min().filter(|_| self.waking.is_none())?;
        Some(self.may_wake_at(at))
    }

    /// Corrects its times if the clock was set back. What lies further ahead than it was set is due now: nobody knows how long ago the last
    /// scan was.
    pub(super) fn correct_times(&mut self, now: UnixMillis) {
        let is_ahead = |at: &UnixMillis| *at > now;
        let sweep = self.sweep.take_if(|sweep| is_ahead(&sweep.begun_at())).is_some();
        let since = self.watching_since.as_mut().is_some_and(|at| std::mem::replace(at, (*at).min(now)) > now);
        if self.scanned_at.take_if(|at| is_ahead(at)).is_some() || sweep || since {
            self.retry_at = Some(now);
        }
        if self.settled_at.take_if(|at| is_ahead(at)).is_some() {
            self.absent = None;
        }
        self.known.correct_times(now);
        for pass in [&mut self.hits, &mut self.absent, &mut self.waking].into_iter().flatten() {
            correct_due(&mut pass.due, SCAN_EVERY, now);
        }
        if let Some(at) = &mut self.retry_at {
            correct_due(at, RETRY_TOO_LONG, now);
        }
        if self.waking.is_none() {
            self.woken_at.take_if(|at| is_ahead(at));
        }
        if let Some(sweep) = &mut self.sweep {
            sweep.correct_times(now);
        }
    }
}

/// Corrects when something is due that is never set to more than `longest` from now.
pub(super) fn correct_due(at: &mut UnixMillis, longest: Duration, now: UnixMillis) {
    if clock::is_due(*at, longest, now) {
        *at = (*at).min(now);
    }
}

/// A wait that doubles with each failure before it, up to a longest one.
pub(super) fn doubled(wait: Duration, failures: u8, longest: Duration) -> Duration {
    (wait * 2u32.pow(u32::from(failures.min(8)))).min(longest)
}
