//! One scan of the list: a probe, and pages if it has changed.

use serde::{Deserialize, Serialize};

use super::known::Known;
use super::pages::Newest;
use super::pages::{Pages, Walked, length};
use super::{Links, Seen};
use crate::api::list::{PageSize, Walk};
use crate::api::one_time_payment::Status;
use crate::api::one_time_payment::list::{ListOneTimePayments, Page};
use crate::value::UnixMillis;

/// The most pages that a scan reads: half a million payments.
const MAX_PAGES: u32 = 1_000;

/// How many pages are read in the hope that they show all new payments, where waking the links would be fewer calls.
const PEEKS: u32 = 2;

/// A scan that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Sweep {
    begun_at: UnixMillis,
    /// When its next call is due.
    due: UnixMillis,
    /// Whether it was begun before its time, since a link has run out.
    is_early: bool,
    /// The size by the probe, once that is answered.
    probe: Option<Probe>,
    /// The last page of the list, if it is to be read first.
    peek: Option<u32>,
    walk: Walk,
    /// How many pages were read.
    read: u32,
    /// How many newly confirmed payments of ours were found.
    found: u64,
    /// What the pages have shown.
    pages: Pages,
    /// Whether the last call failed.
    failed: bool,
}

/// The answer to the probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Probe {
    count: Option<u64>,
}

/// How a page ends a scan.
pub(super) enum Finish {
    /// Not yet.
    GoesOn,
    /// The list has changed, and its regular scan will read it.
    TooEarly,
    /// The list has not changed since every payment of ours in it was known.
    Unchanged,
    /// The list has not changed since all links were last woken.
    AlreadyWoken,
    /// There are fewer links than pages: each is woken. The list is of this size.
    WakesInstead {
        /// The size.
        count: u64,
    },
    /// As many newly confirmed payments were found as the list has grown by, to this size.
    Explained {
        /// The size.
        count: u64,
    },
    /// All pages were read.
    Walked(Walked),
    /// There are more pages than a scan reads.
    TooLong,
}

impl Sweep {
    /// A scan that begins now.
    pub(super) const fn begin(is_early: bool, now: UnixMillis) -> Self {
        Self {
            begun_at: now,
            due: now,
            is_early,
            probe: None,
            peek: None,
            walk: Walk::new(),
            read: 0,
            found: 0,
            pages: Pages::new(),
            failed: false,
        }
    }

    pub(super) const fn begun_at(&self) -> UnixMillis {
        self.begun_at
    }

    pub(super) const fn due(&self) -> UnixMillis {
        self.due
    }

    /// Whether nothing was read yet.
    pub(super) const fn is_at_probe(&self) -> bool {
        self.probe.is_none()
    }

    /// A call has failed. Returns whether it is repeated at this time: not if it has failed before.
    pub(super) const fn retry_page(&mut self, at: UnixMillis) -> bool {
        if self.failed {
            return false;
        }
        (self.failed, self.due) = (true, at);
        true
    }

    /// Corrects its times if the clock was set back.
    pub(super) fn correct_times(&mut self, now: UnixMillis) {
        super::schedule::correct_due(&mut self.due, super::RETRY, now);
    }

    /// Returns where new payments were found.
    pub(super) fn newest(&self, known: &Known) -> Option<Newest> {
        self.pages.newest(self.pages_of_list(known))
    }

    /// Returns the page to read.
    pub(super) fn request(&self) -> Option<ListOneTimePayments> {
        let (page, page_size) = match self.probe {
            None => (1, PageSize::ONE),
            Some(_) => (self.peek.or_else(|| self.walk.page())?, PageSize::MAX),
        };
        Some(ListOneTimePayments { status: Some(Status::Confirmed), currency: None, page, page_size })
    }

