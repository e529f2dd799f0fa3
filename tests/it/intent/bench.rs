//! Drives one charge: feeds it events and raw replies, and keeps what it does.

use std::time::Duration;

use compago::api::payment_intent::cancel::Acknowledged;
use compago::edge::payment_intent::{IntentStatus, IntentView};
use compago::endpoint::{CallError, Reply, Undelivered};
use compago::flow::intent::notice::Notice;
use compago::flow::intent::terms::{IntentTerms, external_id};
use compago::flow::intent::{Answer, Call, Event, Intent};
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step};
use compago::value::UnixMillis;
use compago::webhook::EventKind;
use serde_json::{Value, json};

use crate::recording::{answer, reply};

/// 2026-03-01T18:00:00Z.
pub(crate) const START: UnixMillis = UnixMillis(1_772_388_000_000);
pub(crate) const LIFETIME: Duration = Duration::from_secs(600);
pub(crate) const INTENT: &str = "12121212-3434-4565-8787-909090909090";
pub(crate) const OTHER: &str = "34343434-5656-4787-8a9a-b0b0b0b0b0b0";

pub(crate) const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub(crate) fn terms() -> IntentTerms {
    let key = "K7Q2M9XD3FHT".parse().unwrap();
    IntentTerms {
        key,
        amount: "350.50".parse().unwrap(),
        currency: "MXN".parse().unwrap(),
        terminal_code: Some("TERM-01".parse().unwrap()),
        reference: None,
        external_id: external_id(None, &key, START).unwrap(),
        placed_at: START,
        metadata: compago::json::from_str(r#"{"table":"4"}"#).unwrap(),
    }
}

/// The answer to creating.
pub(crate) fn made() -> Value {
    json!({
        "id": INTENT, "status": "PENDING", "amount": 350.5, "currency": "MXN",
        "externalId": "pos_20260301T180000_k7q2m9xd3fht", "organizationId": OTHER, "terminalId": null,
        "createdAt": "2026-03-01T18:00:00Z", "updatedAt": "2026-03-01T18:00:00Z"
    })
}

/// The answer to a read.
pub(crate) fn told(status: &str, expired: bool) -> Value {
    json!({ "id": INTENT, "status": status, "expired": expired })
}

pub(crate) fn success(status: &str, expired: bool) -> Value {
    let card = json!({ "fundingSource": "DEBIT", "networkType": "VISA", "lastFourDigits": "1111" });
    let summary = json!({ "status": "SUCCESS", "cardInformation": card });
    json!({ "id": INTENT, "status": status, "expired": expired, "paymentSummary": summary })
}

pub(crate) fn refused(status: u16, message: &str) -> Reply {
    reply(status, json!({ "message": message }).to_string())
}

pub(crate) fn answer_of(call: &Call, result: Result<Reply, Undelivered>) -> Answer {
    let lost = CallError::Undelivered(*result.as_ref().err().unwrap_or(&Undelivered::Network));
    match (call, result) {
        (Call::Create(_), Err(_)) => Answer::Created(Err(lost)),
        (Call::Create(create), Ok(reply)) => Answer::Created(answer(create, reply)),
        (Call::Read(_), Err(_)) => Answer::Read(Err(lost)),
        (Call::Read(read), Ok(reply)) => Answer::Read(answer(read, reply)),
        (Call::Cancel(_), Err(_)) => Answer::Cancelled(Err(lost)),
        (Call::Cancel(cancel), Ok(reply)) => Answer::Cancelled(answer(cancel, reply).map(|Acknowledged {}| ())),
        (Call::Register(_), result) => Answer::Registered(result.is_ok()),
    }
}

pub(crate) const fn name(call: &Call) -> &'static str {
    match call {
        Call::Create(_) => "create",
        Call::Register(_) => "register",
        Call::Read(_) => "read",
        Call::Cancel(_) => "cancel",
    }
}

/// A charge, its clock, and all that it did.
#[derive(Clone)]
pub(crate) struct Bench {
    pub(crate) intent: Intent,
    pub(crate) now: UnixMillis,
    pub(crate) pending: Option<(CallNumber, Call)>,
    /// The names of all calls and when they were made, oldest first.
    pub(crate) calls: Vec<(&'static str, UnixMillis)>,
    pub(crate) notices: Vec<Notice>,
}

impl Bench {
    pub(crate) fn placed() -> Self {
        let step = Intent::place(terms(), START);
        let intent = step.machine.clone();
        let mut bench = Self { intent, now: START, pending: None, calls: Vec::new(), notices: Vec::new() };
        bench.carry_out(step);
        bench
    }

    /// Made, entered in the register, and watched by nobody any more.
    pub(crate) fn open() -> Self {
        let mut bench = Self::placed();
        bench.say(made());
        bench.register();
        assert!(bench.intent.is_announced());
        assert_eq!(bench.status(), IntentStatus::Waiting);
        bench
    }

    pub(crate) fn feed(&mut self, event: Event) {
        self.take(Input::Event(event));
    }

    pub(crate) fn take(&mut self, input: Input<Intent>) {
        let step = self.intent.clone().step(input, self.now);
        // What is stored is what goes on.
        let stored: Intent = compago::json::from_str(&compago::json::to_string(&step.machine)).unwrap();
        assert_eq!(step.machine, stored);
        crate::stored::keep_intent(&stored, self.now);
        self.carry_out(step);
    }

    fn carry_out(&mut self, Step { machine, notices, call, storing: _ }: Step<Intent>) {
        self.intent = machine;
        for notice in notices {
            crate::stored::keep_webhook(&notice.event, self.now);
            self.notices.push(notice);
        }
        if let Some(PendingCall { number, call }) = call {
            self.calls.push((name(&call), self.now));
            self.pending = Some((number, call));
        }
    }

    pub(crate) fn reply(&mut self, result: Result<Reply, Undelivered>) {
        let (number, call) = self.pending.take().expect("a call is in flight");
        let answer = answer_of(&call, result);
        self.take(Input::Completed { call: number, answer });
    }

    pub(crate) fn say(&mut self, body: Value) {
        self.reply(Ok(reply(200, body.to_string())));
    }

    pub(crate) fn lose(&mut self) {
        self.reply(Err(Undelivered::Timeout));
    }

    pub(crate) fn register(&mut self) {
        assert_eq!(self.in_flight(), Some("register"));
        self.reply(Ok(reply(200, "")));
    }

    /// Time passes until the machine wants to be woken.
    pub(crate) fn wake(&mut self) {
        self.now = self.intent.next_wake().expect("there is something to wait for").max(self.now);
        self.take(Input::AlarmFired);
    }

    /// Answers its next read, for which time passes unless it is in flight already.
    pub(crate) fn look(&mut self, body: Value) {
        if self.pending.is_none() {
            self.wake();
        }
        assert_eq!(self.in_flight(), Some("read"));
        self.say(body);
    }

    pub(crate) fn in_flight(&self) -> Option<&'static str> {
        self.pending.as_ref().map(|(_, call)| name(call))
    }

    pub(crate) fn status(&self) -> IntentStatus {
        self.intent.status()
    }

    pub(crate) fn view(&self) -> IntentView {
        self.intent.view(self.now)
    }

    pub(crate) fn told(&self) -> Vec<EventKind> {
        self.notices.iter().map(|notice| notice.event.kind).collect()
    }

    pub(crate) fn last_data(&self) -> Value {
        serde_json::from_str(&compago::json::to_string(&self.notices.last().unwrap().event.data)).unwrap()
    }

    pub(crate) fn count(&self, wanted: &str) -> usize {
        self.calls.iter().filter(|(name, _)| *name == wanted).count()
    }
}
