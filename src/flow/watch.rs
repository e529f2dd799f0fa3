//! The list watcher: finds the confirmed payments of all open links together, and notifies their orders.
//!
//! Compago sends no notifications. The list watcher scans Compago's list of confirmed payments every ten minutes, however many links
//! are open, so that orders need not ask:
//!
//! - **A scan begins with a probe**, a page of one item. If the list counts as many payments as it did when all of them were known,
//!   nothing was confirmed, and the scan is over after one call.
//! - **Otherwise pages are read**, until as many newly confirmed payments of ours were found as the count has risen by, or to the end.
//!   If there are fewer open links than pages, each link is woken instead, to read its own payment.
//! - **A count is trusted only after a scan of all pages** that saw as many different payments as the list counts ([`Seen`]), and not for
//!   a day after it fell. A scan that may have missed payments is repeated after a minute.
//! - **What cannot be known from the list wakes all links**: pages that cannot be read, a scan that takes too long, items that are no
//!   payment that can be read, two scans in a row that may have missed payments. They are woken by forty, one portion after the other.
//! - **A scan of all pages also tells which payments are not in the list.** Orders of links that had run out before it began, and were
//!   registered by then, get that message and need not search.
//!
//! The list proves nothing by itself: an order that is notified reads its own payment. And a list that is wrong is no reason to lose a
//! payment: orders read their payments once a day, whatever the list watcher says.
//!
//! The machine decides what to do next ([`Watcher::next`]) and is given the outcome. The caller keeps the open links, says when there are
//! some ([`Watcher::resume`]) and when there are none ([`Watcher::pause`]), stores the machine with what it writes about them, and wakes
//! up at [`Watcher::due_at`]. Everything may happen twice: a crash repeats the work since the machine was last stored.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::poll::MAX_ALARM_GAP;
use super::record::Record;
use crate::api::one_time_payment::list::Page;
use crate::value::{PaymentId, UnixMillis};

mod known;
mod pages;
mod pass;
mod schedule;
mod seen;
mod sweep;
mod work;

use known::Known;
use pass::Pass;
use schedule::doubled;
pub use seen::Seen;
use sweep::{Finish, Sweep};
pub use work::{Links, Work};

/// How often the list is scanned while links are open.
pub const SCAN_EVERY: Duration = MAX_ALARM_GAP;

/// How many calls one alarm makes: to Compago and to orders together.
pub const CALLS: usize = 40;

/// How many links one portion of a pass wakes, all at the same time.
pub const WAKE_PORTION: usize = CALLS;

/// How long after a first failure the same page is read again, and how long after the second one the next scan begins; from then on the
/// wait doubles, up to [`SCAN_EVERY`].
const RETRY: Duration = Duration::from_secs(60);
const RETRY_SCAN: Duration = Duration::from_secs(2 * 60);

/// How long after a list that turned out to be too long the next scan begins.
const RETRY_TOO_LONG: Duration = Duration::from_secs(2 * 60 * 60);

/// How long after a link was begun it can be registered without being late: until then, nobody can have paid by it.
pub const LATE: Duration = Duration::from_secs(5);

/// What the list watcher knows of Compago's list, and what it is doing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Watcher {
    /// Since when links have been open; none if none is.
    watching_since: Option<UnixMillis>,
    /// When the last scan began.
    scanned_at: Option<UnixMillis>,
    /// What the scans so far have shown.
    known: Known,
    /// The scan that is under way.
    sweep: Option<Sweep>,
    /// The scans in a row that failed, or may have missed payments; two for one that read a page in vain.
    failures: u8,
    /// When the next scan begins after a failure.
    retry_at: Option<UnixMillis>,
    /// The first end of a link that the last scan did not settle.
    ends_at: Option<UnixMillis>,
    /// When the scan began by which links that had run out were last settled.
    settled_at: Option<UnixMillis>,
    /// Sends what was found.
    hits: Option<Pass>,
    /// The passes in a row in which an order did not take its hit.
    unsent: u8,
    /// Tells links that have run out that they are not in the list.
    absent: Option<Pass>,
    /// Wakes all links.
    waking: Option<Pass>,
    /// When all links were last begun to be woken.
    woken_at: Option<UnixMillis>,
    /// The pass that wakes them begins anew once it is over.
    wakes_again: bool,
}

impl Record for Watcher {
    const VERSION: u32 = 1;
}