    /// Takes the page that was requested.
    pub(super) fn accept(
        &mut self,
        page: &Page,
        found: u64,
        known: &mut Known,
        seen: &mut Seen,
        links: &Links,
        now: UnixMillis,
    ) -> Finish {
        (self.due, self.failed) = (now, false);
        self.found = self.found.saturating_add(found);
        self.pages.learn(page);
        let base = known.count(links.late_at, now);
        let Some(probe) = self.probe else {
            seen.begin(self.begun_at);
            return self.take_probe(page, base, known, links, now);
        };
        known.note_page_size(page.page_size);
        let number = match self.peek.take() {
            Some(peeked) => peeked,
            None => {
                let number = self.walk.page().unwrap_or_default();
                self.walk.accept(page);
                self.pages.walked(page);
                seen.take(page, self.begun_at);
                number
            }
        };
        self.pages.found(number, found);
        if let Some(count) = self.explains(page.count, base, known) {
            return Finish::Explained { count };
        }
        self.read += 1;
        let is_too_long = self.pages_of_list(known).is_some_and(|pages| pages > u64::from(MAX_PAGES));
        match self.walk.page() {
            Some(next) if is_too_long || next > MAX_PAGES => Finish::TooLong,
            Some(next) if self.read >= PEEKS => self.wakes(next - 1, known, links).unwrap_or(Finish::GoesOn),
            Some(_) => Finish::GoesOn,
            None => {
                let different = seen.different(self.begun_at);
                seen.clear();
                Finish::Walked(self.pages.end(probe.count, different, self.pages_of_list(known)))
            }
        }
    }

    fn take_probe(&mut self, page: &Page, base: Option<u64>, known: &Known, links: &Links, now: UnixMillis) -> Finish {
        self.probe = Some(Probe { count: page.count });
        let count = size(page);
        if count.is_some() && count == base && self.found == 0 {
            return Finish::Unchanged;
        }
        if let Some(count) = self.explains(count, base, known) {
            self.pages.found(1, self.found);
            return Finish::Explained { count };
        }
        if self.is_early {
            return Finish::TooEarly;
        }
        let woken = known.woken_count(links.late_at, now).filter(|_| !links.settling && self.found == 0);
        if count.is_some() && count == woken {
            return Finish::AlreadyWoken;
        }
        if base.is_none()
            && let Some(woken) = self.wakes(0, known, links)
        {
            return woken;
        }
        let pages = count.map(|count| known.pages(count));
        if pages.is_some_and(|pages| pages > u64::from(MAX_PAGES)) {
            return Finish::TooLong;
        }
        let last = pages.and_then(|pages| u32::try_from(pages).ok());
        self.peek = last.filter(|last| *last > 1 && base.is_some() && known.newest() == Some(Newest::Last));
        Finish::GoesOn
    }

    /// Returns the size of the list if as many newly confirmed payments of ours were found as it has grown by.
    fn explains(&self, count: Option<u64>, base: Option<u64>, known: &Known) -> Option<u64> {
        let (count, base) = count.zip(base)?;
        let all = count.checked_sub(base) == Some(self.found);
        (all && self.found > 0 && known.is_readable() && !self.pages.unfiltered).then_some(count)
    }

    /// Wakes the links instead of reading the rest of the list, if there are fewer of them and none has to be settled. The list must have
    /// been read once: only a size that counts confirmed payments alone says when to wake them again.
    fn wakes(&self, read: u32, known: &Known, links: &Links) -> Option<Finish> {
        let count = self.probe.and_then(|probe| probe.count)?;
        let left = known.pages(count).saturating_sub(u64::from(read));
        (known.filters() && !links.settling && left > links.open).then_some(Finish::WakesInstead { count })
    }

    fn pages_of_list(&self, known: &Known) -> Option<u64> {
        self.probe.and_then(|probe| probe.count).map(|count| known.pages(count))
    }
}

/// The size of the list by a probe, unless it may be that of the page.
fn size(probe: &Page) -> Option<u64> {
    probe.count.filter(|count| *count == 0 || *count > length(probe))
}
