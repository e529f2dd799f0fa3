//! The operator's index as far as it watches links: the links that are registered, and the real watcher.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::list::{ListOneTimePayments, ListedPayment, Page};
use compago::flow::order::facts::Listed;
use compago::flow::order::{Event, SETTLE_MARGIN};
use compago::flow::projection::WatchedLink;
use compago::flow::record;
use compago::flow::watch::{CALLS, LATE, Links, Seen, WAKE_PORTION, Watcher, Work};
use compago::value::{PaymentId, UnixMillis};

use super::rng::Rng;
use crate::order::bench::START;

/// What an order publishes of its links.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Listing {
    pub(crate) watch: Option<WatchedLink>,
    /// Its payments that are paid.
    pub(crate) paid: Vec<PaymentId>,
}

/// A registered link.
#[derive(Debug)]
struct Row {
    order: usize,
    ends_at: UnixMillis,
    /// What the list showed.
    hit: Option<Listed>,
    /// The order has taken the hit.
    is_answered: bool,
    /// Since when its order has been paid; then it only explains why the list has grown.
    paid_at: Option<UnixMillis>,
}

/// A message to an order.
pub(crate) struct Message {
    pub(crate) order: usize,
    pub(crate) event: Event,
}

/// What the index does next.
pub(crate) enum Doing {
    /// Send these; what comes of it is to be passed to [`Index::sent`].
    Send(Vec<Message>),
    /// Read a page; the answer is to be passed to [`Index::answered`].
    Read(ListOneTimePayments),
    /// Nothing until the next alarm.
    Rest,
}

/// How long the address of a new order waits at most before it is handed over to the object directory.
const HAND_OVER: Duration = Duration::from_secs(60 * 60);

#[derive(Debug)]
pub(crate) struct Index {
    rows: BTreeMap<PaymentId, Row>,
    late_at: Option<UnixMillis>,
    watcher: Watcher,
    stored: Watcher,
    /// What the scan under way has seen.
    seen: Seen,
    /// The latest listing of each order that was taken.
    revisions: BTreeMap<usize, u64>,
    /// When the addresses of new orders are handed over to the object directory.
    home: BTreeMap<usize, UnixMillis>,
    /// The next of these times: a portion takes all that wait along.
    hands_over_at: UnixMillis,
    /// The work that is under way, and the payments that it is about.
    work: Option<(Work, Vec<PaymentId>)>,
    /// How much of the alarm's work is left.
    left: usize,
    /// Grows with every crash.
    pub(crate) incarnation: u32,
    /// How its clock differs from Compago's.
    skew_ms: i64,
    pub(crate) calls: usize,
    /// How many hits orders have taken.
    pub(crate) hits: usize,
    pub(crate) alarms: usize,
}

impl Index {
    pub(crate) fn new(rng: &mut Rng) -> Self {
        let skew_ms = super::life::skew(rng);
        Self::empty(skew_ms, START.plus(rng.between(Duration::ZERO, HAND_OVER)))
    }

    fn empty(skew_ms: i64, hands_over_at: UnixMillis) -> Self {
        Self {
            rows: BTreeMap::new(),
            late_at: None,
            watcher: Watcher::default(),
            stored: Watcher::default(),
            seen: Seen::default(),
            revisions: BTreeMap::new(),
            home: BTreeMap::new(),
            hands_over_at,
            work: None,
            left: 0,
            incarnation: 0,
            skew_ms,
            calls: 0,
            hits: 0,
            alarms: 0,
        }
    }

    const fn clock(&self, now: UnixMillis) -> UnixMillis {
        UnixMillis(now.0 + self.skew_ms)
    }

