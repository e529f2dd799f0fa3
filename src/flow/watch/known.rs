//! What earlier scans have shown of Compago's list.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::SCAN_EVERY;
use super::pages::{Newest, Walked};
use super::schedule::doubled;
use crate::api::list::PageSize;
use crate::flow::clock;
use crate::value::UnixMillis;

/// How long a list is known by its count alone, before it is read to its end again.
const WALK_EVERY: Duration = Duration::from_secs(2 * 60 * 60);

/// How long a size is not relied on after it was seen to fall.
const FALLEN: Duration = Duration::from_secs(24 * 60 * 60);

/// What is known of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Known {
    /// The size of the list for which every payment of ours in it was found.
    count: Option<u64>,
    /// The size that an answer last named.
    last_count: Option<u64>,
    /// When the size was last seen to fall. Payments that are final leave no list, so such a size says nothing.
    fallen_at: Option<UnixMillis>,
    /// Whether the pages of the last walk had confirmed payments only. Otherwise the size counts others as well, and says nothing.
    filters: bool,
    /// The most items that a page has had room for.
    page_size: Option<u64>,
    /// When the last scan began that read all pages.
    pub(super) walked_at: Option<UnixMillis>,
    /// How many items could not be read then. All links were woken for so many.
    unreadable: u64,
    /// The size of the list before all links were woken instead of reading it, and when that was.
    woken: Option<(u64, UnixMillis)>,
    /// How often in a row a link could not be woken.
    not_woken: u8,
    /// Where in the list new payments were found.
    newest: Option<Newest>,
}

impl Known {
    /// Takes a size that an answer has named.
    pub(super) fn note_count(&mut self, count: Option<u64>, now: UnixMillis) {
        let Some(count) = count else { return };
        if self.last_count.is_some_and(|last| count < last) {
            self.fallen_at = Some(now);
        }
        self.fallen_at.take_if(|at| !clock::is_fresh(*at, FALLEN, now));
        self.last_count = Some(count);
    }

    /// Takes how many items an answer says that its page has room for.
    pub(super) fn note_page_size(&mut self, size: Option<u64>) {
        self.page_size = size.filter(|size| *size > 0).or(self.page_size);
    }

    /// Returns how many pages a list of this size has.
    pub(super) fn pages(&self, count: u64) -> u64 {
        let asked = u64::from(PageSize::MAX.get());
        count.div_ceil(self.page_size.map_or(asked, |size| size.min(asked)))
    }

    /// Whether the next scan may be over after its first call.
    pub(super) const fn has_count(&self) -> bool {
        self.count.is_some() && self.fallen_at.is_none()
    }

    /// Returns the size for which every payment of ours is known, as long as a size can be relied on.
    pub(super) fn count(&self, late_at: Option<UnixMillis>, now: UnixMillis) -> Option<u64> {
        let fresh = self.walked_at.is_some_and(|at| clock::is_fresh(at, WALK_EVERY, now));
        // An item that cannot be read may be the payment of a link that was not woken.
        let woken = self.is_readable() || self.not_woken == 0;
        self.count.filter(|_| fresh && woken && self.fallen_at.is_none() && self.covers(late_at))
    }

    /// Returns the size of the list for which all links were woken, as long as it can be relied on.
    pub(super) fn woken_count(&self, late_at: Option<UnixMillis>, now: UnixMillis) -> Option<u64> {
        let (count, at) = self.woken?;
        let covers = late_at.is_none_or(|late_at| late_at < at);
        let lasts = if self.not_woken == 0 { WALK_EVERY } else { doubled(SCAN_EVERY / 2, self.not_woken, WALK_EVERY) };
        (clock::is_fresh(at, lasts, now) && self.fallen_at.is_none() && covers).then_some(count)
    }

    /// Whether the list was read to its end since a link was registered late.
    pub(super) fn covers(&self, late_at: Option<UnixMillis>) -> bool {
        late_at.is_none_or(|late_at| self.walked_at.is_some_and(|at| late_at < at))
    }

    /// Whether its size counts confirmed payments only.
    pub(super) const fn filters(&self) -> bool {
        self.filters
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

    /// All links were woken, but for some if `failed`: all are woken again sooner, at first with the next scan.
    pub(super) const fn all_woken(&mut self, failed: bool) {
        self.not_woken = if failed { self.not_woken.saturating_add(1) } else { 0 };
    }

    /// All pages were read; all links were last begun to be woken at `woken_at`. Returns whether to wake them: more items could not be read
    /// than before, and each may be any payment; or there are such items, and a link could not be woken.
    pub(super) fn walked(&mut self, walked: &Walked, begun_at: UnixMillis, woken_at: Option<UnixMillis>) -> bool {
        self.count = walked.count;
        self.filters = walked.filters;
        self.newest = walked.newest.or(self.newest);
        if walked.is_whole {
            self.walked_at = Some(begun_at);
        }
        let more = walked.unreadable > self.unreadable;
        self.unreadable = walked.certainly_unreadable;
        let lasts = doubled(SCAN_EVERY / 2, self.not_woken.saturating_sub(1), WALK_EVERY);
        let again = self.not_woken > 0 && woken_at.is_none_or(|at| !clock::is_fresh(at, lasts, begun_at));
        more || (again && walked.unreadable > 0)
    }

    /// Corrects its times if the clock was set back.
    pub(super) fn correct_times(&mut self, now: UnixMillis) {
        clock::correct_past(self.walked_at.iter_mut().chain(&mut self.fallen_at), now);
        self.woken.take_if(|(_, at)| *at > now);
    }
}
