//! Reads the whole list while it changes, and determines whether any payment may have been missed.
//!
//! Compago computes the pages for each answer from a list whose order is not documented
//! (<https://docs.compago.com/one-time-payment/list>, read November 2026). A single pass may therefore miss a payment
//! that moved from a page not yet read to one already read. Payments are never deleted, though: the list only grows,
//! and every answer contains its current size.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Status;
use super::list::{ListOneTimePayments, ListedPayment, Page};
use crate::api::list::{PageSize, Walk};
use crate::value::UnixMillis;

/// The maximum number of passes over the list per sweep.
const MAX_PASSES: u32 = 5;

/// The maximum number of pages per pass: 500,000 payments.
const MAX_PAGES: u32 = 1_000;

/// The maximum clock difference between machines of Compago, and the most that our clock may be ahead of theirs.
const MACHINES_DIFFER: Duration = Duration::from_secs(10);

/// A sweep over the list: request [`Sweep::next`], pass the answer to [`Sweep::accept`], and repeat until there is no
/// page left.
///
/// It is complete as soon as one of these conditions holds for the payments seen so far:
///
/// 1. Their number equals the size of the list in the latest answer.
/// 2. The number of those that were in the list at the first answer equals the size in the first answer. A payment that
///    is at least ten seconds older than the newest one of the first page was in the list then. This condition ends a
///    sweep over a list that is sorted newest first and grows faster than a pass can read it.
/// 3. A pass after the first one found no new payment created before the first answer, and the number of those created
///    before it equals the size in the first answer. This compares our clock with Compago's, so it is the last resort:
///    for lists whose order is unknown or that contain unreadable payments. A payment of the last ten seconds before the
///    first answer does not count, so a clock that is up to ten seconds ahead makes no sweep complete that is not.
///
/// With a filter by state, a payment enters the list when it reaches that state, so its age is taken from
/// [`ListedPayment::updated_at`]. Filter by [`Status::Confirmed`] and [`Status::Cancelled`] only, which are final.
///
/// ```
/// use compago::api::one_time_payment::list::Page;
/// use compago::api::one_time_payment::sweep::Sweep;
/// use compago::value::UnixMillis;
///
/// let mut sweep = Sweep::new(None);
/// let request = sweep.next().unwrap();
/// assert_eq!((request.page, request.page_size.get()), (1, 500));
/// sweep.accept(&Page { count: Some(0), ..Page::default() }, &[], UnixMillis(0));
/// assert!(sweep.next().is_none() && sweep.is_whole());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sweep {
    status: Option<Status>,
    walk: Walk,
    pass: Pass,
    start: Option<Start>,
    end: Option<End>,
    count: Option<u64>,
    seen: u64,
    /// How many of the seen payments certainly were in the list at the first answer.
    seen_of_start: u64,
    /// How many of the seen payments were in the list at the first answer, provided that our clock is at most ten seconds
    /// ahead.
    seen_old: u64,
    /// The maximum number of unreadable payments on one page: at least that many different ones exist.
    unreadable_at_once: u64,
    unreadable: u64,
}

/// One pass over the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pass {
    /// Counted from 1.
    number: u32,
    /// The value of `seen_old` when the pass started.
    old_before: u64,
    unreadable: u64,
}

/// The state of the list at the first answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Start {
    /// The size of the list.
    count: Option<u64>,
    /// How many payments of the page were unreadable.
    unreadable: u64,
    /// When the newest payment of the page entered the list.
    newest: Option<UnixMillis>,
    /// Payments that entered the list after this time are new.
    at: UnixMillis,
}

/// How a sweep ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum End {
    Whole,
    Partial,
}

impl Sweep {
    /// Starts a sweep over the payments in this state, or in any.
    pub const fn new(status: Option<Status>) -> Self {
        Self {
            status,
            walk: Walk::new(),
            pass: Pass { number: 1, old_before: 0, unreadable: 0 },
            start: None,
            end: None,
            count: None,
            seen: 0,
            seen_of_start: 0,
            seen_old: 0,
            unreadable_at_once: 0,
            unreadable: 0,
        }
    }