    /// Takes what an order publishes. `is_registered` says whether the order knows that its address was taken before.
    pub(crate) fn publish(
        &mut self,
        order: usize,
        revision: u64,
        is_registered: bool,
        listing: &Listing,
        now: UnixMillis,
    ) {
        while self.hands_over_at < now {
            self.hands_over_at = self.hands_over_at.plus(HAND_OVER);
        }
        if !is_registered {
            self.home.entry(order).or_insert(self.hands_over_at);
        }
        if self.revisions.get(&order).is_some_and(|taken| *taken >= revision) {
            return;
        }
        self.revisions.insert(order, revision);
        let clock = self.clock(now);
        let watched = listing.watch.map(|watch| watch.payment_id);
        self.rows.retain(|id, row| {
            if row.order == order && Some(*id) != watched {
                row.paid_at = row.paid_at.or_else(|| listing.paid.contains(id).then_some(clock));
                return row.paid_at.is_some() && row.hit.is_none();
            }
            true
        });
        if let Some(WatchedLink { payment_id, started_at, expires_at: ends_at }) = listing.watch {
            if !self.rows.contains_key(&payment_id) && clock.since(started_at) > LATE {
                self.late_at = Some(clock);
            }
            let new = Row { order, ends_at, hit: None, is_answered: false, paid_at: None };
            self.rows.entry(payment_id).or_insert(new).ends_at = ends_at;
        }
        if self.open().next().is_none() {
            self.rows.clear();
            self.watcher.pause();
            self.stored.pause();
        } else {
            self.watcher.resume(clock);
            self.stored.resume(clock);
        }
    }

    /// Its storage is lost. Returns the orders that are in the object directory.
    pub(crate) fn lose_storage(&mut self, now: UnixMillis) -> BTreeSet<usize> {
        let (calls, hits, alarms, incarnation) = (self.calls, self.hits, self.alarms, self.incarnation + 1);
        let listed = self.home.iter().filter(|(_, at)| **at <= now).map(|(order, _)| *order).collect();
        *self = Self { calls, hits, alarms, incarnation, ..Self::empty(self.skew_ms, self.hands_over_at) };
        listed
    }

    /// A crash: what was not stored is done again.
    pub(crate) fn crash(&mut self) {
        self.incarnation += 1;
        self.work = None;
        self.watcher = self.stored.clone();
        self.seen = Seen::default();
    }

    /// When its alarm is due, by Compago's clock; none while it works.
    pub(crate) fn due_at(&self, now: UnixMillis) -> Option<UnixMillis> {
        let at = self.watcher.due_at(self.clock(now)).filter(|_| self.work.is_none())?;
        Some(UnixMillis(at.0 - self.skew_ms))
    }

    fn open(&self) -> impl Iterator<Item = (&PaymentId, &Row)> {
        self.rows.iter().filter(|(_, row)| row.paid_at.is_none())
    }

    fn links(&self, now: UnixMillis) -> Links {
        let clock = self.clock(now);
        let is_settling = |row: &Row| row.ends_at.plus(SETTLE_MARGIN) <= clock;
        let open = || self.open().map(|(_, row)| row);
        Links {
            open: u64::try_from(open().count()).unwrap(),
            settling: open().any(is_settling),
            ends_at: open().filter(|row| !is_settling(row)).map(|row| row.ends_at).min(),
            late_at: self.late_at,
        }
    }

    /// Its alarm fires.
    pub(crate) fn fire(&mut self, now: UnixMillis) -> Doing {
        if self.work.is_some() {
            return Doing::Rest;
        }
        self.alarms += 1;
        self.left = CALLS;
        self.go_on(now)
    }

    fn go_on(&mut self, now: UnixMillis) -> Doing {
        let clock = self.clock(now);
        let work = if self.left > 0 { self.watcher.next(self.late_at, clock) } else { None };
        let Some(work) = work else {
            self.store(clock);
            return Doing::Rest;
        };
        if let Work::Read(request) = &work {
            self.left -= 1;
            self.calls += 1;
            let request = request.clone();
            self.work = Some((work, Vec::new()));
            return Doing::Read(request);
        }
        let ids = self.about(&work);
        self.left -= ids.len().clamp(1, self.left);
        let messages = ids.iter().map(|id| self.message(&work, *id)).collect();
        self.work = Some((work, ids));
        Doing::Send(messages)
    }

