//! Drives one charge: feeds it events and raw replies, and keeps what it does.

use compago::edge::saved_card::ChargeStatus;
use compago::endpoint::{Reply, Undelivered};
use compago::flow::charge::notice::Notice;
use compago::flow::charge::search::{Attribution, Others};
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::charge::{Call, Charge, Effect, Event, Step};
use compago::value::UnixMillis;
use compago::webhook::EventKind;
use serde_json::{Value, json};

use super::super::{METHOD, START, answer_of};
use crate::recording::reply;

pub(super) const PAYMENT: &str = "eeee0000-1111-4222-8333-444455556666";
pub(super) const OTHER: &str = "ffff0000-1111-4222-8333-444455556666";

#[derive(Clone)]
pub(super) struct Bench {
    pub(super) charge: Charge,
    pub(super) now: UnixMillis,
    pub(super) flight: Option<(u32, Call)>,
    pub(super) calls: Vec<&'static str>,
    pub(super) notices: Vec<Notice>,
    pub(super) others: Others,
    pub(super) attribution: Attribution,
}

pub(super) fn terms() -> ChargeTerms {
    ChargeTerms {
        key: "K7Q2M9XD3FHT".parse().unwrap(),
        method: METHOD.parse().unwrap(),
        amount: "120".parse().unwrap(),
        currency: "MXN".parse().unwrap(),
        description: Some("Cuota marzo".parse().unwrap()),
        placed_at: START,
    }
}

pub(super) fn payment(id: &str, status: &str) -> Value {
    json!({ "id": id, "status": status, "amount": 120, "currency": "MXN" })
}

/// An item of the list, made so many seconds after the start.
pub(super) fn item(id: &str, status: &str, after: i64) -> Value {
    let mut item = payment(id, status);
    item["createdAt"] = json!(UnixMillis(START.0 + after * 1_000).to_string());
    item
}

pub(super) fn list(items: &[Value]) -> Value {
    json!({ "count": items.len(), "page": 1, "pageSize": 500, "items": items })
}

impl Bench {
    pub(super) fn placed() -> Self {
        let Step { charge, effects } = Charge::place(terms(), START);
        let (calls, notices) = (Vec::new(), Vec::new());
        let (others, attribution) = (Others::default(), Attribution::SoleCharger);
        let mut bench = Self { charge, now: START, flight: None, calls, notices, others, attribution };
        bench.carry_out(effects);
        bench
    }

    /// Its card was charged for nothing else, and its own call is under way.
    pub(super) fn charging() -> Self {
        let mut bench = Self::placed();
        bench.say(list(&[]));
        assert_eq!(bench.in_flight(), Some("charge"));
        bench
    }

    /// The answer to its call is lost.
    pub(super) fn lost() -> Self {
        let mut bench = Self::charging();
        bench.lose();
        assert_eq!(bench.charge.status(), ChargeStatus::Unknown);
        bench
    }

    fn feed(&mut self, event: Event) {
        let Step { charge, effects } = self.charge.clone().step(event, self.now);
        let stored = compago::json::from_str(&compago::json::to_string(&charge)).unwrap();
        assert_eq!(charge, stored, "what is stored is what goes on");
        crate::stored::keep_charge(&charge, self.now);
        self.charge = stored;
        self.carry_out(effects);
        assert!(self.calls.iter().filter(|call| **call == "charge").count() <= 1, "a second call that charges");
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Notify(notice) => {
                    crate::stored::keep_webhook(&notice.event, self.now);
                    self.notices.push(notice);
                }
                Effect::Call { flight, call } => {
                    self.calls.push(name(&call));
                    self.flight = Some((flight, call));
                }
            }
        }
    }

    pub(super) fn reply(&mut self, result: Result<Reply, Undelivered>) {
        let (flight, call) = self.flight.take().expect("a call is in flight");
        let answer = answer_of(&call, result, self.others.clone(), self.attribution);
        self.feed(Event::Answered { flight, answer });
    }

    pub(super) fn say(&mut self, body: Value) {
        self.reply(Ok(reply(200, body.to_string())));
    }

    pub(super) fn lose(&mut self) {
        self.reply(Err(Undelivered::Timeout));
    }

    pub(super) fn wake(&mut self) {
        self.now = self.charge.wake_at().expect("there is something to wait for").max(self.now);
        self.feed(Event::AlarmRang);
    }

    /// Its next call, for which time passes unless it is in flight already, is answered with this.
    pub(super) fn next(&mut self, body: Value) {
        if self.flight.is_none() {
            self.wake();
        }
        self.say(body);
    }

    pub(super) fn in_flight(&self) -> Option<&'static str> {
        self.flight.as_ref().map(|(_, call)| name(call))
    }

    pub(super) fn told(&self) -> Vec<EventKind> {
        self.notices.iter().map(|notice| notice.event.kind).collect()
    }

    pub(super) fn data(&self) -> Value {
        serde_json::from_str(&compago::json::to_string(&self.notices.last().unwrap().event.data)).unwrap()
    }
}

const fn name(call: &Call) -> &'static str {
    match call {
        Call::List(_) => "list",
        Call::Charge(_) => "charge",
        Call::Read(_) => "read",
    }
}
