//! The watcher: looks for the confirmed payments of all open links together, and notifies their orders.
//!
//! Compago sends no notifications. The watcher reads Compago's list of confirmed payments every ten minutes, however many links
//! are open, so that orders need not ask:
//!
//! - **A look begins with a probe**, a page of one item. If the list counts as many payments as it did when all of them were known,
//!   nothing was confirmed, and the look is over after one call.
//! - **Otherwise pages are read**, until as many newly confirmed payments of ours were found as the count has risen by, or to the end.
//!   If there are fewer open links than pages, each link is woken instead, to read its own payment.
//! - **What cannot be known from the list wakes all links**: pages that cannot be read, a sweep that takes too long, items that are no
//!   payment that can be read.
//! - **A complete sweep also says what is not there.** Links that had run out before it began are told so, and need not search.
//!
//! The list proves nothing by itself: an order that is notified reads its own payment. And a list that is wrong is no reason to lose a
//! payment: orders read their payments once a day, whatever the watcher says.
//!
//! The machine decides what to do next ([`Watcher::next`]) and is given the outcome. The caller keeps the open links, stores the machine
//! with what it writes about them, and wakes up at [`Watcher::due_at`]. Everything may happen twice: a crash repeats the work since the
//! machine was last stored.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::clock;
use super::poll::MAX_ALARM_GAP;
use super::record::Record;
use crate::api::one_time_payment::list::Page;
use crate::value::{PaymentId, UnixMillis};

mod known;
mod pass;
mod schedule;
mod sweep;
mod work;

use known::Known;
use pass::Pass;
use sweep::{Finish, Sweep};
pub use work::{Links, Work};

/// How often the list is looked at while links are open.
pub const LOOK_EVERY: Duration = MAX_ALARM_GAP;

/// How many calls one alarm makes: to Compago and to orders together.
pub const CALLS: usize = 40;

/// How many links one portion of a pass wakes.
pub const WAKE_PORTION: usize = 20;

/// The pause between two portions of links that are woken: each of them reads its payment.
const WAKE_GAP: Duration = Duration::from_secs(1);

/// How long after a first failure the same page is read again, and how long after the second one the next sweep begins; from then on the
/// wait doubles, up to [`LOOK_EVERY`].
const RETRY: Duration = Duration::from_secs(60);
const RETRY_SWEEP: Duration = Duration::from_secs(2 * 60);

/// How long after a link was begun it can be registered without being late: until then, nobody can have paid by it.
pub const LATE: Duration = Duration::from_secs(60);

