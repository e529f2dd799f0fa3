//! When to poll a payment: rarely enough for Compago, soon enough for the payer.
//!
//! Compago sends no webhooks, so a payment is only known to be paid by polling. Three things cause a poll:
//!
//! - the **alarm**, for a link that nobody watches. It reads the payment itself while the link is young, and later polls
//!   in a *batch*: one read of the list of confirmed payments answers for all open payments, every ten minutes, with a
//!   direct read every two hours in case the list is wrong;
//! - a **watcher**: a page that polls. Its reads thin out quickly, whatever the number of pages;
//! - a **return** of the payer's browser, which restarts the schedule of a new link.
//!
//! All of them together make at most [`READ_BUDGET`] reads of one payment before its link runs out, at least
//! [`MIN_GAP`] apart. The reads that close a payment come on top and are bounded by the order's machine. So do the reads
//! that signed-in operators cause, at most [`OPERATOR_BUDGET`] for a link: while the link's page is open, and when somebody
//! asks for one. They keep the same distance from all others.
//!
//! A direct read that fails is followed by a batch poll, and a batch poll that fails by a direct read: one of Compago's calls
//! may work while the other does not.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::clock;
use crate::value::UnixMillis;

mod watched;

pub use watched::Watched;

/// The least time between two reads of one payment.
pub const MIN_GAP: Duration = Duration::from_secs(3);

/// The most reads of one payment while its link can be paid.
pub const READ_BUDGET: u16 = 54;

/// The most reads of one payment that operators cause, on top of [`READ_BUDGET`].
pub const OPERATOR_BUDGET: u16 = 60;

/// The longest time in which a confirmed payment stays unnoticed, if the list can be read.
pub const MAX_ALARM_GAP: Duration = Duration::from_secs(10 * 60);

const FIRST_ALARM_GAP: Duration = Duration::from_secs(60);
/// After one poll that failed: with [`MAX_ALARM_GAP`] before it, still less than a quarter of an hour.
const SECOND_POLL: Duration = Duration::from_secs(4 * 60);
const READ_OF_OWN: Duration = Duration::from_secs(2 * 60 * 60);
const ALARM_BUDGET: u16 = 38;
const WATCH_BUDGET: u16 = 16;
/// Watched reads kept for the time after the payer's return, when an answer matters most.
const KEPT_FOR_RETURN: u16 = 8;
/// Reads that open pages cause by themselves: at least the rest of [`OPERATOR_BUDGET`] is for operators who ask for one.
const OPERATOR_PAGE_BUDGET: u16 = 40;
/// The time before the first read that an open page causes. It grows with the square of their number, to two minutes
/// before the last one, whenever the page is opened.
const OPERATOR_PAGE_GAP: Duration = Duration::from_secs(5);
const OPERATOR_PAGE_GAP_GROWTH: Duration = Duration::from_millis(75);
/// The number of returns that restart the schedule; further ones are reloads or abuse.
const RETURNS: u8 = 4;

/// The polls of one payment, and when the next one is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PollSchedule {
    /// When the link was opened, or the payer last returned.
    fresh_since: UnixMillis,
    last_read_at: UnixMillis,
    #[serde(rename = "lastLookAt")]
    last_poll_at: UnixMillis,
    reads: u16,
    watched: u16,
    /// Reads that operators' open pages caused; none in links that were opened before these were counted.
    operator_page_reads: Option<u16>,
    /// Reads that operators asked for.
    operator_checks: Option<u16>,
    returns: u8,
    /// Polls in a row without a usable answer.
    #[serde(rename = "untold")]
    failures: u8,
    /// Whether the last read was answered; none if that was not recorded yet.
    answered: Option<bool>,
    /// The last poll was one of the batch, and had no answer.
    list_failed: bool,
    /// The batch has shown it as confirmed.
    #[serde(rename = "listed")]
    listed_as_confirmed: bool,
}

/// How the alarm polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PollKind {
    /// Reads the payment itself.
    Direct,
    /// Asks for the list of confirmed payments that all open payments share.
    Batch,
}

impl PollSchedule {
    /// A link that was just proved and opened, which took a read.
    pub const fn opened(now: UnixMillis) -> Self {
        Self {
            fresh_since: now,
            last_read_at: now,
            last_poll_at: now,
            reads: 1,
            watched: 0,
            operator_page_reads: None,
            operator_checks: None,
            returns: 0,
            failures: 0,
            answered: Some(true),
            list_failed: false,
            listed_as_confirmed: false,
        }
    }

    /// Corrects its times if the clock was set back.
    pub(super) fn correct_times(&mut self, now: UnixMillis) {
        clock::correct_past([&mut self.fresh_since, &mut self.last_read_at, &mut self.last_poll_at], now);
    }

    /// How many reads count against [`READ_BUDGET`].
    fn budgeted(&self) -> u16 {
        self.reads.saturating_sub(self.operator_reads())
    }

    /// How many reads count against [`OPERATOR_BUDGET`].
    fn operator_reads(&self) -> u16 {
        self.operator_page_reads.unwrap_or_default().saturating_add(self.operator_checks.unwrap_or_default())
    }

    /// How many reads were made.
    pub const fn reads(&self) -> u16 {
        self.reads
    }

    /// When the last read was sent.
    pub const fn last_read_at(&self) -> UnixMillis {
        self.last_read_at
    }

    /// Whether the last read was answered.
    pub fn is_answered(&self) -> bool {
        self.answered.unwrap_or(self.failures == 0)
    }

