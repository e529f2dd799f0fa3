//! A list on a server that changes while it is read.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use compago::api::one_time_payment::list::{ListedPayment, Page};
use compago::api::one_time_payment::sweep::Sweep;
use compago::value::{PaymentId, UnixMillis};
use serde_json::json;

use crate::wire::{from_value, to_value};

/// When the sweeps of these tests begin.
pub(super) const START: UnixMillis = UnixMillis(1_770_000_000_000);

/// How long one page takes.
const PAGE_MS: i64 = 250;

/// How the server sorts its list.
#[derive(Debug, Clone, Copy)]
pub(super) enum Order {
    Newest,
    Oldest,
    Updated,
    UpdatedOldest,
    /// By id, for example: the position of a payment is unrelated to its age.
    Any,
}

pub(super) const ORDERS: [Order; 5] = [Order::Newest, Order::Oldest, Order::Updated, Order::UpdatedOldest, Order::Any];

/// Compago's list. It changes after each page that a sweep reads.
pub(super) struct List {
    payments: Vec<ListedPayment>,
    pub(super) order: Order,
    page_size: usize,
    now: i64,
    /// The seed of a deterministic generator, so that a case can be repeated.
    pub(super) random: u64,
    /// The difference between the sweeper's clock and Compago's.
    pub(super) ahead_ms: i64,
}

impl List {
    /// A list of payments that were made once a minute before the sweep.
    pub(super) fn new(count: usize, order: Order, page_size: usize) -> Self {
        let mut list = Self { payments: Vec::new(), order, page_size, now: 0, random: 7, ahead_ms: 0 };
        for age in (1..=i64::try_from(count).unwrap()).rev() {
            list.now = START.millis() - age * 60_000;
            list.create();
        }
        list.now = START.millis();
        list
    }

    fn draw(&mut self, below: usize) -> usize {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.random >> 33).unwrap() % below.max(1)
    }

    fn create(&mut self) {
        let place = self.draw(usize::MAX);
        let mut id = [0; 16];
        id[..8].copy_from_slice(&u64::try_from(place).unwrap().to_be_bytes());
        id[8..].copy_from_slice(&u64::try_from(self.payments.len()).unwrap().to_be_bytes());
        self.payments.push(payment(PaymentId::from_bytes(id), UnixMillis(self.now)));
    }

    fn update(&mut self) {
        let at = self.draw(self.payments.len());
        let now = UnixMillis(self.now);
        if let Some(payment) = self.payments.get_mut(at) {
            payment.updated_at = Some(now);
        }
    }

    fn page(&self, page: u32) -> Page {
        let mut sorted: Vec<&ListedPayment> = self.payments.iter().collect();
        match self.order {
            Order::Newest => sorted.sort_by_key(|payment| Reverse((payment.created_at, payment.id))),
            Order::Oldest => sorted.sort_by_key(|payment| (payment.created_at, payment.id)),
            Order::Updated => sorted.sort_by_key(|payment| Reverse((payment.updated_at, payment.id))),
            Order::UpdatedOldest => sorted.sort_by_key(|payment| (payment.updated_at, payment.id)),
            Order::Any => sorted.sort_by_key(|payment| payment.id),
        }
        let skipped = usize::try_from(page - 1).unwrap() * self.page_size;
        let readable = sorted.into_iter().skip(skipped).take(self.page_size).cloned().collect();
        let size = |length| Some(u64::try_from(length).unwrap());
        Page { count: size(self.payments.len()), page_size: size(self.page_size), readable, unreadable: 0 }
    }

    /// Sweeps the list while this many payments are created and changed after each page.
    pub(super) fn swept(&mut self, made: usize, changed: usize) -> Swept {
        let start: BTreeSet<PaymentId> = self.payments.iter().map(|payment| payment.id).collect();
        let mut seen = BTreeSet::new();
        let mut sweep = Sweep::new(None);
        let mut pages = 0;
        while let Some(request) = sweep.next() {
            let page = self.page(request.page);
            let now = UnixMillis(self.now + self.ahead_ms);
            accept(&mut sweep, &page, &mut seen, now);
            pages += 1;
            for _ in 0..made {
                self.now += PAGE_MS / i64::try_from(made).unwrap();
                self.create();
            }
            for _ in 0..changed {
                self.update();
            }
            self.now = START.millis() + pages * PAGE_MS;
        }
        Swept { whole: sweep.is_whole(), missed: start.difference(&seen).count(), pages }
    }
}

/// The result of a sweep.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Swept {
    pub(super) whole: bool,
    /// How many of the payments that existed at its start it has not seen.
    pub(super) missed: usize,
    pub(super) pages: i64,
}

pub(super) fn accept(sweep: &mut Sweep, page: &Page, seen: &mut BTreeSet<PaymentId>, now: UnixMillis) {
    let fresh: Vec<&ListedPayment> = page.readable.iter().filter(|payment| seen.insert(payment.id)).collect();
    // A sweep is stored between alarms.
    *sweep = from_value(&to_value(sweep)).unwrap();
    sweep.accept(page, &fresh, now);
}

pub(super) fn payment(id: PaymentId, created_at: UnixMillis) -> ListedPayment {
    let listed = json!({
        "id": id,
        "status": "PENDING",
        "amount": 1,
        "currency": "MXN",
        "externalId": id,
        "createdAt": created_at,
        "updatedAt": created_at,
    });
    from_value(&listed).unwrap()
}