/// What the watcher knows of Compago's list, and what it is doing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Watcher {
    /// When the last look began.
    looked_at: Option<UnixMillis>,
    /// What the looks so far have shown.
    known: Known,
    /// The look that is under way.
    sweep: Option<Sweep>,
    /// The failures since a look last came to an end.
    failures: u8,
    /// When the next look begins after a failure.
    retry_at: Option<UnixMillis>,
    /// The first end of a link that the last look did not settle.
    ends_at: Option<UnixMillis>,
    /// When the sweep began by which links that had run out were last settled.
    settled_at: Option<UnixMillis>,
    /// Sends what was found.
    hits: Option<Pass>,
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
    /// Returns when to go on; `opened_at` is when the first of the open links was begun, if there are any.
    pub fn due_at(&self, opened_at: Option<UnixMillis>) -> Option<UnixMillis> {
        let opened_at = opened_at?;
        let look = self.sweep.as_ref().map_or_else(|| self.look_at(opened_at), Sweep::due);
        let passes = [&self.hits, &self.absent, &self.waking].into_iter().flatten();
        passes.map(|pass| pass.due).chain([look]).chain(self.blind_at()).min()
    }

    /// Returns what to do now; `None` if nothing is due.
    pub fn next(&mut self, links: &Links, now: UnixMillis) -> Option<Work> {
        self.correct_times(now);
        if links.open == 0 {
            self.rest();
            return None;
        }
        if let Some(pass) = due(&self.hits, now) {
            return Some(Work::SendHits { after: pass.after });
        }
        if let (Some(pass), Some(read_at)) = (due(&self.absent, now), self.settled_at) {
            return Some(Work::SendAbsent { after: pass.after, read_at });
        }
        if self.blind_at().is_some_and(|at| at <= now) {
            self.wake_all(now);
        }
        if let Some(pass) = due(&self.waking, now) {
            return Some(Work::Wake { after: pass.after });
        }
        if self.sweep.is_none() && self.look_at(links.opened_at) <= now {
            let is_early = self.regular_at(links.opened_at) > now;
            self.sweep = Some(Sweep::begin(is_early, now));
        }
        let sweep = self.sweep.as_ref().filter(|sweep| sweep.due() <= now)?;
        sweep.request().map(Work::Read)
    }

    /// Takes a page that was to be read; `None` if that failed. `found` is the number of its confirmed payments that belong to
    /// registered links and had no hit before.
    pub fn on_page(&mut self, answer: Option<&Page>, found: u64, links: &Links, now: UnixMillis) {
        let Some(mut sweep) = self.sweep.take() else { return };
        if found > 0 {
            self.hits = Some(Pass::begin(now));
        }
        let Some(page) = answer else { return self.failed(sweep, now) };
        self.known.note_count(page.count);
        match sweep.accept(page, found, &self.known, links, now) {
            Finish::GoesOn => self.sweep = Some(sweep),
            Finish::Endless => self.failed_again(now),
            // The regular look reads pages; until then no link that has run out causes another one.
            Finish::TooEarly => self.ends_at = None,
            Finish::Woken { count } => {
                self.wake_all(now);
                self.known.woken(count, sweep.begun_at());
                self.finish(&sweep, links);
            }
            Finish::Known => self.finish(&sweep, links),
            Finish::Unchanged => self.settle(&sweep, links, now),
            Finish::Explained { count } => {
                self.known.explained(count, sweep.newest());
                self.settle(&sweep, links, now);
            }
            Finish::Walked(walked) => {
                if self.known.walked(&walked, sweep.begun_at()) {
                    self.wake_all(now);
                }
                if walked.is_whole {
                    self.settle(&sweep, links, now);
                } else {
                    self.finish(&sweep, links);
                }
            }
        }
    }

    /// A portion of the hits was sent: `after` is the last of them if there may be more, and `failed` says whether an order did not answer.
    pub fn on_hits_sent(&mut self, after: Option<PaymentId>, failed: bool, now: UnixMillis) {
        let Some(pass) = self.hits.take() else { return };
        let failed = failed || pass.failed;
        self.hits = match after {
            Some(after) => Some(Pass { after: Some(after), due: now, failed }),
            // Those that did not answer are sent again, together.
            None => failed.then(|| Pass::begin(now.plus(RETRY))),
        };
    }

    /// A portion of links was told that their payments are not in the list: `after` is the last of them if there may be more.
    pub fn on_absent_sent(&mut self, after: Option<PaymentId>, now: UnixMillis) {
        self.absent = after.map(|after| Pass { after: Some(after), ..Pass::begin(now) });
    }

    /// A portion of links was woken: `after` is the last of them if there may be more, and `failed` says whether an order did not answer.
    pub fn on_woken(&mut self, after: Option<PaymentId>, failed: bool, now: UnixMillis) {
        if failed {
            self.known.not_woken();
        }
        self.waking = after.map(|after| Pass { after: Some(after), ..Pass::begin(now.plus(WAKE_GAP)) });
        if self.waking.is_none() && std::mem::take(&mut self.wakes_again) {
            self.wake_all(now);
        }
    }

    /// There is no link any more: what is under way ends. What is known of the list stays known.
    pub fn rest(&mut self) {
        (self.sweep, self.hits, self.absent, self.waking) = (None, None, None, None);
        (self.failures, self.retry_at, self.ends_at, self.wakes_again) = (0, None, None, false);
    }

    /// Returns when the last sweep began that read all pages. A payment that was known to be confirmed by then and was not found is not in
    /// the list.
    pub const fn walked_at(&self) -> Option<UnixMillis> {
        self.known.walked_at
    }

    /// A page could not be read.
    fn failed(&mut self, mut sweep: Sweep, now: UnixMillis) {
        if self.failures == 0 {
            self.failures = 1;
            sweep.wait_until(now.plus(RETRY));
            self.sweep = Some(sweep);
        } else {
            self.failed_again(now);
        }
    }

    /// The sweep has failed: it is begun anew later.
    fn failed_again(&mut self, now: UnixMillis) {
        self.failures = self.failures.saturating_add(1).max(2);
        let doublings = u32::from(self.failures - 2).min(4);
        self.retry_at = Some(now.plus((RETRY_SWEEP * 2u32.pow(doublings)).min(LOOK_EVERY)));
        self.ends_at = None;
    }

    /// A look has come to an end.
    fn finish(&mut self, sweep: &Sweep, links: &Links) {
        self.looked_at = Some(sweep.begun_at());
        (self.failures, self.retry_at, self.ends_at) = (0, None, links.ends_at);
    }

    /// A look has come to an end, and has found every payment that was confirmed before it began.
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
        if self.waking.as_ref().is_some_and(|pass| pass.after.is_some()) {
            self.wakes_again = true;
            return;
        }
        let at = self.may_wake_at(now);
        self.waking = Some(Pass::begin(at));
        self.woken_at = Some(at);
    }

    /// Returns when links may be woken again.
    fn may_wake_at(&self, now: UnixMillis) -> UnixMillis {
        self.woken_at.map_or(now, |at| at.plus(LOOK_EVERY).max(now))
    }

    /// Corrects its times if the clock was set back.
    fn correct_times(&mut self, now: UnixMillis) {
        // What was read before and after that cannot be put in order.
        self.sweep.take_if(|sweep| sweep.begun_at() > now);
        clock::correct_past([&mut self.looked_at, &mut self.settled_at].into_iter().flatten(), now);
        self.known.correct_times(now);
        let passes = [&mut self.hits, &mut self.absent, &mut self.waking].into_iter().flatten();
        clock::correct(passes.map(|pass| &mut pass.due), LOOK_EVERY, now);
        clock::correct(self.retry_at.iter_mut().chain(&mut self.woken_at), LOOK_EVERY, now);
        if let Some(sweep) = &mut self.sweep {
            sweep.correct_times(now);
        }
    }
}

fn due(pass: &Option<Pass>, now: UnixMillis) -> Option<Pass> {
    pass.filter(|pass| pass.due <= now)
}
