//! What earlier looks have shown of Compago's list.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::sweep::Walked;
use crate::flow::clock;
use crate::value::UnixMillis;

/// How long a list is known by its count alone, before it is read to its end again.
const WALK_EVERY: Duration = Duration::from_secs(2 * 60 * 60);

/// What is known of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Known {
    /// The size of the list for which every payment of ours in it was found.
    count: Option<u64>,
    /// The size that an answer last named.
    last_count: Option<u64>,
    /// Whether the size was ever seen to fall. Payments that are final leave no list, so such a size says nothing.
    has_fallen: bool,
    /// When the last sweep began that read all pages.
    pub(super) walked_at: Option<UnixMillis>,
    /// How many items could not be read then. All links were woken for so many.
    unreadable: u64,
    /// The size of the list before all links were woken instead of reading it, and when that was.
    woken: Option<(u64, UnixMillis)>,
    /// Where in the list new payments were found.
    newest: Option<Newest>,
}

/// The end of the list at which new payments appear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Newest {
    /// On its first page.
    First,
    /// On its last page.
    Last,
}

impl Known {
    /// Takes a size that an answer has named.
    pub(super) fn note_count(&mut self, count: Option<u64>) {
        let Some(count) = count else { return };
        self.has_fallen |= self.last_count.is_some_and(|last| count < last);
        self.last_count = Some(count);
    }

    /// Whether the next look may be over after its first call.
    pub(super) const fn has_count(&self) -> bool {
        self.count.is_some() && !self.has_fallen
    }

    /// Returns the size for which every payment of ours is known, as long as a size can be relied on.
    pub(super) fn count(&self, late_at: Option<UnixMillis>, now: UnixMillis) -> Option<u64> {
        let fresh = self.walked_at.is_some_and(|at| clock::is_fresh(at, WALK_EVERY, now));
        self.count.filter(|_| fresh && !self.has_fallen && self.covers(late_at))
    }

    /// Returns the size of the list for which all links were woken, as long as it can be relied on.
    pub(super) fn woken_count(&self, late_at: Option<UnixMillis>, now: UnixMillis) -> Option<u64> {
        let (count, at) = self.woken?;
        let covers = late_at.is_none_or(|late_at| late_at < at);
        (clock::is_fresh(at, WALK_EVERY, now) && !self.has_fallen && covers).then_some(count)
    }

    /// Whether the list was read to its end since a link was registered late.
    pub(super) fn covers(&self, late_at: Option<UnixMillis>) -> bool {
        late_at.is_none_or(|late_at| self.walked_at.is_some_and(|at| late_at < at))
    }

    /// Whether all its items could be read.
    pub(super) const fn is_readable(&self) -> bool {
        self.unreadable == 0
    }

    /// Returns where new payments were last found.
    pub(super) const fn newest(&self) -> Option<Newest> {
        self.newest
    }

    /// As many new payments were found as the list has grown by.
    pub(super) fn explained(&mut self, count: u64, newest: Option<Newest>) {
        self.count = Some(count);
        self.newest = newest.or(self.newest);
    }

    /// All links are woken, for a list of this size.
    pub(super) const fn woken(&mut self, count: u64, at: UnixMillis) {
        self.woken = Some((count, at));
    }

    /// A link could not be woken.
    pub(super) const fn not_woken(&mut self) {
        self.woken = None;
    }

    /// All pages were read. Returns whether more items could not be read than before: each may be any payment.
    pub(super) fn walked(&mut self, walked: &Walked, begun_at: UnixMillis) -> bool {
        self.count = walked.count;
        self.newest = walked.newest.or(self.newest);
        if walked.is_whole {
            self.walked_at = Some(begun_at);
        }
        let more = walked.unreadable > self.unreadable;
        self.unreadable = walked.certainly_unreadable;
        more
    }

    /// Corrects its times if the clock was set back.
    pub(super) fn correct_times(&mut self, now: UnixMillis) {
        clock::correct_past(self.walked_at.iter_mut().chain(self.woken.iter_mut().map(|(_, at)| at)), now);
    }
}
