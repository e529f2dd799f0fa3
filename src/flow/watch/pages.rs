//! What the pages of a scan have shown.

use serde::{Deserialize, Serialize};

use crate::api::one_time_payment::Status;
use crate::api::one_time_payment::list::Page;

/// What the pages of the walk have shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pages {
    /// The size that the last one named.
    count: Option<u64>,
    /// Whether each named the size of the probe.
    same: bool,
    /// Whether none named a smaller size than the answer before it.
    grew: bool,
    /// Whether an item was not confirmed: the filter is ignored.
    pub(super) unfiltered: bool,
    /// How many items the pages of the walk had, those that were on several of them counted as often.
    received: u64,
    unreadable: u64,
    /// The most items of one page that could not be read: there are at least so many.
    unreadable_at_once: u64,
    /// The first and the last page with newly confirmed payments of ours.
    found_on: Option<(u32, u32)>,
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

/// A list of which all pages were read.
pub(super) struct Walked {
    /// The size for which every payment of ours is now known; `None` if the list has changed meanwhile, or its size says nothing.
    pub(super) count: Option<u64>,
    /// Whether every payment was seen that was in the list when the scan began.
    pub(super) is_whole: bool,
    /// Whether one may have been missed: the list has shrunk, shows one on several pages, or nobody knows any more which were seen.
    pub(super) misses: bool,
    /// Whether all items were confirmed.
    pub(super) filters: bool,
    /// How many items could not be read; one that moved from page to page may be counted twice.
    pub(super) unreadable: u64,
    /// How many these are at least.
    pub(super) certainly_unreadable: u64,
    /// Where new payments were found.
    pub(super) newest: Option<Newest>,
}

impl Pages {
    pub(super) const fn new() -> Self {
        Self {
            count: None,
            same: true,
            grew: true,
            unfiltered: false,
            received: 0,
            unreadable: 0,
            unreadable_at_once: 0,
            found_on: None,
        }
    }

    /// Takes what any answer shows.
    pub(super) fn learn(&mut self, page: &Page) {
        self.unfiltered |= page.readable.iter().any(|payment| payment.status != Status::Confirmed);
        if let (Some(before), Some(count)) = (self.count, page.count) {
            self.same &= before == count;
            self.grew &= before <= count;
        }
        self.same &= page.count.is_some();
        self.count = page.count.or(self.count);
    }

    /// Takes a page of the walk.
    pub(super) fn walked(&mut self, page: &Page) {
        self.received = self.received.saturating_add(length(page));
        let unreadable = number(page.unreadable);
        self.unreadable = self.unreadable.saturating_add(unreadable);
        self.unreadable_at_once = self.unreadable_at_once.max(unreadable);
    }

    /// Newly confirmed payments of ours were found on a page.
    pub(super) fn found(&mut self, page: u32, found: u64) {
        if found > 0 {
            self.found_on = Some(self.found_on.map_or((page, page), |(first, last)| (first.min(page), last.max(page))));
        }
    }

    pub(super) fn newest(&self, pages: Option<u64>) -> Option<Newest> {
        match self.found_on? {
            (_, 1) => Some(Newest::First),
            (first, _) if pages.is_some_and(|pages| u64::from(first) >= pages) => Some(Newest::Last),
            (_, _) => None,
        }
    }

    /// All pages were read; the probe named the size `probe`, and the list has so many `pages`.
    pub(super) fn end(&self, probe: Option<u64>, different: Option<u64>, pages: Option<u64>) -> Walked {
        // Without a size, no payment may be on two pages.
        let size = self.count.map_or(self.received, |count| count.min(probe.unwrap_or(count)));
        let is_whole = self.grew && different.is_some_and(|different| different >= size);
        let misses = !self.grew || different.is_none_or(|different| different < size);
        // What joined a list that only grew is not counted yet, and is looked for next time.
        let count = probe.filter(|_| is_whole && !self.unfiltered);
        let certainly_unreadable = if self.same { self.unreadable } else { self.unreadable_at_once };
        let (unreadable, newest) = (self.unreadable, self.newest(pages));
        Walked { count, is_whole, misses, filters: !self.unfiltered, unreadable, certainly_unreadable, newest }
    }
}

pub(super) fn length(page: &Page) -> u64 {
    number(page.readable.len().saturating_add(page.unreadable))
}

fn number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
