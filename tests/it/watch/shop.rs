//! The shop around the list watcher: its registered links, their orders, and the alarm.

use std::collections::BTreeMap;
use std::time::Duration;

use compago::api::one_time_payment::Status;
use compago::flow::order::SETTLE_MARGIN;
use compago::flow::record;
use compago::flow::watch::{CALLS, LATE, Links, Seen, WAKE_PORTION, Watcher, Work};
use compago::value::{PaymentId, UnixMillis};

use super::list::List;
use super::random::Random;

/// How long a call takes.
const CALL: Duration = Duration::from_millis(250);

pub(super) const START: UnixMillis = UnixMillis(1_770_000_000_000);

/// A registered link, as the index stores it.
#[derive(Debug, Clone, Copy)]
struct Row {
    ends_at: UnixMillis,
    /// It was found in the list, and whether its order has taken that.
    hit: Option<bool>,
    /// Its order is paid, and it was not found in the list yet.
    is_paid: bool,
}

/// How an order ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Paid { at: UnixMillis },
    Expired { at: UnixMillis },
}

/// What happens to the shop while a call is under way.
pub(super) type Meanwhile<'a> = &'a mut dyn FnMut(&mut Shop);

pub(super) struct Shop {
    pub(super) list: List,
    pub(super) now: UnixMillis,
    rows: BTreeMap<PaymentId, Row>,
    late_at: Option<UnixMillis>,
    /// The list watcher, as an alarm holds it.
    watcher: Watcher,
    /// What the scan under way has seen, in memory.
    seen: Seen,
    stored: String,
    pub(super) ends: BTreeMap<PaymentId, End>,
    /// When orders read their payments, after they took a message.
    reads: BTreeMap<(UnixMillis, u64), PaymentId>,
    /// How long they take for that at most.
    pub(super) slowness: Duration,
    /// How many alarms there were, links that were woken, and messages that were sent.
    pub(super) alarms: usize,
    pub(super) woken: usize,
    pub(super) sent: usize,
    /// How many rows the list watcher has written: its record, hits, and one for each alarm that it set.
    pub(super) written: usize,
    /// Orders answer no message for now.
    pub(super) orders_fail: bool,
    /// How many of a hundred messages are lost; never two in a row to one order.
    pub(super) loses: u64,
    lost: BTreeMap<PaymentId, bool>,
    /// The next alarm ends in a crash before its end is stored.
    pub(super) crashes: bool,
    random: Random,
    numbers: u64,
}

impl Shop {
    pub(super) fn new(list: List) -> Self {
        Self {
            list,
            now: START,
            rows: BTreeMap::new(),
            late_at: None,
            stored: record::to_string(&Watcher::default()),
            watcher: Watcher::default(),
            seen: Seen::default(),
            ends: BTreeMap::new(),
            reads: BTreeMap::new(),
            slowness: Duration::ZERO,
            alarms: 0,
            woken: 0,
            sent: 0,
            written: 0,
            orders_fail: false,
            loses: 0,
            lost: BTreeMap::new(),
            crashes: false,
            random: Random(7),
            numbers: 0,
        }
    }

    /// An id whose place among others is unrelated to its age.
    pub(super) fn id(&mut self) -> PaymentId {
        self.numbers += 1;
        let mixed = self.numbers.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut id = [0; 16];
        id[..8].copy_from_slice(&mixed.to_be_bytes());
        id[8..].copy_from_slice(&self.numbers.to_be_bytes());
        PaymentId::from_bytes(id)
    }

    /// Opens a link that runs out after this time, and registers it.
    pub(super) fn open(&mut self, lasts: Duration) -> PaymentId {
        let id = self.id();
        self.list.create(id, self.now);
        self.register(id, self.now, self.now.plus(lasts));
        id
    }

    pub(super) fn add(&mut self, lasts: Duration) {
        self.open(lasts);
    }

    pub(super) fn register(&mut self, id: PaymentId, started_at: UnixMillis, ends_at: UnixMillis) {
        if self.now.since(started_at) > LATE {
            self.late_at = Some(self.now);
        }
        self.rows.entry(id).or_insert(Row { ends_at, hit: None, is_paid: false });
        self.taken();
    }

    /// A payment of another program's.
    pub(super) fn foreign(&mut self) {
        let id = self.id();
        self.list.create(id, self.now);
        self.list.confirm(id, self.now);
    }

    pub(super) fn confirm(&mut self, ids: impl IntoIterator<Item = PaymentId>) {
        let now = self.now;
        ids.into_iter().for_each(|id| self.list.confirm(id, now));
    }

    pub(super) fn open_links(&self) -> Vec<PaymentId> {
        self.rows.iter().filter(|(_, row)| !row.is_paid).map(|(id, _)| *id).collect()
    }