impl Watcher {
    /// Links are open. The first scan begins ten minutes after the first of them was registered, and from then on each ten minutes after
    /// the one before, whatever links come and go. Changes nothing while links are watched already, so that it may be called with every
    /// link that is registered.
    pub fn resume(&mut self, now: UnixMillis) {
        self.watching_since.get_or_insert(now);
    }

    /// No link is open: what is under way ends. What is known of the list stays known.
    pub fn pause(&mut self) {
        (self.watching_since, self.sweep, self.hits, self.absent, self.waking) = (None, None, None, None, None);
        (self.failures, self.unsent, self.retry_at, self.ends_at, self.wakes_again) = (0, 0, None, None, false);
    }

    /// Returns when to go on, at most ten minutes from now; `None` if no link is open.
    pub fn due_at(&self, now: UnixMillis) -> Option<UnixMillis> {
        let mut watcher = self.clone();
        watcher.correct_times(now);
        let since = watcher.watching_since?;
        let scan = watcher.sweep.as_ref().map_or_else(|| watcher.scan_at(since), Sweep::due);
        let passes = [&watcher.hits, &watcher.absent, &watcher.waking].into_iter().flatten();
        passes.map(|pass| pass.due).chain([scan]).chain(watcher.fallback_at()).min()
    }

    /// Returns what to do now; `None` if nothing is due. `late_at` is [`Links::late_at`] as it is now.
    pub fn next(&mut self, late_at: Option<UnixMillis>, now: UnixMillis) -> Option<Work> {
        self.correct_times(now);
        let since = self.watching_since?;
        if let Some(pass) = due(&self.hits, now) {
            return Some(Work::SendHits { after: pass.after });
        }
        // The scan cannot have looked for a link that was registered since.
        let settled_at = self.settled_at.filter(|settled_at| late_at.is_none_or(|late_at| late_at < *settled_at));
        self.absent.take_if(|_| settled_at.is_none());
        if let (Some(pass), Some(read_at)) = (due(&self.absent, now), settled_at) {
            return Some(Work::SendAbsent { after: pass.after, read_at });
        }
        if self.fallback_at().is_some_and(|at| at <= now) {
            self.wake_all(now);
        }
        if let Some(pass) = due(&self.waking, now) {
            return Some(Work::Wake { after: pass.after });
        }
        if self.sweep.is_none() && self.scan_at(since) <= now {
            let is_early = self.regular_at(since) > now;
            self.sweep = Some(Sweep::begin(is_early, now));
        }
        let sweep = self.sweep.as_ref().filter(|sweep| sweep.due() <= now)?;
        sweep.request().map(Work::Read)
    }

    /// Takes a page that was to be read; `None` if that failed. `found` is the number of its confirmed payments that belong to
    /// registered links and had no hit before. `seen` is what the caller keeps in memory from page to page.
    pub fn on_page(&mut self, answer: Option<&Page>, found: u64, seen: &mut Seen, links: &Links, now: UnixMillis) {
        let Some(mut sweep) = self.sweep.take() else { return };
        if found > 0 {
            self.hits = Some(Pass::begin(now));
        }
        let Some(page) = answer else { return self.page_failed(sweep, now) };
        self.known.note_count(page.count, now);
        match sweep.accept(page, found, &mut self.known, seen, links, now) {
            Finish::GoesOn => self.sweep = Some(sweep),
            Finish::TooLong => {
                self.scan_failed(now);
                self.retry_at = Some(now.plus(RETRY_TOO_LONG));
            }
            // The regular scan reads pages; until then no link that has run out causes another one.
            Finish::TooEarly => self.ends_at = None,
            Finish::WakesInstead { count } => {
                self.wake_all(now);
                self.known.woken(count, sweep.begun_at());
                self.finish(&sweep, links);
            }
            Finish::AlreadyWoken => self.finish(&sweep, links),
            Finish::Unchanged => self.settle(&sweep, links, now),
            Finish::Explained { count } => {
                self.known.explained(count, sweep.newest(&self.known));
                self.settle(&sweep, links, now);
            }
            Finish::Walked(walked) => {
                if self.known.walked(&walked, sweep.begun_at(), self.woken_at) {
                    self.wake_all(now);
                }
                if walked.is_whole {
                    self.settle(&sweep, links, now);
                } else if walked.misses {
                    self.missed(&sweep, links, now);
                } else {
                    self.finish(&sweep, links);
                }
            }
        }
    }

