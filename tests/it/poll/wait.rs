//! Lets time pass over one order, and keeps its calls.

use std::time::Duration;

use compago::edge::order::OrderStatus;
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step};
use compago::flow::order::{Call, Event, Order, SETTLE_MARGIN};
use compago::flow::poll::{MIN_GAP, OPERATOR_BUDGET};
use compago::value::UnixMillis;
use serde_json::json;

use crate::order::bench::{START, answer_of, name, terms};
use crate::order::bodies::{EXTERNAL_ID, PAYMENT, cancelled, created, listed, ok, over, pending};

pub(super) const END: UnixMillis = UnixMillis(START.0 + 48 * 60 * 60 * 1_000);
pub(super) const QUARTER: Duration = Duration::from_secs(15 * 60);

/// How often the list watcher sweeps the list.
const SWEEP_EVERY: Duration = Duration::from_secs(10 * 60);

/// An order whose payment waits until its end, and a Compago that answers after `latency`.
pub(super) struct Wait {
    order: Option<Order>,
    pub(super) now: UnixMillis,
    latency: Duration,
    pub(super) answering: Option<Answering>,
    cancelled: bool,
    /// Names of the calls that fail from now on.
    pub(super) failing: Vec<&'static str>,
    pub(super) calls: Vec<(UnixMillis, &'static str, bool)>,
    pub(super) alarms: usize,
    /// Whether operators cause reads as well.
    pub(super) by_operators: bool,
    /// When the list watcher sweeps the list next, which holds nothing; none if it does not know of the order.
    sweep_at: Option<UnixMillis>,
}

pub(super) struct Answering {
    at: UnixMillis,
    number: CallNumber,
    call: Call,
    fails: bool,
}

impl Wait {
    /// The link is registered with the list watcher.
    pub(super) fn list_watched(latency: Duration) -> Self {
        Self { sweep_at: Some(START.plus(SWEEP_EVERY)), ..Self::alone(latency) }
    }

    /// The link is never registered.
    pub(super) fn alone(latency: Duration) -> Self {
        let mut wait = Self {
            order: None,
            now: START,
            latency,
            answering: None,
            cancelled: false,
            failing: Vec::new(),
            calls: Vec::new(),
            alarms: 0,
            by_operators: false,
            sweep_at: None,
        };
        wait.carry_out(Order::place(terms(), START).unwrap());
        wait
    }

    pub(super) fn feed(&mut self, event: Event) {
        self.take(Input::Event(event));
    }

    pub(super) fn take(&mut self, input: Input<Order>) {
        let step = self.order.take().unwrap().step(input, self.now);
        self.carry_out(step);
    }

    fn carry_out(&mut self, Step { machine, call, .. }: Step<Order>) {
        self.order = Some(machine);
        if let Some(PendingCall { number, call }) = call {
            let fails = self.failing.contains(&name(&call));
            self.calls.push((self.now, name(&call), !fails));
            self.answering = Some(Answering { at: self.now.plus(self.latency), number, call, fails });
        }
    }

    fn answer(&mut self) {
        let Some(Answering { number, call, fails, .. }) = self.answering.take() else { return };
        let ended = self.now >= END;
        let body = match &call {
            Call::Create(_) => created(PAYMENT),
            Call::Read(_) if self.cancelled => over("CANCELLED", ended),
            Call::Read(_) if ended => over("PENDING", true),
            Call::Read(_) => pending(),
            Call::Search(_) => json!({ "count": 1, "items": [listed("PENDING")] }),
            Call::Cancel(_) => {
                self.cancelled = true;
                cancelled(PAYMENT)
            }
        };
        let reply = if fails { crate::recording::reply(500, "") } else { ok(body) };
        self.take(Input::Completed { call: number, answer: answer_of(&call, Ok(reply)) });
    }

    /// What comes by itself up to `until`: answers and alarms, each at its time.
    pub(super) fn pass(&mut self, until: UnixMillis) {
        loop {
            let answer_at = self.answering.as_ref().map(|answering| answering.at);
            let wake_at = self.order.as_ref().unwrap().next_wake();
            match [answer_at, wake_at, self.sweep_at].into_iter().flatten().min() {
                Some(at) if at <= until => {
                    let before = self.order.as_ref().unwrap().next_wake();
                    self.now = self.now.max(at);
                    if answer_at == Some(at) {
                        self.answer();
                        continue;
                    }
                    if wake_at != Some(at) {
                        self.sweep();
                        continue;
                    }
                    self.alarms += 1;
                    if self.sweep_at.is_some() && self.order().awaits_list_watch() {
                        self.feed(Event::ListWatched);
                    }
                    self.take(Input::AlarmFired);
                    let order = self.order.as_ref().unwrap();
                    assert!(order.is_in_flight() || order.next_wake() != before, "an alarm that changes nothing");
                    assert!(self.alarms < 10_000, "a hot loop");
                }
                Some(_) | None => break,
            }
        }
        self.now = until;
    }

    /// The list watcher sweeps the list, and says that a payment whose link has run out is not in it.
    fn sweep(&mut self) {
        self.sweep_at = Some(self.now.plus(SWEEP_EVERY));
        let watched = self.order().watched_link();
        if let Some(watched) = watched.filter(|watched| watched.expires_at.plus(SETTLE_MARGIN) <= self.now) {
            self.feed(Event::Absent { payment_id: watched.payment_id, read_at: self.now });
        }
    }

    /// The calls until it is settled.
    pub(super) fn calls_until_settled(&self) -> usize {
        self.calls.iter().filter(|(at, ..)| *at <= END.plus(QUARTER)).count()
    }

    pub(super) fn assert_polite(&self, pattern: &str) {
        let reads: Vec<UnixMillis> =
            self.calls.iter().filter(|(_, name, _)| *name == "read").map(|(at, ..)| *at).collect();
        for pair in reads.windows(2) {
            assert!(pair[1].since(pair[0]) >= MIN_GAP, "{pattern}: two reads within {:?}", pair[1].since(pair[0]));
        }
        // Alone, it reads every ten minutes.
        let by_alarm = if self.sweep_at.is_some() { 0 } else { 300 };
        let by_operators = if self.by_operators { usize::from(OPERATOR_BUDGET) } else { 0 };
        let calls = self.calls_until_settled();
        assert!(calls <= 64 + by_alarm + by_operators, "{pattern}: {calls} calls");
        assert!(self.alarms <= 500, "{pattern}: {} alarms", self.alarms);
    }

    /// The longest time without a call that was answered.
    pub(super) fn longest_gap(&self) -> Duration {
        let told: Vec<UnixMillis> = self.calls.iter().filter(|(.., told)| *told).map(|(at, ..)| *at).collect();
        told.windows(2).map(|pair| pair[1].since(pair[0])).max().unwrap()
    }

    pub(super) fn returned(&mut self) {
        let (payment_id, external_id) = (PAYMENT.parse().unwrap(), EXTERNAL_ID.parse().unwrap());
        self.feed(Event::PayerReturned { payment_id, external_id });
    }

    /// The times of the reads, the proof's left out.
    pub(super) fn reads(&self) -> Vec<UnixMillis> {
        self.calls.iter().filter(|(_, name, _)| *name == "read").map(|(at, ..)| *at).skip(1).collect()
    }

    pub(super) fn order(&self) -> &Order {
        self.order.as_ref().unwrap()
    }

    pub(super) fn status(&self) -> OrderStatus {
        self.order.as_ref().unwrap().status()
    }
}