    /// Whether a link can be paid.
    #[cfg(not(target_family = "wasm"))]
    pub(super) fn is_payable(&self, id: PaymentId) -> bool {
        self.rows.get(&id).is_some_and(|row| !row.is_paid && self.now < row.ends_at)
    }

    /// Returns when an order was paid.
    pub(super) fn paid_at(&self, id: PaymentId) -> Option<UnixMillis> {
        match self.ends.get(&id)? {
            End::Paid { at } => Some(*at),
            End::Expired { .. } => None,
        }
    }

    /// The order reads its payment, and publishes how it ended.
    pub(super) fn read(&mut self, id: PaymentId) {
        if !self.list.is_confirmed(id) || self.ends.contains_key(&id) {
            return;
        }
        self.ends.insert(id, End::Paid { at: self.now });
        let row = self.rows.get_mut(&id);
        match row {
            Some(row) if row.hit.is_none() => row.is_paid = true,
            Some(_) => drop(self.rows.remove(&id)),
            None => {}
        }
        self.taken();
    }

    /// The index has taken what an order published: it changes what is stored, whatever an alarm holds.
    fn taken(&mut self) {
        let mut stored: Watcher = record::from_str(&self.stored).unwrap();
        let before = stored.clone();
        self.resume_or_pause(&mut stored);
        if stored != before {
            self.stored = record::to_string(&stored);
        }
    }

    /// Rows of paid orders are of use to the next scan only.
    fn resume_or_pause(&mut self, watcher: &mut Watcher) {
        if self.rows.values().any(|row| !row.is_paid) {
            watcher.resume(self.now);
        } else {
            self.rows.clear();
            watcher.pause();
        }
    }

    /// The index loses what it has stored.
    pub(super) fn lose_storage(&mut self) {
        (self.rows, self.late_at, self.seen) = (BTreeMap::new(), None, Seen::default());
        self.stored = record::to_string(&Watcher::default());
    }

    fn links(&self) -> Links {
        let open = || self.rows.values().filter(|row| !row.is_paid);
        let settled = |row: &&Row| row.ends_at.plus(SETTLE_MARGIN) <= self.now;
        Links {
            open: u64::try_from(open().count()).unwrap(),
            settling: open().any(|row| settled(&row)),
            ends_at: open().filter(|row| !settled(row)).map(|row| row.ends_at).min(),
            late_at: self.late_at,
        }
    }

    pub(super) fn due_at(&self) -> Option<UnixMillis> {
        record::from_str::<Watcher>(&self.stored).unwrap().due_at(self.now)
    }

    /// The index's object starts anew: what was in memory is lost.
    pub(super) fn lose_memory(&mut self) {
        self.seen = Seen::default();
    }

    /// How many scans were begun.
    pub(super) const fn scans(&self) -> usize {
        self.list.probes
    }

    /// Runs all alarms, and all that orders do, until this time.
    pub(super) fn run_until(&mut self, end: UnixMillis, meanwhile: Meanwhile<'_>) {
        loop {
            let alarm = self.due_at().map(|due| due.max(self.now));
            let read = self.reads.keys().next().map(|(at, _)| *at);
            let Some(next) = alarm.into_iter().chain(read).min().filter(|at| *at < end) else { break };
            self.pass_until(next);
            if alarm.is_some_and(|at| at <= self.now) {
                self.alarm(meanwhile);
            }
        }
        self.pass_until(end);
    }

    /// Time passes.
    pub(super) fn pass_until(&mut self, end: UnixMillis) {
        while let Some(((at, _), id)) = self.reads.first_key_value().filter(|((at, _), _)| *at <= end) {
            let (at, id) = (*at, *id);
            self.reads.pop_first();
            self.now = self.now.max(at);
            self.read(id);
        }
        self.now = self.now.max(end);
    }

    pub(super) fn alarm(&mut self, meanwhile: Meanwhile<'_>) {
        self.alarms += 1;
        self.watcher = record::from_str(&self.stored).unwrap();
        let links = self.links();
        let mut left = CALLS;
        while left > 0 {
            let Some(work) = self.watcher.next(self.late_at, self.now) else { break };
            left -= self.work(work, &links, left, meanwhile);
        }
        if std::mem::take(&mut self.crashes) {
            self.seen = Seen::default();
            // The runtime repeats the alarm later.
            self.pass_until(self.now.plus(Duration::from_secs(2)));
        } else {
            self.store();
        }
        self.written += 1;
    }

    fn store(&mut self) {
        let mut watcher = self.watcher.clone();
        self.resume_or_pause(&mut watcher);
        let text = record::to_string(&watcher);
        self.written += usize::from(text != self.stored);
        self.stored = text;
        self.watcher = watcher;
    }