    /// The payments about which a portion of messages is sent.
    fn about(&self, work: &Work) -> Vec<PaymentId> {
        let behind = |after: &Option<PaymentId>, id: &PaymentId| *after < Some(*id);
        match work {
            Work::SendHits { after } => {
                let pending =
                    self.rows.iter().filter(|(id, row)| behind(after, id) && row.hit.is_some() && !row.is_answered);
                pending.map(|(id, _)| *id).take(self.left).collect()
            }
            Work::SendAbsent { after, read_at } => {
                let ended = |row: &Row| row.hit.is_none() && row.ends_at.plus(SETTLE_MARGIN) <= *read_at;
                let gone = self.open().filter(|(id, row)| behind(after, id) && ended(row));
                gone.map(|(id, _)| *id).take(self.left).collect()
            }
            Work::Wake { after } => {
                let open = self.open().filter(|(id, _)| behind(after, id));
                open.map(|(id, _)| *id).take(WAKE_PORTION.min(self.left)).collect()
            }
            Work::Read(_) => Vec::new(),
        }
    }

    fn message(&self, work: &Work, payment_id: PaymentId) -> Message {
        let row = &self.rows[&payment_id];
        let event = match work {
            Work::SendHits { .. } => Event::Listed(row.hit.clone().unwrap()),
            Work::SendAbsent { read_at, .. } => Event::Absent { payment_id, read_at: *read_at },
            Work::Wake { .. } | Work::Read(_) => Event::Wake,
        };
        Message { order: row.order, event }
    }

    /// The messages were sent: whether each order has taken its own.
    pub(crate) fn sent(&mut self, taken: &[bool], now: UnixMillis) -> Doing {
        let Some((work, ids)) = self.work.take() else { return Doing::Rest };
        let clock = self.clock(now);
        let failed = taken.contains(&false);
        let full = match work {
            Work::Wake { .. } => ids.len() == WAKE_PORTION,
            Work::SendHits { .. } | Work::SendAbsent { .. } | Work::Read(_) => self.left == 0,
        };
        let after = ids.last().copied().filter(|_| full);
        match work {
            Work::SendHits { .. } => {
                for (id, _) in ids.iter().zip(taken).filter(|(_, taken)| **taken) {
                    if let Some(row) = self.rows.get_mut(id) {
                        row.is_answered = true;
                        self.hits += 1;
                    }
                }
                self.watcher.on_hits_sent(after, failed, clock);
            }
            Work::SendAbsent { .. } => self.watcher.on_absent_sent(after, clock),
            Work::Wake { .. } => self.watcher.on_woken(after, failed, clock),
            Work::Read(_) => {}
        }
        self.go_on(now)
    }

    /// The answer to the page that was to be read at `sent_at`; none if there is none.
    pub(crate) fn answered(&mut self, page: Option<&Page>, sent_at: UnixMillis, now: UnixMillis) -> Doing {
        if self.work.take().is_none() {
            return Doing::Rest;
        }
        let read_at = self.clock(sent_at);
        let confirmed =
            page.iter().flat_map(|page| &page.readable).filter(|payment| payment.status == Status::Confirmed);
        let mut found = 0;
        for payment in confirmed {
            found += u64::from(self.find(payment, read_at));
        }
        let (links, clock) = (self.links(now), self.clock(now));
        let walked_at = self.watcher.walked_at();
        self.watcher.on_page(page, found, &mut self.seen, &links, clock);
        if let Some(at) = self.watcher.walked_at().filter(|at| Some(*at) != walked_at) {
            self.rows.retain(|_, row| row.paid_at.is_none_or(|paid_at| paid_at > at));
        }
        if found > 0 {
            self.store(clock);
        }
        self.go_on(now)
    }

    /// The list shows a payment as confirmed: whether that is news of a registered link.
    fn find(&mut self, payment: &ListedPayment, read_at: UnixMillis) -> bool {
        let Some(row) = self.rows.get_mut(&payment.id).filter(|row| row.hit.is_none()) else { return false };
        if row.paid_at.is_some() {
            self.rows.remove(&payment.id);
            return true;
        }
        let hit = Listed {
            payment_id: payment.id,
            external_id: payment.external_id.clone(),
            amount: payment.amount,
            currency: payment.currency.clone(),
            status: payment.status.clone(),
            read_at,
        };
        crate::stored::keep_hit(&hit, read_at);
        row.hit = Some(hit);
        true
    }

    fn store(&mut self, clock: UnixMillis) {
        crate::stored::keep_watcher(&self.watcher, clock);
        self.stored = record::from_str(&record::to_string(&self.watcher)).unwrap();
        self.watcher = self.stored.clone();
    }
}