    /// Returns the next request; `None` when the sweep has ended.
    #[allow(clippy::should_implement_trait, reason = "the next page depends on the answer to this one")]
    pub fn next(&self) -> Option<ListOneTimePayments> {
        if self.end.is_some() {
            return None;
        }
        let page = self.walk.page()?;
        Some(ListOneTimePayments { status: self.status.clone(), currency: None, page, page_size: PageSize::MAX })
    }

    /// Updates the sweep with the answer to the last request, received at `now`. `fresh` are the readable payments of
    /// the page that no earlier page of this sweep contained, each once; the caller keeps track of their ids.
    pub fn accept(&mut self, answer: &Page, fresh: &[&ListedPayment], now: UnixMillis) {
        if self.end.is_some() {
            return;
        }
        self.learn(answer, fresh, now);
        self.walk.accept(answer);
        self.end = self.judge(answer);
    }

    /// Returns whether the sweep has ended and missed no payment that was in the list when it began.
    pub fn is_whole(&self) -> bool {
        self.end == Some(End::Whole)
    }

    /// Returns the number of different payments seen.
    pub const fn seen(&self) -> u64 {
        self.seen
    }

    /// Returns the size of the list according to the last answer.
    pub const fn count(&self) -> Option<u64> {
        self.count
    }

    /// Returns the number of unreadable payments in the pass that found most of them. They have no id by which to
    /// recognise them, so in a list that shifts one may be counted twice or not at all.
    pub const fn unreadable(&self) -> u64 {
        self.unreadable
    }

    fn learn(&mut self, answer: &Page, fresh: &[&ListedPayment], now: UnixMillis) {
        let by_update = self.status.is_some();
        let came_at = |payment: &ListedPayment| if by_update { payment.updated_at } else { payment.created_at };
        let unreadable = number(answer.unreadable);
        let first = self.start.is_none();
        let start = *self.start.get_or_insert_with(|| {
            let newest = answer.readable.iter().filter_map(came_at).max();
            let earliest = now.minus(MACHINES_DIFFER);
            Start {
                count: list_size(answer),
                unreadable,
                newest,
                at: newest.map_or(earliest, |newest| newest.max(earliest)),
            }
        });
        let certain = start.newest.map(|newest| newest.minus(MACHINES_DIFFER));
        for payment in fresh {
            let came_at = came_at(payment);
            if came_at.is_none_or(|at| at <= start.at) {
                self.seen_old = self.seen_old.saturating_add(1);
            }
            if first || came_at.zip(certain).is_some_and(|(at, certain)| at < certain) {
                self.seen_of_start = self.seen_of_start.saturating_add(1);
            }
        }
        self.count = answer.count;
        self.seen = self.seen.saturating_add(number(fresh.len()));
        self.unreadable_at_once = self.unreadable_at_once.max(unreadable);
        self.pass.unreadable = self.pass.unreadable.saturating_add(unreadable);
        self.unreadable = self.unreadable.max(self.pass.unreadable);
    }

    fn judge(&mut self, answer: &Page) -> Option<End> {
        let all = list_size(answer) == Some(self.seen.saturating_add(self.unreadable_at_once));
        let of_start = |seen: u64, unreadable: u64| {
            let start = self.start?;
            Some(seen.saturating_add(unreadable.max(start.unreadable)) >= start.count?)
        };
        if all || of_start(self.seen_of_start, 0) == Some(true) {
            return Some(End::Whole);
        }
        match self.walk.page() {
            Some(page) if page > MAX_PAGES => return Some(End::Partial),
            Some(_) => return None,
            None => {}
        }
        let Pass { number, old_before, .. } = self.pass;
        if self.seen_old == old_before && of_start(self.seen_old, self.unreadable) != Some(false) {
            return Some(End::Whole);
        }
        if number == MAX_PASSES {
            return Some(End::Partial);
        }
        self.walk = Walk::new();
        self.pass = Pass { number: number + 1, old_before: self.seen_old, unreadable: 0 };
        None
    }
}

/// Returns the count of the answer, unless it may be the count of the page: lists for sales partners seem to report
/// that instead.
fn list_size(answer: &Page) -> Option<u64> {
    answer.count.filter(|count| *count > answer.len() || !answer.is_full())
}

fn number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
