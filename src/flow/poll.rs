//! When to read a payment: rarely enough for Compago, soon enough for the payer.
//!
//! Compago sends no webhooks, so a payment is only known to be paid by asking. The [list watcher](super::watch) reads Compago's list of
//! confirmed payments for all registered links together, and sends each payment that it finds to its order. The order reads the payment
//! itself when one of these causes it:
//!
//! - the **alarm**. A registered link is read a few times while it is young, then once a day in case the list is wrong, and at its end.
//!   A link that is not registered, or whose last read failed, is read every ten minutes at the least;
//! - a **payer's page** that polls. Such reads thin out quickly, whatever the number of pages, and end with [`PAYER_PAGE_BUDGET`];
//! - a **return** of the payer's browser, which restarts the schedule of a new link. Only the first [`RETURNS`] do;
//! - an **operator**: while the link's page is open, and when somebody asks for a read, at most [`OPERATOR_BUDGET`] for a link;
//! - a message of the **list watcher**: it has found the payment, or could not learn whether the list holds it.
//!
//! Whatever causes them, two reads of one payment are at least [`MIN_GAP`] apart, unless the object that keeps the payment crashed
//! in between and forgot the first.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::clock;
use crate::value::UnixMillis;

mod read_cause;

pub use read_cause::ReadCause;

/// The least time between two reads of one payment.
pub const MIN_GAP: Duration = Duration::from_secs(3);

/// The most reads of one payment that operators cause.
pub const OPERATOR_BUDGET: u16 = 60;

/// The most reads of one payment that payers' open pages cause.
pub const PAYER_PAGE_BUDGET: u16 = 16;

/// The number of returns that restart the schedule; further ones are reloads or abuse.
pub const RETURNS: u8 = 4;

/// The longest time between two reads of a payment whose link is not registered with the list watcher.
pub const MAX_ALARM_GAP: Duration = Duration::from_secs(10 * 60);

/// The longest time between two reads of a payment whose link is registered with the list watcher.
pub const READ_OF_OWN: Duration = Duration::from_secs(24 * 60 * 60);

const FIRST_ALARM_GAP: Duration = Duration::from_secs(60);
/// After one read that failed: with [`MAX_ALARM_GAP`] before it, still less than a quarter of an hour.
const SECOND_READ: Duration = Duration::from_secs(4 * 60);
/// The ages at which a registered link is read.
const READS_WHILE_YOUNG: [Duration; 3] = [FIRST_ALARM_GAP, Duration::from_secs(3 * 60), Duration::from_secs(9 * 60)];
/// Reads for payers' pages that are kept for the time after the payer's return, when an answer matters most.
const KEPT_FOR_RETURN: u16 = 8;
/// Reads that open pages cause by themselves: at least the rest of [`OPERATOR_BUDGET`] is for operators who ask for one.
const OPERATOR_PAGE_BUDGET: u16 = 40;
/// The time before the first read that an open page causes. It grows with the square of their number, to two minutes
/// before the last one, whenever the page is opened.
const OPERATOR_PAGE_GAP: Duration = Duration::from_secs(5);
const OPERATOR_PAGE_GAP_GROWTH: Duration = Duration::from_millis(75);

/// The reads of one payment, and when the next one is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PollSchedule {
    /// When the link was opened, or the payer last returned.
    fresh_since: UnixMillis,
    last_read_at: UnixMillis,
    reads: u16,
    /// Reads that payers' open pages caused.
    #[serde(rename = "watched")]
    payer_page_reads: u16,
    /// Reads that operators' open pages caused; none in links that were opened before these were counted.
    operator_page_reads: Option<u16>,
    /// Reads that operators asked for.
    operator_checks: Option<u16>,
    returns: u8,
    /// Reads in a row without a usable answer.
    #[serde(rename = "untold")]
    failures: u8,
    /// Whether the last read was answered; none if that was not recorded yet.
    answered: Option<bool>,
    /// Compago's list has shown it as confirmed.
    #[serde(rename = "listed")]
    listed_as_confirmed: bool,
}

impl PollSchedule {
    /// A link that was just proved and opened, which took a read.
    pub const fn opened(now: UnixMillis) -> Self {
        Self {
            fresh_since: now,
            last_read_at: now,
            reads: 1,
            payer_page_reads: 0,
            operator_page_reads: None,
            operator_checks: None,
            returns: 0,
            failures: 0,
            answered: Some(true),
            listed_as_confirmed: false,
        }
    }

    /// Corrects its times if the clock was set back.
    pub(super) fn correct_times(&mut self, now: UnixMillis) {
        clock::correct_past([&mut self.fresh_since, &mut self.last_read_at], now);
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

    /// Returns when the alarm reads next. `is_registered` says whether the list watcher knows the link.
    pub fn alarm_at(&self, is_registered: bool) -> UnixMillis {
        let age = self.last_read_at.since(self.fresh_since);
        if is_registered && self.failures == 0 {
            let while_young = READS_WHILE_YOUNG.into_iter().find(|at| *at > age);
            let at = while_young.map_or(self.last_read_at.plus(READ_OF_OWN), |at| self.fresh_since.plus(at));
            return at.max(self.read_at());
        }
        let longest = if self.failures == 1 { SECOND_READ } else { MAX_ALARM_GAP };
        self.last_read_at.plus((age / 3).clamp(FIRST_ALARM_GAP, longest))
    }

    /// When a payer's page may cause the next read; `None` once such pages have used their share.
    pub fn payer_page_at(&self) -> Option<UnixMillis> {
        let share = if self.returns > 0 { PAYER_PAGE_BUDGET } else { PAYER_PAGE_BUDGET - KEPT_FOR_RETURN };
        if self.payer_page_reads >= share {
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
        if self.returns >= RETURNS {
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

    /// Whether the payer has returned since the last read.
    pub fn awaits_read_after_return(&self) -> bool {
        self.returns > 0 && self.last_read_at < self.fresh_since
    }

    /// Records that a read was sent.
    pub fn read(&mut self, cause: ReadCause, now: UnixMillis) {
        self.reads = self.reads.saturating_add(1);
        match cause {
            ReadCause::PayerPage => {
                self.payer_page_reads = self.payer_page_reads.saturating_add(1);
            }
            ReadCause::OperatorPage => count(&mut self.operator_page_reads),
            ReadCause::OperatorCheck => count(&mut self.operator_checks),
            ReadCause::Alarm => {}
        }
        self.answered = Some(false);
        self.last_read_at = now;
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

    /// Whether the last read had a usable answer.
    pub const fn last_read_succeeded(&self) -> bool {
        self.failures == 0
    }

    /// Records that Compago's list shows it as confirmed.
    pub const fn record_listed_as_confirmed(&mut self) {
        self.listed_as_confirmed = true;
    }

    /// Whether Compago's list has shown it as confirmed.
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