    /// A portion of the hits was sent: `after` is the last of them if there may be more, and `failed` says whether an order did not take
    /// its hit. Those are sent again after a minute, and after twice as long each time, up to ten minutes.
    pub fn on_hits_sent(&mut self, after: Option<PaymentId>, failed: bool, now: UnixMillis) {
        let Some(pass) = self.hits.take() else { return };
        let failed = failed || pass.failed;
        self.hits = match after {
            Some(after) => Some(Pass { after: Some(after), due: now, failed }),
            None if failed => {
                let wait = doubled(RETRY, self.unsent, SCAN_EVERY);
                self.unsent = self.unsent.saturating_add(1);
                Some(Pass::begin(now.plus(wait)))
            }
            None => {
                self.unsent = 0;
                None
            }
        };
    }

    /// A portion of links was sent that their payments are not in the list: `after` is the last of them if there may be more.
    pub fn on_absent_sent(&mut self, after: Option<PaymentId>, now: UnixMillis) {
        self.absent = after.map(|after| Pass { after: Some(after), ..Pass::begin(now) });
    }

    /// A portion of links was woken: `after` is the last of them if there may be more, and `failed` says whether an order did not answer.
    pub fn on_woken(&mut self, after: Option<PaymentId>, failed: bool, now: UnixMillis) {
        let failed = failed || self.waking.is_some_and(|pass| pass.failed);
        self.waking = after.map(|after| Pass { after: Some(after), due: now, failed });
        if self.waking.is_none() {
            self.known.all_woken(failed);
            if std::mem::take(&mut self.wakes_again) {
                self.wake_all(now);
            }
        }
    }

    /// Returns when the last scan began that read all pages. A payment that was known to be confirmed by then and was not found is not in
    /// the list.
    pub const fn walked_at(&self) -> Option<UnixMillis> {
        self.known.walked_at
    }

    /// A page could not be read: it is read again once. If not even the list's size could be read, after a scan that failed, it is not.
    fn page_failed(&mut self, mut sweep: Sweep, now: UnixMillis) {
        let still_fails = self.failures > 1 && sweep.is_at_probe();
        if !still_fails && sweep.retry_page(now.plus(RETRY)) {
            self.sweep = Some(sweep);
        } else {
            self.scan_failed(now);
        }
    }

    /// The scan has failed: it is begun anew later.
    fn scan_failed(&mut self, now: UnixMillis) {
        self.failures = self.failures.saturating_add(1).max(2);
        self.retry_at = Some(now.plus(doubled(RETRY_SCAN, self.failures - 2, SCAN_EVERY)));
        self.ends_at = None;
    }

    /// A scan has come to an end, but may have missed payments: the next one begins soon. If that may have missed some as well, links are
    /// woken as if the list could not be read.
    fn missed(&mut self, sweep: &Sweep, links: &Links, now: UnixMillis) {
        if self.failures > 0 {
            return self.scan_failed(now);
        }
        self.finish(sweep, links);
        (self.failures, self.retry_at) = (1, Some(now.plus(RETRY)));
    }

    /// A scan has come to an end.
    fn finish(&mut self, sweep: &Sweep, links: &Links) {
        self.scanned_at = Some(sweep.begun_at());
        (self.failures, self.retry_at, self.ends_at) = (0, None, links.ends_at);
    }

    /// A scan has come to an end, and has found every payment that was confirmed before it began.
    fn settle(&mut self, sweep: &Sweep, links: &Links, now: UnixMillis) {
        self.finish(sweep, links);
        if !self.known.is_readable() || !self.known.covers(links.late_at) {
            return;
        }
        if links.settling {
            self.settled_at = Some(sweep.begun_at());
            self.absent = Some(Pass::begin(now));
        }
    }

    /// Begins to wake all links, but not more often than every ten minutes.
    fn wake_all(&mut self, now: UnixMillis) {
        match &self.waking {
            // Some were woken before what is known now.
            Some(Pass { after: Some(_), .. }) => self.wakes_again = true,
            Some(Pass { after: None, .. }) => {}
            None => {
                let at = self.may_wake_at(now);
                self.waking = Some(Pass::begin(at));
                self.woken_at = Some(at);
            }
        }
    }

    /// Returns when links may be woken again.
    fn may_wake_at(&self, now: UnixMillis) -> UnixMillis {
        self.woken_at.map_or(now, |at| at.plus(SCAN_EVERY).max(now))
    }
}

fn due(pass: &Option<Pass>, now: UnixMillis) -> Option<Pass> {
    pass.filter(|pass| pass.due <= now)
}
