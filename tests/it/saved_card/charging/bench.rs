//! Drives one charge: feeds it events and raw replies, and keeps what it does.

use compago::edge::saved_card::ChargeStatus;
use compago::endpoint::{Reply, Undelivered};
use compago::flow::charge::notice::Notice;
use compago::flow::charge::search::{Attribution, Others};
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::charge::{Call, Charge};
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step};
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
    pub(super) pending: Option<(CallNumber, Call)>,
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
        metadata: compago::json::from_str(r#"{"table":"4"}"#).unwrap(),
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
        let step = Charge::place(terms(), START);
        let charge = step.machine.clone();
        let (calls, notices) = (Vec::new(), Vec::new());
        let (others, attribution) = (Others::default(), Attribution::SoleCharger);
        let mut bench = Self { charge, now: START, pending: None, calls, notices, others, attribution };
        bench.carry_out(step);
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

    pub(super) fn take(&mut self, input: Input<Charge>) {
        let step = self.charge.clone().step(input, self.now);
        let stored: Charge = compago::json::from_str(&compago::json::to_string(&step.machine)).unwrap();
        assert_eq!(step.machine, stored, "what is stored is what goes on");
        crate::stored::keep_charge(&stored, self.now);
        self.carry_out(step);
        assert!(self.calls.iter().filter(|call| **call == "charge").count() <= 1, "a second call that charges");
    }

    fn carry_out(&mut self, Step { machine, notices, call, storing: _ }: Step<Charge>) {
        self.charge = machine;
        for notice in notices {
            crate::stored::keep_webhook(&notice.event, self.now);
            self.notices.push(notice);
        }
        if let Some(PendingCall { number, call }) = call {
            self.calls.push(name(&call));
            self.pending = Some((number, call));
        }
    }

    pub(super) fn reply(&mut self, result: Result<Reply, Undelivered>) {
        let (number, call) = self.pending.take().expect("a call is in flight");
        let answer = answer_of(&call, result, self.others.clone(), self.attribution);
        self.take(Input::Completed { call: number, answer });
    }

    pub(super) fn say(&mut self, body: Value) {
        self.reply(Ok(reply(200, body.to_string())));
    }

    pub(super) fn lose(&mut self) {
        self.reply(Err(Undelivered::Timeout));
    }

    pub(super) fn wake(&mut self) {
        self.now = self.charge.next_wake().expect("there is something to wait for").max(self.now);
        self.take(Input::AlarmFired);
    }

    /// Its next call, for which time passes unless it is in flight already, is answered with this.
    pub(super) fn next(&mut self, body: Value) {
        if self.pending.is_none() {
            self.wake();
        }
        self.say(body);
    }

    pub(super) fn in_flight(&self) -> Option<&'static str> {
        self.pending.as_ref().map(|(_, call)| name(call))
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
