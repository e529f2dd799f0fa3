//! The history that an order keeps for operators: what happened to it, and who read or exported the payer's data.

use std::time::Duration;

use super::Order;
use super::attempt::{Outcome, Stage};
use crate::edge::Role;
use crate::edge::order_detail::{Entry, Milestone};
use crate::value::UnixMillis;

/// How many entries a history keeps: the first ones and the latest.
const HISTORY: usize = 64;
const KEPT_FIRST: usize = 8;

/// How many reads are kept, apart from the history so that they push nothing out of it: the first ones and the latest.
const READS: usize = 32;
const READS_KEPT_FIRST: usize = 4;

/// Within this time a further read by the same role is the same one: a page that follows an order asks every few seconds.
pub const SAME_READ: Duration = Duration::from_secs(10 * 60);

impl Entry {
    pub(super) const fn begun(attempt: u8, at: UnixMillis, role: Option<Role>) -> Self {
        Self { at, attempt, what: Milestone::Begun, role }
    }

    pub(super) const fn paid(attempt: u8, at: UnixMillis) -> Self {
        Self { at, attempt, what: Milestone::Paid, role: None }
    }

    pub(super) const fn on_hold(attempt: u8, at: UnixMillis) -> Self {
        Self { at, attempt, what: Milestone::OnHold, role: None }
    }
}

impl Order {
    pub(super) fn record(&mut self, entry: Entry) {
        let is_same =
            |last: &Entry| last.attempt == entry.attempt && last.what == entry.what && last.role == entry.role;
        if self.history.last().is_some_and(is_same) {
            return;
        }
        push(&mut self.history, entry, HISTORY, KEPT_FIRST);
    }

    /// Records that the payer's data was read, as long as there is any.
    pub(super) fn record_read(&mut self, what: Milestone, by: Role, now: UnixMillis) {
        if self.terms.billing_information.is_none() {
            return;
        }
        let is_one = what == Milestone::DeliveryRead;
        let mut of_role = self.reads.iter().rev().filter(|entry| entry.what == what && entry.role == Some(by));
        if !is_one && of_role.next().is_some_and(|last| now.since(last.at) < SAME_READ) {
            return;
        }
        let entry = Entry { at: now, attempt: self.current.number, what, role: Some(by) };
        push(&mut self.reads, entry, READS, READS_KEPT_FIRST);
    }

    /// Returns what happened and who read it, by time.
    pub(super) fn whole_history(&self) -> Vec<Entry> {
        let mut entries = self.history.clone();
        entries.extend(self.reads.iter().cloned());
        entries.sort_by_key(|entry| entry.at);
        entries
    }

    /// Writes down where the current attempt has come to, if that is news.
    pub(super) fn record_stage(&mut self, now: UnixMillis) {
        let what = match &self.current.stage {
            Stage::Creating { .. } => return,
            Stage::Proving { .. } => Milestone::Proving,
            Stage::Searching { .. } => Milestone::Searching,
            Stage::Open { .. } => Milestone::Opened,
            Stage::Cancelling { .. } => Milestone::Cancelling,
            Stage::Closed(outcome) => match outcome {
                Outcome::Paid { .. } => Milestone::Paid,
                Outcome::Expired => Milestone::Expired,
                Outcome::Cancelled => Milestone::Cancelled,
                Outcome::Refused { .. } => Milestone::Refused,
                Outcome::Abandoned => Milestone::Abandoned,
                Outcome::NeedsReview { .. } => Milestone::OnHold,
            },
        };
        self.record(Entry { at: now, attempt: self.current.number, what, role: None });
    }
}

/// Adds an entry; a list that is full loses the oldest of those behind the first ones.
fn push(entries: &mut Vec<Entry>, entry: Entry, limit: usize, kept_first: usize) {
    if entries.len() >= limit {
        entries.remove(kept_first);
    }
    entries.push(entry);
}
