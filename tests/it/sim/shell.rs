//! A shell as the Worker is one: it reads the state, steps, saves state and notices together, then makes the call. It
//! may crash between any two of these.

use std::time::Duration;

use compago::edge::order::OrderStatus;
use compago::flow::machine::{Input, Machine as _, PendingCall, Step};
use compago::flow::order::attempt::{Outcome, Stage};
use compago::flow::order::notice::Notice;
use compago::flow::order::{Call, Order};
use compago::flow::poll::MIN_GAP;
use compago::value::{PaymentId, UnixMillis};
use compago::webhook::EventKind;

#[derive(Debug)]
pub(crate) struct Shell {
    /// All that survives a crash.
    saved: Order,
    pub(crate) outbox: Vec<(UnixMillis, Notice)>,
    pub(crate) alarm: Option<UnixMillis>,
    /// Grows with every crash; what was awaited before is not heard any more.
    pub(crate) incarnation: u32,
    pub(crate) alarms: usize,
    /// Those that ask about this order alone.
    pub(crate) calls: usize,
    last_reads: Vec<(PaymentId, UnixMillis)>,
    /// How its clock differs from Compago's.
    skew_ms: i64,
}

/// Where the shell crashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Crash {
    Never,
    BeforeSaving,
    BeforeCalling,
    BeforeHearing,
}

impl Shell {
    pub(crate) fn start(step: Step<Order>, skew_ms: i64, now: UnixMillis) -> (Self, Option<PendingCall<Order>>) {
        let mut shell = Self {
            saved: step.machine.clone(),
            outbox: Vec::new(),
            alarm: step.machine.next_wake(),
            incarnation: 0,
            alarms: 0,
            calls: 0,
            last_reads: Vec::new(),
            skew_ms,
        };
        let call = shell.commit(step, now);
        (shell, call)
    }

    pub(crate) const fn order(&self) -> &Order {
        &self.saved
    }

    /// The time on its clock.
    pub(crate) const fn clock(&self, now: UnixMillis) -> UnixMillis {
        UnixMillis(now.0 + self.skew_ms)
    }

    /// One event, from reading the state to the call that is to be made.
    pub(crate) fn take(&mut self, input: Input<Order>, crash: Crash, now: UnixMillis) -> Option<PendingCall<Order>> {
        if matches!(input, Input::AlarmFired) {
            // Between an order's alarms its object is put away.
            self.read_back();
        }
        let step = self.saved.clone().step(input, self.clock(now));
        check_notices(&self.saved, &step);
        if crash == Crash::BeforeSaving {
            self.restart(now);
            return None;
        }
        let call = self.commit(step, now);
        match crash {
            Crash::BeforeCalling => {
                self.restart(now);
                None
            }
            Crash::BeforeHearing => {
                self.restart(now);
                call
            }
            Crash::Never | Crash::BeforeSaving => call,
        }
    }

    fn commit(&mut self, step: Step<Order>, now: UnixMillis) -> Option<PendingCall<Order>> {
        let Step { machine: order, notices, call } = step;
        self.alarm = order.next_wake().map(|at| UnixMillis(at.0 - self.skew_ms).max(now));
        assert!(self.alarm.is_some() || !order.status().is_pending(), "an order that is not over sleeps for ever");
        crate::stored::keep_order(&order, self.clock(now));
        self.saved = order;
        self.outbox.extend(notices.into_iter().map(|notice| (now, notice)));
        if let Some(PendingCall { call, .. }) = &call {
            self.count(call, now);
        }
        call
    }

    fn read_back(&mut self) {
        let read = compago::json::from_str(&compago::json::to_string(&self.saved)).unwrap();
        assert_eq!(self.saved, read, "what is saved can be read back");
        self.saved = read;
    }

    fn restart(&mut self, now: UnixMillis) {
        self.read_back();
        self.incarnation += 1;
        self.alarm = self.alarm.map(|at| at.max(now.plus(Duration::from_secs(1))));
    }

    fn count(&mut self, call: &Call, now: UnixMillis) {
        self.calls += usize::from(!matches!(call, Call::Glance(_)));
        let Call::Read(read) = call else { return };
        let last = self.last_reads.iter().rev().find(|(id, _)| *id == read.id);
        assert!(last.is_none_or(|(_, at)| now.since(*at) >= MIN_GAP), "two reads of one payment within {MIN_GAP:?}");
        self.last_reads.push((read.id, now));
    }
}

/// I4 and I6: paid stays paid, and a notice is owed exactly if there was a transition.
fn check_notices(before: &Order, step: &Step<Order>) {
    let after = &step.machine;
    let told: Vec<EventKind> = step.notices.iter().map(|notice| notice.event.kind).collect();
    let paid = after.status() == OrderStatus::Paid;
    assert!(!paid || after.current().link().is_none(), "paid, and still to be paid");
    if before.status() == OrderStatus::Paid {
        assert_eq!(after.status(), OrderStatus::Paid, "paid is final");
        assert!(told.iter().all(|kind| *kind == EventKind::OrderOnHold), "{told:?} after it was paid");
        return;
    }
    let changed = before.status() != after.status() || before.current().number != after.current().number;
    let mut owed = match after.status() {
        OrderStatus::Paid if changed => vec![EventKind::OrderPaid],
        OrderStatus::Expired if changed => vec![EventKind::OrderExpired],
        OrderStatus::Cancelled if changed => vec![EventKind::OrderCancelled],
        OrderStatus::Paid
        | OrderStatus::Expired
        | OrderStatus::Cancelled
        | OrderStatus::OnHold
        | OrderStatus::AwaitingPayment
        | OrderStatus::Verifying
        | OrderStatus::Failed => vec![],
    };
    owed.extend(vec![EventKind::OrderOnHold; held(after).saturating_sub(held(before))]);
    assert_eq!(told, owed, "from {} to {}", before.status(), after.status());
}

/// How many attempts are on hold.
fn held(order: &Order) -> usize {
    order.attempts().filter(|attempt| matches!(attempt.stage, Stage::Closed(Outcome::Held { .. }))).count()
}
