//! Lets time pass over one order, and keeps when it was looked at.

use std::time::Duration;

use compago::edge::order::OrderStatus;
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step};
use compago::flow::order::{Answer, BatchResult, Call, Event, Order};
use compago::flow::poll::{MIN_GAP, OPERATOR_BUDGET};
use compago::value::UnixMillis;
use serde_json::json;

use crate::order::bench::{START, answer_of, name, terms};
use crate::order::bodies::{EXTERNAL_ID, PAYMENT, cancelled, created, listed, ok, over, pending};

pub(super) const END: UnixMillis = UnixMillis(START.0 + 48 * 60 * 60 * 1_000);
pub(super) const QUARTER: Duration = Duration::from_secs(15 * 60);

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
    /// Whether operators look as well.
    pub(super) by_operators: bool,
}

pub(super) struct Answering {
    at: UnixMillis,
    number: CallNumber,
    call: Call,
    fails: bool,
}

impl Wait {
    pub(super) fn new(latency: Duration) -> Self {
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
            Call::Batch(_) => {
                let answer = Answer::Batch((!fails).then_some(BatchResult::Absent));
                return self.take(Input::Completed { call: number, answer });
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
            match [answer_at, wake_at].into_iter().flatten().min() {
                Some(at) if at <= until => {
                    let before = self.order.as_ref().unwrap().next_wake();
                    self.now = self.now.max(at);
                    if answer_at == Some(at) {
                        self.answer();
                        continue;
                    }
                    self.alarms += 1;
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

    /// The calls that ask Compago about this payment alone, until it is settled.
    pub(super) fn own_calls(&self) -> usize {
        self.calls.iter().filter(|(at, name, _)| *name != "glance" && *at <= END.plus(QUARTER)).count()
    }

    pub(super) fn assert_polite(&self, pattern: &str) {
        let reads: Vec<UnixMillis> =
            self.calls.iter().filter(|(_, name, _)| *name == "read").map(|(at, ..)| *at).collect();
        for pair in reads.windows(2) {
            assert!(pair[1].since(pair[0]) >= MIN_GAP, "{pattern}: two reads within {:?}", pair[1].since(pair[0]));
        }
        let allowed = if self.by_operators { 64 + usize::from(OPERATOR_BUDGET) } else { 64 };
        assert!(self.own_calls() <= allowed, "{pattern}: {} calls", self.own_calls());
        assert!(self.alarms <= 400, "{pattern}: {} alarms", self.alarms);
    }

    /// The longest time without a look that told something.
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