    /// Does what the list watcher wants, and returns how many calls that took.
    fn work(&mut self, work: Work, links: &Links, left: usize, meanwhile: Meanwhile<'_>) -> usize {
        match work {
            Work::Read(request) => {
                let page = self.list.answer(&request, self.now);
                let confirmed = page.iter().flat_map(|page| &page.readable);
                let confirmed: Vec<PaymentId> =
                    confirmed.filter(|payment| payment.status == Status::Confirmed).map(|payment| payment.id).collect();
                self.wait(meanwhile);
                let found = confirmed.iter().filter(|id| self.found(**id)).count();
                let walked_at = self.watcher.walked_at();
                let links = Links { late_at: self.late_at, ..*links };
                self.watcher.on_page(page.as_ref(), u64::try_from(found).unwrap(), &mut self.seen, &links, self.now);
                if self.watcher.walked_at() != walked_at {
                    self.drop_paid();
                }
                if found > 0 {
                    self.store();
                }
                1
            }
            Work::SendHits { after } => {
                let pending = self.rows.iter().filter(|(id, row)| after < Some(**id) && row.hit == Some(false));
                let ids: Vec<PaymentId> = pending.map(|(id, _)| *id).take(left).collect();
                let mut failed = false;
                for id in &ids {
                    let taken = self.send(*id);
                    failed |= !taken;
                    if let Some(row) = self.rows.get_mut(id).filter(|_| taken) {
                        row.hit = Some(true);
                        self.written += 1;
                    }
                }
                self.wait(meanwhile);
                let next = ids.last().filter(|_| ids.len() == left);
                self.watcher.on_hits_sent(next.copied(), failed, self.now);
                ids.len()
            }
            Work::SendAbsent { after, read_at } => {
                let gone = self.rows.iter().filter(|(id, row)| after < Some(**id) && !row.is_paid && row.hit.is_none());
                let gone = gone.filter(|(_, row)| row.ends_at.plus(SETTLE_MARGIN) <= read_at);
                let ids: Vec<PaymentId> = gone.map(|(id, _)| *id).take(left).collect();
                for id in &ids {
                    if self.is_taken(*id) {
                        self.expire(*id);
                    }
                }
                self.wait(meanwhile);
                self.watcher.on_absent_sent(ids.last().filter(|_| ids.len() == left).copied(), self.now);
                ids.len()
            }
            Work::Wake { after } => {
                let size = WAKE_PORTION.min(left);
                let links = self.open_links().into_iter().filter(|id| after < Some(*id));
                let ids: Vec<PaymentId> = links.take(size).collect();
                self.woken += ids.len();
                let failed = ids.iter().filter(|id| !self.send(**id)).count() > 0;
                self.wait(meanwhile);
                let next = ids.last().filter(|_| ids.len() == size).copied();
                self.watcher.on_woken(next, failed, self.now);
                ids.len()
            }
        }
    }

    /// Calls are made, all of them at the same time.
    fn wait(&mut self, meanwhile: Meanwhile<'_>) {
        self.pass_until(self.now.plus(CALL));
        meanwhile(self);
    }

    /// Sends an order a message, which has it read its payment. Returns whether it has taken that.
    fn send(&mut self, id: PaymentId) -> bool {
        let taken = self.is_taken(id);
        if taken {
            let at = self.now.plus(self.random.up_to(self.slowness));
            self.numbers += 1;
            self.reads.insert((at, self.numbers), id);
        }
        taken
    }

    fn is_taken(&mut self, id: PaymentId) -> bool {
        self.sent += 1;
        let is_lost = self.random.below(100) < self.loses && self.lost.get(&id) != Some(&true);
        self.lost.insert(id, is_lost);
        !is_lost && !self.orders_fail
    }

    /// The list shows a payment as confirmed. Returns whether that is news of a registered link.
    fn found(&mut self, id: PaymentId) -> bool {
        match self.rows.get_mut(&id) {
            Some(Row { is_paid: true, .. }) => self.rows.remove(&id).is_some(),
            Some(row) if row.hit.is_none() => {
                row.hit = Some(false);
                self.written += 1;
                true
            }
            Some(_) | None => false,
        }
    }

    /// After the list was read to its end: rows of orders that were paid before are not in it.
    fn drop_paid(&mut self) {
        let Some(walked_at) = self.watcher.walked_at() else { return };
        let ends = &self.ends;
        self.rows.retain(|id, row| !row.is_paid || !matches!(ends.get(id), Some(End::Paid { at }) if *at <= walked_at));
    }

    /// The order is told that its payment is not in the list.
    fn expire(&mut self, id: PaymentId) {
        let payment = &self.list.payments[&id];
        assert!(payment.confirmed_at.is_none() || payment.is_hidden || payment.is_gone, "{id} is confirmed");
        self.rows.remove(&id);
        self.ends.insert(id, End::Expired { at: self.now });
        self.taken();
    }
}
