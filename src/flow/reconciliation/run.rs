//! One reconciliation run.
//!
//! ```text
//!   Reading ──► Comparing ──► Checking ──► Done
//!      │                         │
//!      └── lost again and again ─┴───────► Failed
//! ```
//!
//! Reading takes a snapshot of Compago's whole list. Comparing finds what does not fit, which may only be out of date.
//! Checking asks the orders themselves, one after the other, and has them settle what can be settled.

use serde::{Deserialize, Serialize};

use super::Class;
use crate::api::one_time_payment::list::{ListOneTimePayments, ListedPayment, Page};
use crate::api::one_time_payment::sweep::Sweep;
use crate::edge::reconciliation::{Progress, RunView, Stage, StartedBy};
use crate::flow::clock;
use crate::flow::poll::{MAX_ALARM_GAP, backoff};
use crate::flow::record::Record;
use crate::value::{PaymentId, UnixMillis};

/// How often something that fails is tried: for about two hours.
const MAX_TRIES: u8 = 20;

/// How often what is to be known of one payment is asked for before a person is asked to look: for about ten minutes.
const MAX_LOOKUPS: u8 = 8;

/// A reconciliation run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    started_at: UnixMillis,
    started_by: StartedBy,
    finished_at: Option<UnixMillis>,
    stage: Stage,
    sweep: Sweep,
    tries: u8,
    due: Option<UnixMillis>,
    /// How many orders there were to compare.
    orders: u64,
    /// How many payments or orders do not fit at first sight.
    #[serde(rename = "suspects")]
    candidates: u64,
    /// How many of them were looked into.
    checked: u64,
    /// The last of the payments that were made in a foreign account, if there are such.
    #[serde(rename = "elsewhere")]
    foreign_account: Option<PaymentId>,
}

impl Record for Run {
    const VERSION: u32 = 1;
}

impl Run {
    /// A comparison that begins now.
    pub const fn begin(started_by: StartedBy, now: UnixMillis) -> Self {
        Self {
            started_at: now,
            started_by,
            finished_at: None,
            stage: Stage::Reading,
            sweep: Sweep::new(None),
            tries: 0,
            due: Some(now),
            orders: 0,
            candidates: 0,
            checked: 0,
            foreign_account: None,
        }
    }

    /// Returns when it began; this identifies the run.
    pub const fn started_at(&self) -> UnixMillis {
        self.started_at
    }

    /// When it ended, if it did.
    pub const fn finished_at(&self) -> Option<UnixMillis> {
        self.finished_at
    }

    /// How far it has come.
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// When to go on; `None` once it is over.
    pub const fn due(&self) -> Option<UnixMillis> {
        self.due
    }

    /// Whether it is to go on now: also if what it waits for lies further ahead than it can have been set, since the clock was
    /// set back.
    pub fn is_due(&self, now: UnixMillis) -> bool {
        self.due.is_some_and(|at| clock::is_due(at, MAX_ALARM_GAP, now))
    }

    /// How often something failed since something last went well.
    pub const fn tries(&self) -> u8 {
        self.tries
    }

    /// Whether what cannot be learnt about a payment is asked for again; else a person must look.
    pub const fn may_look_up_again(&self) -> bool {
        self.tries < MAX_LOOKUPS
    }

    /// The page of the list to ask for, while it is read.
    pub fn page(&self) -> Option<ListOneTimePayments> {
        match self.stage {
            Stage::Reading => self.sweep.next(),
            Stage::Comparing | Stage::Checking | Stage::Done | Stage::Failed => None,
        }
    }

    /// The page came. `fresh` are those of its payments that this run had not seen, each once.
    pub fn read(&mut self, page: &Page, fresh: &[&ListedPayment], now: UnixMillis) {
        self.sweep.accept(page, fresh, now);
        self.tries = 0;
        self.due = Some(now);
        if self.sweep.next().is_none() {
            self.stage = Stage::Comparing;
        }
    }

    /// Whether all that existed when it began was read; false before that is known.
    pub fn is_whole(&self) -> bool {
        self.sweep.is_whole()
    }

    /// How many payments of the list could not be read.
    pub const fn unreadable(&self) -> u64 {
        self.sweep.unreadable()
    }

    /// So many orders were compared, and so many payments do not fit; `foreign_account` is one of these, and stands for all before it.
    pub const fn compared(
        &mut self,
        orders: u64,
        candidates: u64,
        foreign_account: Option<PaymentId>,
        now: UnixMillis,
    ) {
        self.orders = orders;
        self.candidates = candidates;
        self.foreign_account = foreign_account;
        self.stage = Stage::Checking;
        self.go_on(now);
    }

    /// What a disagreement about a payment is called once the payment was read, and the list was right.
    pub fn class_of(&self, payment: PaymentId, class: Class) -> Class {
        let stands_for_all = class == Class::PaidNotConfirmed && self.foreign_account == Some(payment);
        if stands_for_all { Class::PaidElsewhere } else { class }
    }

    /// One more was looked into.
    pub const fn checked(&mut self, now: UnixMillis) {
        self.checked = self.checked.saturating_add(1);
        self.go_on(now);
    }

    /// One was left to a person, since its order could not be read. That counts as a try that failed: where no order at all can be
    /// read, the comparison ends as failed.
    pub fn set_aside(&mut self, now: UnixMillis) {
        self.checked = self.checked.saturating_add(1);
        if self.checked >= self.candidates {
            self.end(Stage::Done, now);
        } else {
            self.failed(now);
        }
    }

    /// Something failed: it is tried again, but not for ever.
    pub fn failed(&mut self, now: UnixMillis) {
        self.tries = self.tries.saturating_add(1);
        self.due = Some(now.plus(backoff(self.tries)));
        if self.tries >= MAX_TRIES {
            self.end(Stage::Failed, now);
        }
    }

    /// Why a person must look at the comparison itself.
    pub fn needs(&self) -> Option<&'static str> {
        match self.stage {
            Stage::Failed => Some("failed"),
            Stage::Done if !self.is_whole() => Some("not-whole"),
            Stage::Done | Stage::Reading | Stage::Comparing | Stage::Checking => None,
        }
    }

    const fn go_on(&mut self, now: UnixMillis) {
        self.tries = 0;
        self.due = Some(now);
        if self.checked >= self.candidates {
            self.end(Stage::Done, now);
        }
    }

    const fn end(&mut self, stage: Stage, now: UnixMillis) {
        self.stage = stage;
        self.due = None;
        self.finished_at = Some(now);
    }
}

impl From<&Run> for RunView {
    fn from(run: &Run) -> Self {
        let (done, of) = match run.stage {
            Stage::Reading | Stage::Failed => (run.sweep.seen(), run.sweep.count()),
            Stage::Comparing | Stage::Checking | Stage::Done => (run.checked, Some(run.candidates)),
        };
        Self {
            started_at: run.started_at,
            finished_at: run.finished_at,
            started_by: run.started_by,
            state: run.stage,
            progress: Progress { done, of },
            payments: run.sweep.seen(),
            orders: run.orders,
            unreadable: run.sweep.unreadable(),
            whole: run.is_whole(),
        }
    }
}
