//! Reads the whole list though it changes meanwhile, and says whether nothing was missed.
//!
//! Pages are cut anew for each answer from a list whose order is not documented
//! (<https://docs.compago.com/one-time-payment/list>, read November 2026), so one pass over them may miss a payment that
//! moved from where the next page begins to what was read before. Payments are never deleted, though: the list only grows,
//! and every answer says how many stand in it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Status;
use super::list::{ListOneTimePayments, ListedPayment, Page};
use crate::api::list::{PageSize, Walk};
use crate::value::UnixMillis;

/// The most passes over the list that one sweep makes.
const MAX_PASSES: u32 = 5;

/// The most pages of one pass: half a million payments.
const MAX_PAGES: u32 = 1_000;

/// By how much the times of two payments may be off that were made by different machines of Compago's.
const MACHINES_DIFFER: Duration = Duration::from_secs(10);

/// A sweep over the list: ask for [`Sweep::next`], hand the answer to [`Sweep::accept`], until there is none to ask for.
///
/// It is whole as soon as one of these is known of the payments that were seen:
///
/// 1. They are as many as the answer at hand says there are. Then they are all there are.
/// 2. Those that stood in the list at the first answer are as many as it said there were. A payment that is ten seconds
///    older than the newest of the first page stood there. This ends a sweep over a list with the newest first, to which
///    more come than a pass can catch up with.
/// 3. A pass after the first brought nothing that was made before the first answer, and those that were are as many as it
///    said. The two clocks must agree for this, which is why it comes last: it is left where the order tells nothing, or
///    where payments are not of the documented shape.
///
/// A payment that is filtered by its state comes into the list when it gets there: then [`ListedPayment::updated_at`] is what
/// tells its age. Ask for [`Status::Confirmed`] and [`Status::Cancelled`] only, which payments never leave.
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
    /// How many of the seen certainly stood in the list at the first answer.
    seen_of_start: u64,
    /// How many of the seen stood in the list at the first answer, if the clocks agree.
    seen_old: u64,
    /// The most that stood on one page without being readable: so many different ones there are.
    unreadable_at_once: u64,
    unreadable: u64,
}

/// One pass over the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pass {
    /// Counted from 1.
    number: u32,
    /// How many old ones had been seen before it.
    old_before: u64,
    unreadable: u64,
}

/// What the first answer told of the list as it was then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Start {
    /// How many stood in it.
    count: Option<u64>,
    /// How many of the page could not be read.
    unreadable: u64,
    /// When the newest of the page came into the list.
    newest: Option<UnixMillis>,
    /// What came later is new.
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
    /// A sweep over the payments in this state, or in any.
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

    /// The page to ask for, or `None` when the sweep is over.
    #[allow(clippy::should_implement_trait, reason = "the next page depends on the answer to this one")]
    pub fn next(&self) -> Option<ListOneTimePayments> {
        if self.end.is_some() {
            return None;
        }
        let page = self.walk.page()?;
        Some(ListOneTimePayments { status: self.status.clone(), currency: None, page, page_size: PageSize::MAX })
    }

    /// Learns from the page that was asked for, and came now. `fresh` are those of its readable payments that no page of this
    /// sweep has shown before, each once: whoever sweeps keeps their ids.
    pub fn accept(&mut self, answer: &Page, fresh: &[&ListedPayment], now: UnixMillis) {
        if self.end.is_some() {
            return;
        }
        self.learn(answer, fresh, now);
        self.walk.accept(answer);
        self.end = self.judge(answer);
    }

    /// Whether the sweep is over and has missed no payment that stood in the list when it began.
    pub fn is_whole(&self) -> bool {
        self.end == Some(End::Whole)
    }

    /// How many different payments it has seen.
    pub const fn seen(&self) -> u64 {
        self.seen
    }

    /// How many payments there are by the last answer.
    pub const fn count(&self) -> Option<u64> {
        self.count
    }

    /// How many payments could not be read, by the pass that met most of them. They have no id by which to know them again, so
    /// a list that moves shows one twice, or not at all.
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
            Start { count: told_count(answer), unreadable, newest, at: newest.map_or(now, |newest| newest.max(now)) }
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
        let all = told_count(answer) == Some(self.seen.saturating_add(self.unreadable_at_once));
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

/// The count of the answer, unless it may be that of the page: lists for sales partners seem to have such a one.
fn told_count(answer: &Page) -> Option<u64> {
    answer.count.filter(|count| *count > answer.len() || !answer.is_full())
}

fn number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