    /// Returns when the alarm polls next.
    pub fn alarm_at(&self) -> UnixMillis {
        let age = self.last_poll_at.since(self.fresh_since);
        let longest = if self.failures == 1 { SECOND_POLL } else { MAX_ALARM_GAP };
        self.last_poll_at.plus((age / 3).clamp(FIRST_ALARM_GAP, longest))
    }

    /// Returns how the alarm polls.
    pub fn alarm_poll(&self, now: UnixMillis) -> PollKind {
        let young = now.since(self.fresh_since) < MAX_ALARM_GAP * 3;
        let own = now.since(self.last_read_at) >= READ_OF_OWN;
        self.kind_within(ALARM_BUDGET, young || own)
    }

    /// Returns how the alarm polls while there is a hint that the payment was paid.
    pub fn claim_poll(&self) -> PollKind {
        self.kind_within(READ_BUDGET, true)
    }

    fn kind_within(&self, budget: u16, wanted: bool) -> PollKind {
        let read_failed = self.failures > 0 && !self.list_failed;
        let read = self.list_failed || (wanted && !read_failed);
        if read && self.budgeted() < budget { PollKind::Direct } else { PollKind::Batch }
    }

    /// When a watcher may cause the next read; `None` once watchers have used their share.
    pub fn watch_at(&self) -> Option<UnixMillis> {
        let share = if self.returns > 0 { WATCH_BUDGET } else { WATCH_BUDGET - KEPT_FOR_RETURN };
        if self.watched >= share || !self.may_read() {
            return None;
        }
        let age = self.last_read_at.since(self.fresh_since);
        Some(self.last_read_at.plus((age / 3).max(MIN_GAP)))
    }

    /// When an operator's open page may cause the next read; `None` once such pages have used their share.
    pub fn operator_page_at(&self) -> Option<UnixMillis> {
        let made = self.operator_page_reads.unwrap_or_default();
        let gap = OPERATOR_PAGE_GAP + OPERATOR_PAGE_GAP_GROWTH * u32::from(made) * u32::from(made);
        (made < OPERATOR_PAGE_BUDGET && self.checks_left() > 0).then(|| self.last_read_at.plus(gap))
    }

    /// When an operator who asks for a read may have it; `None` once there were [`OPERATOR_BUDGET`].
    pub fn check_at(&self) -> Option<UnixMillis> {
        (self.checks_left() > 0).then(|| self.read_at())
    }

    /// How many more reads operators may cause.
    pub fn checks_left(&self) -> u16 {
        OPERATOR_BUDGET.saturating_sub(self.operator_reads())
    }

    /// The payer came back: whether this return makes the payment fresh, and then when it may be read.
    pub fn returned(&mut self, now: UnixMillis) -> Option<UnixMillis> {
        if self.returns >= RETURNS || !self.may_read() {
            return None;
        }
        self.returns += 1;
        self.fresh_since = now;
        self.failures = 0;
        Some(self.read_at().max(now))
    }

    /// When the payment may be read again, whoever asks.
    pub fn read_at(&self) -> UnixMillis {
        self.last_read_at.plus(MIN_GAP)
    }

    /// Whether the payer has returned since the last read, and one may still be made.
    pub fn awaits_read_after_return(&self) -> bool {
        self.returns > 0 && self.last_read_at < self.fresh_since && self.may_read()
    }

    /// Whether reads are left.
    pub fn may_read(&self) -> bool {
        self.budgeted() < READ_BUDGET
    }

    /// Records that a read was sent.
    pub fn read(&mut self, watched: Watched, now: UnixMillis) {
        self.reads = self.reads.saturating_add(1);
        match watched {
            Watched::Yes => self.watched = self.watched.saturating_add(1),
            Watched::ByOperator => count(&mut self.operator_page_reads),
            Watched::Check => count(&mut self.operator_checks),
            Watched::No => {}
        }
        self.answered = Some(false);
        self.last_read_at = now;
        self.last_poll_at = now;
        self.list_failed = false;
    }

    /// Records that a read had a usable answer.
    pub const fn record_success(&mut self) {
        self.failures = 0;
        self.answered = Some(true);
    }

    /// Records that a read failed.
    pub const fn record_failure(&mut self) {
        self.failures = self.failures.saturating_add(1);
    }

    /// Whether the last poll had a usable answer.
    pub const fn last_poll_succeeded(&self) -> bool {
        self.failures == 0
    }

    /// Records that a batch poll was sent.
    pub fn start_batch(&mut self, now: UnixMillis) {
        self.last_poll_at = now;
    }

    /// Records the result of a batch poll: whether the payment is confirmed; `None` if it failed.
    pub fn finish_batch(&mut self, confirmed: Option<bool>) {
        self.list_failed = confirmed.is_none();
        self.listed_as_confirmed |= confirmed == Some(true);
        self.failures = if self.list_failed { self.failures.saturating_add(1) } else { 0 };
    }

    /// Whether a batch poll has shown it as confirmed.
    pub const fn is_listed_as_confirmed(&self) -> bool {
        self.listed_as_confirmed
    }

    /// Whether the payer's return, or the opening, is long enough ago for a pending answer to be believed.
    pub fn is_settled(&self, now: UnixMillis) -> bool {
        now.since(self.fresh_since) >= FIRST_ALARM_GAP
    }
}

fn count(reads: &mut Option<u16>) {
    *reads = Some(reads.unwrap_or_default().saturating_add(1));
}

/// The wait before try number `tries + 1` of a call that failed: 3 s, doubling, at most ten minutes.
pub fn backoff(tries: u8) -> Duration {
    let doublings = u32::from(tries.saturating_sub(1)).min(8);
    (MIN_GAP * 2u32.pow(doublings)).min(MAX_ALARM_GAP)
}
