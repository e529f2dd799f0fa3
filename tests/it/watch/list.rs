//! Compago's list of payments as the list watcher sees it: sorted in some order, and changing while it is read.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::{ListOneTimePayments, ListedPayment, Page};
use compago::value::{PaymentId, UnixMillis};
use serde_json::json;

use super::random::mixed;
use crate::wire::from_value;

/// How the list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Newest,
    Oldest,
    /// By when they were confirmed, the last ones first.
    Confirmed,
    ConfirmedLast,
    /// By id: the position of a payment is unrelated to its age.
    Any,
    /// Anew for each page.
    Shuffled,
    /// In steps of fifty, the newest first; the payments of a step anew for each page, but for one page always the same.
    Steps,
    /// By when they were changed, the last ones first. After each page, one that was not shown yet is changed.
    Changed,
}

/// The orders in which one payment may be shown twice, and another one never.
pub(super) const UNSTABLE: [Order; 3] = [Order::Shuffled, Order::Steps, Order::Changed];

pub(super) const ORDERS: [Order; 5] =
    [Order::Newest, Order::Oldest, Order::Confirmed, Order::ConfirmedLast, Order::Any];

/// A payment at Compago.
#[derive(Debug, Clone)]
pub(super) struct Payment {
    pub(super) created_at: UnixMillis,
    pub(super) confirmed_at: Option<UnixMillis>,
    /// Grows with each change.
    changed: usize,
    /// Final, but no longer confirmed: it was given back.
    pub(super) is_gone: bool,
    /// The list shows it in a shape that nobody can read.
    pub(super) is_unreadable: bool,
    /// The list never shows it.
    pub(super) is_hidden: bool,
}

/// The list.
pub(super) struct List {
    pub(super) payments: BTreeMap<PaymentId, Payment>,
    pub(super) order: Order,
    /// The most items of one page.
    pub(super) page_size: usize,
    /// Whether answers name the size of the list.
    pub(super) names_count: bool,
    /// Whether the filter by state is ignored.
    pub(super) ignores_filter: bool,
    /// How long a change takes until the list shows it.
    pub(super) lag_ms: i64,
    /// The calls so far.
    pub(super) calls: usize,
    /// How many of them asked for one item only.
    pub(super) probes: usize,
    /// How many of the next calls fail.
    pub(super) failures: usize,
    /// Every second call fails.
    pub(super) stutters: bool,
}

impl List {
    pub(super) fn new(order: Order, page_size: usize) -> Self {
        Self {
            payments: BTreeMap::new(),
            order,
            page_size,
            names_count: true,
            ignores_filter: false,
            lag_ms: 0,
            calls: 0,
            probes: 0,
            failures: 0,
            stutters: false,
        }
    }

    pub(super) fn create(&mut self, id: PaymentId, now: UnixMillis) {
        let payment = Payment {
            created_at: now,
            confirmed_at: None,
            changed: 0,
            is_gone: false,
            is_unreadable: false,
            is_hidden: false,
        };
        self.payments.insert(id, payment);
    }

    pub(super) fn confirm(&mut self, id: PaymentId, now: UnixMillis) {
        let payment = self.payments.get_mut(&id).unwrap();
        payment.confirmed_at = payment.confirmed_at.or(Some(now));
    }

    pub(super) fn is_confirmed(&self, id: PaymentId) -> bool {
        self.payments.get(&id).is_some_and(|payment| payment.confirmed_at.is_some())
    }

    /// Answers a request; `None` if the call fails.
    pub(super) fn answer(&mut self, request: &ListOneTimePayments, now: UnixMillis) -> Option<Page> {
        assert_eq!(request.status, Some(Status::Confirmed));
        self.calls += 1;
        self.probes += usize::from(request.page_size.get() == 1);
        if self.failures > 0 {
            self.failures -= 1;
            return None;
        }
        if self.stutters && self.calls.is_multiple_of(2) {
            return None;
        }
        let shown = now.millis() - self.lag_ms;
        let is_confirmed = |payment: &Payment| payment.confirmed_at.is_some_and(|at| at.millis() <= shown);
        let mut sorted: Vec<(&PaymentId, &Payment)> = self
            .payments
            .iter()
            .filter(|(_, payment)| !payment.is_hidden && !payment.is_gone)
            .filter(|(_, payment)| self.ignores_filter || is_confirmed(payment))
            .collect();
        match self.order {
            Order::Newest => sorted.sort_by_key(|(id, payment)| Reverse((payment.created_at, **id))),
            Order::Oldest => sorted.sort_by_key(|(id, payment)| (payment.created_at, **id)),
            Order::Confirmed => sorted.sort_by_key(|(id, payment)| Reverse((payment.confirmed_at, **id))),
            Order::ConfirmedLast => sorted.sort_by_key(|(id, payment)| (payment.confirmed_at, **id)),
            Order::Any => {}
            Order::Shuffled => sorted.sort_by_key(|(id, _)| mixed(number(**id), self.calls as u64)),
            Order::Steps => {
                sorted.sort_by_key(|(id, payment)| Reverse((payment.created_at, **id)));
                for step in sorted.chunks_mut(50) {
                    step.sort_by_key(|(id, _)| mixed(number(**id), request.page.into()));
                }
            }
            Order::Changed => {
                sorted.sort_by_key(|(id, payment)| Reverse((payment.changed, payment.confirmed_at, **id)))
            }
        }
        let size = self.page_size.min(request.page_size.get().into());
        let on_page = || sorted.iter().skip(usize::try_from(request.page - 1).unwrap() * size).take(size);
        let readable = on_page().filter(|(_, payment)| !payment.is_unreadable);
        let readable: Vec<ListedPayment> = readable.map(|(id, payment)| listed(**id, is_confirmed(payment))).collect();
        let hidden = sorted.get(usize::try_from(request.page).unwrap() * size + self.calls % 7).map(|(id, _)| **id);
        let page = Page {
            count: self.names_count.then(|| u64::try_from(sorted.len()).unwrap()),
            page_size: Some(u64::try_from(size).unwrap()),
            unreadable: on_page().count() - readable.len(),
            readable,
        };
        if let Some(payment) = hidden.filter(|_| self.order == Order::Changed && size > 1) {
            self.payments.get_mut(&payment).unwrap().changed = self.calls;
        }
        Some(page)
    }
}

fn number(id: PaymentId) -> u64 {
    u64::from_be_bytes(id.to_bytes()[..8].try_into().unwrap())
}

fn listed(id: PaymentId, is_confirmed: bool) -> ListedPayment {
    let status = if is_confirmed { "CONFIRMED" } else { "PENDING" };
    let item = json!({ "id": id, "status": status, "amount": 1, "currency": "MXN", "externalId": id });
    from_value(&item).unwrap()
}
