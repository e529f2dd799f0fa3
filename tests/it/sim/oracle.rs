//! The merchant's ledger, held against what truly happened.

use std::time::Duration;

use compago::edge::order::OrderStatus;
use compago::flow::machine::Machine as _;
use compago::flow::order::SETTLE_MARGIN;
use compago::flow::poll::READ_OF_OWN;
use compago::value::UnixMillis;
use compago::value::amount::Pesos;
use compago::webhook::EventKind;

use super::compago::{Payment, Shown};
use super::life::{Forgotten, Life};
use crate::order::bench::START;

/// In which a confirmed payment is told, once all is well: a quarter of an hour, and the time of the last calls and of
/// alarms that ring late.
const IN_TIME: Duration = Duration::from_secs(15 * 60 + 30);
/// The same for a payment that Compago's list does not show: its own read finds it.
const IN_TIME_UNLISTED: Duration = Duration::from_secs(24 * 60 * 60 + 15 * 60 + 30);
/// A call that was on its way when all became well is given up by then.
const AFTERMATH: Duration = Duration::from_secs(90);

pub(crate) fn check(holds: bool, what: &str) {
    assert!(holds, "{what}");
}

/// After a life in which nothing more will happen.
pub(crate) fn check_end(life: &Life) {
    for number in 0..life.shells.len() {
        check_order(life, number);
    }
}

fn check_order(life: &Life, number: usize) {
    let shell = &life.shells[number];
    let order = shell.machine();
    let holds = check;
    let told = |kind: EventKind| shell.outbox.iter().filter(move |(_, notice)| notice.event.kind == kind);
    let truly_paid = life.paid(number);

    // I1: nothing is paid that was not paid, for this order, with this amount; of a payment that was amended, as far as any
    // answer could tell (see `NamedFacts`).
    for (at, notice) in told(EventKind::OrderPaid) {
        let data = &notice.event.data;
        let payment = truly_paid.iter().find(|payment| Some(payment.id) == data.payment_id);
        let amount = crate::wire::to_value(&Pesos(order.terms().amount)).as_f64();
        holds(
            payment.is_some_and(|payment| {
                payment.made_as == data.external_id.as_str()
                    && (payment.amended || payment.amount.as_f64() == amount)
                    && payment.since <= *at
            }),
            "told as paid, but it was not",
        );
    }
    // I2: once.
    holds(told(EventKind::OrderPaid).count() <= 1, "told as paid twice");
    holds(
        (order.status() == OrderStatus::Paid) == (told(EventKind::OrderPaid).count() == 1),
        "the order and the ledger differ",
    );
    let mut ids: Vec<&str> = shell.outbox.iter().map(|(_, notice)| notice.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    holds(ids.len() == shell.outbox.len(), "two notices with one id");
    // I3 and I4: what was paid is told, in time; every payment of two.
    for payment in &truly_paid {
        let observable = payment.since.plus(life.compago.habits.lag);
        let well_from = life.weather.calm_from.plus(AFTERMATH);
        let in_time = if payment.shown == Shown::Not { IN_TIME_UNLISTED } else { IN_TIME };
        let deadline = found_by(life, number, payment, observable.max(well_from)).plus(in_time);
        let told = shell.outbox.iter().any(|(at, notice)| {
            let kind = notice.event.kind;
            let about = notice.event.data.external_id.as_str() == payment.made_as;
            about && *at <= deadline && matches!(kind, EventKind::OrderPaid | EventKind::OrderOnHold)
        });
        holds(told, "paid, but not told in time");
    }
    // It comes to rest, and forgets who paid.
    holds(!order.status().is_pending() && order.next_wake().is_none(), "never came to rest");
    holds(order.terms().billing_information.is_none(), "never forgot who pays");
    let attempts = order.attempts().count();
    let is_well = life.weather.calm_from == START && !life.compago.habits.list_fails;
    // Where fewer links are open than the list has pages, they are read instead, at most every ten minutes.
    let bound = if is_well { 64 * attempts + shell.oracle.wakes } else { 700 };
    holds(shell.oracle.calls <= bound, "too many calls");
}

/// By when a payment that can be observed from `from` on may have to be found otherwise than by the list watcher, which has forgotten
/// its order: once the order has published again, a day later by its own read, or at the end of its link.
fn found_by(life: &Life, number: usize, payment: &Payment, from: UnixMillis) -> UnixMillis {
    match life.forgotten[number] {
        Some(Forgotten { since, until }) if since < from.plus(IN_TIME) => {
            let by_itself = from.plus(READ_OF_OWN).min(payment.expires_at.plus(SETTLE_MARGIN));
            from.max(until.map_or(by_itself, |until| until.min(by_itself)))
        }
        Some(_) | None => from,
    }
}

/// What lives were seen, so that a change which makes them all alike is noticed.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    orders: usize,
    paid: usize,
    expired: usize,
    cancelled: usize,
    held: usize,
    failed: usize,
    paid_twice: usize,
    retried: usize,
    paid_unseen: usize,
    contradicted: usize,
    settled_after_contradiction: usize,
    /// Found by the list watcher.
    hits: usize,
    /// Expired without a search of the order's own.
    settled_by_sweep: usize,
    /// Paid, and not or not readably in Compago's list.
    unlisted: usize,
    /// Paid while the index had forgotten the order.
    forgotten: usize,
}

impl Seen {
    pub(crate) fn add(&mut self, life: &Life) {
        self.hits += life.index.hits;
        for (number, shell) in life.shells.iter().enumerate() {
            let order = shell.machine();
            self.orders += 1;
            *match order.status() {
                OrderStatus::Paid => &mut self.paid,
                OrderStatus::Expired => &mut self.expired,
                OrderStatus::Cancelled => &mut self.cancelled,
                OrderStatus::OnHold => &mut self.held,
                OrderStatus::Failed => &mut self.failed,
                OrderStatus::AwaitingPayment | OrderStatus::Verifying => return,
            } += 1;
            let paid = life.paid(number).len();
            self.retried += usize::from(order.current().number > 1);
            self.paid_twice += usize::from(paid > 1);
            self.paid_unseen += usize::from(paid > 0 && order.status() == OrderStatus::OnHold);
            self.settled_by_sweep += usize::from(order.status() == OrderStatus::Expired && shell.oracle.searches == 0);
            self.unlisted += life.paid(number).iter().filter(|payment| payment.shown != Shown::Truly).count();
            let forgotten = |payment: &&Payment| found_by(life, number, payment, payment.since) > payment.since;
            self.forgotten += life.paid(number).into_iter().filter(forgotten).count();
            let named = &life.named[number];
            self.contradicted += usize::from(named.is_contradicted() && paid > 0);
            self.settled_after_contradiction +=
                usize::from(named.was_contradicted() && order.status() == OrderStatus::Paid);
        }
    }

    /// Of a few lives nothing can be said.
    pub(crate) fn assert_all_kinds_of_lives(&self) {
        if self.orders < 600 {
            return;
        }
        let often = self.orders / 200;
        let kinds = [self.paid, self.expired, self.cancelled, self.failed, self.retried];
        assert!(kinds.iter().all(|count| *count > often) && self.held > 0, "{self:?}");
        let by_list_watcher = [self.hits, self.settled_by_sweep, self.unlisted];
        assert!(by_list_watcher.iter().all(|count| *count > often / 2), "{self:?}");
        assert!(self.forgotten > 0, "{self:?}");
        assert!(self.contradicted > often && self.settled_after_contradiction > 0, "{self:?}");
    }
}
