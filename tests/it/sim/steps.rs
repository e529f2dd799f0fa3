//! What must hold of each step of an order.

use compago::edge::order::OrderStatus;
use compago::flow::machine::{Input, Machine as _, PendingCall, Step};
use compago::flow::order::attempt::{Outcome, Stage};
use compago::flow::order::{Call, Event, Order};
use compago::flow::poll::MIN_GAP;
use compago::value::{PaymentId, UnixMillis};
use compago::webhook::EventKind;

use super::shell::Oracle;

#[derive(Debug, Default)]
pub(crate) struct OrderSteps {
    /// Calls that ask about this order alone.
    pub(crate) calls: usize,
    /// Searches of the list among them.
    pub(crate) searches: usize,
    /// How often the list watcher had the payment read instead of pages of the list.
    pub(crate) wakes: usize,
    last_reads: Vec<(PaymentId, UnixMillis)>,
    /// Whether the last step made a read.
    is_read: bool,
}

impl Oracle<Order> for OrderSteps {
    fn check(&mut self, before: &Order, step: &Step<Order>) {
        check_notices(before, step);
    }

    fn saved(&mut self, before: Option<(&Order, &Input<Order>)>, step: &Step<Order>, now: UnixMillis) {
        let order = &step.machine;
        assert!(
            order.next_wake().is_some() || !order.status().is_pending(),
            "an order that is not over sleeps for ever"
        );
        self.is_read = false;
        self.wakes += usize::from(matches!(before, Some((_, Input::Event(Event::Wake)))));
        if let Some(PendingCall { call, .. }) = &step.call {
            self.count(call, now);
        }
    }

    /// What is forgotten keeps no distance from what follows.
    fn lost(&mut self) {
        if self.is_read {
            self.last_reads.pop();
        }
    }
}

impl OrderSteps {
    fn count(&mut self, call: &Call, now: UnixMillis) {
        self.calls += 1;
        self.searches += usize::from(matches!(call, Call::Search(_)));
        let Call::Read(read) = call else { return };
        let last = self.last_reads.iter().rev().find(|(id, _)| *id == read.id);
        assert!(last.is_none_or(|(_, at)| now.since(*at) >= MIN_GAP), "two reads of one payment within {MIN_GAP:?}");
        self.last_reads.push((read.id, now));
        self.is_read = true;
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
    order.attempts().filter(|attempt| matches!(attempt.stage, Stage::Closed(Outcome::NeedsReview { .. }))).count()
}
