//! Giving back a charge: once, whatever was lost on the way.

use compago::edge::saved_card::RefundStatus;
use compago::endpoint::{CallError, Reply, Undelivered};
use compago::error::Reason;
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step};
use compago::flow::refund::notice::Notice;
use compago::flow::refund::terms::RefundTerms;
use compago::flow::refund::{Call, Refund};
use compago::value::UnixMillis;
use compago::webhook::{EventKind, HoldReason};
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::START;
use crate::recording::{answer, reply};

const PAYMENT: &str = "eeee0000-1111-4222-8333-444455556666";
const OTHER: &str = "ffff0000-1111-4222-8333-444455556666";

struct Bench {
    refund: Refund,
    now: UnixMillis,
    pending: Option<(CallNumber, Call)>,
    calls: Vec<&'static str>,
    notices: Vec<Notice>,
}

fn payment(status: &str) -> Value {
    json!({ "id": PAYMENT, "status": status, "amount": 120, "currency": "MXN" })
}

impl Bench {
    fn placed() -> Self {
        let terms = RefundTerms {
            key: "K7Q2M9XD3FHT".parse().unwrap(),
            method: OTHER.parse().unwrap(),
            payment: PAYMENT.parse().unwrap(),
            reason: None,
            placed_at: START,
            metadata: compago::json::from_str(r#"{"table":"4"}"#).unwrap(),
        };
        let step = Refund::place(terms, START);
        let refund = step.machine.clone();
        let mut bench = Self { refund, now: START, pending: None, calls: Vec::new(), notices: Vec::new() };
        bench.carry_out(step);
        bench
    }

    fn refunding() -> Self {
        let mut bench = Self::placed();
        bench.say(payment("CONFIRMED"));
        assert_eq!(bench.calls, ["read", "refund"]);
        bench
    }

    fn take(&mut self, input: Input<Refund>) {
        let step = self.refund.clone().step(input, self.now);
        let stored: Refund = compago::json::from_str(&compago::json::to_string(&step.machine)).unwrap();
        assert_eq!(step.machine, stored, "what is stored is what goes on");
        crate::stored::keep_refund(&stored, self.now);
        self.carry_out(step);
    }

    fn carry_out(&mut self, Step { machine, notices, call, storing: _ }: Step<Refund>) {
        self.refund = machine;
        for notice in notices {
            crate::stored::keep_webhook(&notice.event, self.now);
            self.notices.push(notice);
        }
        if let Some(PendingCall { number, call }) = call {
            self.calls.push(match &call {
                Call::Read(_) => "read",
                Call::Refund(_) => "refund",
            });
            self.pending = Some((number, call));
        }
    }

    fn reply(&mut self, result: Result<Reply, Undelivered>) {
        if self.pending.is_none() {
            self.wake();
        }
        let (number, call) = self.pending.take().expect("a call is in flight");
        let answer = match (&call, result) {
            (_, Err(error)) => Err(CallError::Undelivered(error)),
            (Call::Read(read), Ok(reply)) => answer(read, reply),
            (Call::Refund(refund), Ok(reply)) => answer(refund, reply),
        };
        self.take(Input::Completed { call: number, answer });
    }

    fn say(&mut self, body: Value) {
        self.reply(Ok(reply(200, body.to_string())));
    }

    fn lose(&mut self) {
        self.reply(Err(Undelivered::Timeout));
    }

    fn refuse(&mut self, status: u16) {
        self.reply(Ok(reply(status, r#"{"message":"Payment not CONFIRMED"}"#)));
    }

    fn wake(&mut self) {
        self.now = self.refund.next_wake().expect("there is something to wait for").max(self.now);
        self.take(Input::AlarmFired);
    }

    fn told(&self) -> Vec<EventKind> {
        self.notices.iter().map(|notice| notice.event.kind).collect()
    }
}

#[test]
fn a_confirmed_charge_is_given_back() {
    let mut bench = Bench::refunding();
    bench.say(payment("REFUNDED"));
    assert_eq!(bench.refund.status(), RefundStatus::Refunded);
    assert_eq!(bench.told(), [EventKind::PaymentRefunded]);
    assert_eq!(bench.refund.amount(), "120".parse().ok());
    assert_eq!(bench.refund.next_wake(), None);
}

#[test]
fn one_that_was_given_back_before_is_not_asked_for_again() {
    let mut bench = Bench::placed();
    bench.say(payment("REFUNDED"));
    assert_eq!(bench.refund.status(), RefundStatus::Refunded);
    assert_eq!(bench.calls, ["read"]);
}

#[test]
fn what_was_never_charged_is_not_given_back() {
    for status in ["CANCELLED", "PENDING", "NOT_INITIALIZED"] {
        let mut bench = Bench::placed();
        bench.say(payment(status));
        assert_eq!((bench.refund.status(), bench.refund.refusal()), (RefundStatus::Refused, None), "{status}");
        assert_eq!(bench.calls, ["read"]);
    }
    let mut bench = Bench::placed();
    bench.refuse(404);
    assert_eq!((bench.refund.status(), bench.refund.refusal()), (RefundStatus::Refused, Some(Reason::NotFound)));
    assert!(bench.notices.is_empty());
}

#[test]
fn a_lost_answer_is_settled_by_reading_the_charge() {
    for lost in [None, Some(500), Some(503)] {
        for (read, calls) in [("REFUNDED", 3), ("CONFIRMED", 4)] {
            let mut bench = Bench::refunding();
            match lost {
                Some(status) => bench.refuse(status),
                None => bench.lose(),
            }
            assert_eq!(bench.refund.status(), RefundStatus::Pending);
            bench.say(payment(read));
            if read == "CONFIRMED" {
                bench.say(payment("REFUNDED"));
            }
            assert_eq!(bench.refund.status(), RefundStatus::Refunded);
            assert_eq!((bench.calls.len(), bench.told()), (calls, vec![EventKind::PaymentRefunded]));
        }
    }
}

#[test]
fn a_refusal_is_final_only_if_nothing_was_lost_before() {
    let mut bench = Bench::refunding();
    bench.refuse(400);
    bench.say(payment("CONFIRMED"));
    assert_eq!(bench.refund.status(), RefundStatus::Refused);

    let mut bench = Bench::refunding();
    bench.lose();
    bench.say(payment("CONFIRMED"));
    bench.refuse(400);
    bench.say(payment("CONFIRMED"));
    assert_eq!(bench.refund.status(), RefundStatus::Pending, "its first call may be what refused the second");
    bench.refuse(400);
    bench.say(payment("REFUNDED"));
    assert_eq!(bench.told(), [EventKind::PaymentRefunded]);
}

#[test]
fn an_answer_about_another_charge_tells_nothing() {
    let mut bench = Bench::refunding();
    let mut other = payment("REFUNDED");
    other["id"] = json!(OTHER);
    bench.say(other);
    assert_eq!(bench.refund.status(), RefundStatus::Pending);
    bench.say(payment("REFUNDED"));
    assert_eq!(bench.refund.status(), RefundStatus::Refunded);
}

#[test]
fn what_cannot_be_learnt_is_for_a_person() {
    let mut bench = Bench::refunding();
    while bench.notices.is_empty() {
        bench.lose();
    }
    assert_eq!(bench.refund.status(), RefundStatus::OnHold);
    assert_eq!(bench.told(), [EventKind::PaymentOnHold]);
    let mut bench = Bench::refunding();
    while bench.notices.is_empty() {
        bench.lose();
        bench.say(payment("CONFIRMED"));
    }
    assert_eq!(bench.calls.iter().filter(|call| **call == "refund").count(), 6);
}

#[test]
fn a_crash_is_a_lost_answer() {
    let mut bench = Bench::refunding();
    bench.pending = None;
    bench.wake();
    bench.say(payment("REFUNDED"));
    assert_eq!(bench.told(), [EventKind::PaymentRefunded]);
}

#[test]
fn answers_that_contradict_each_other_are_for_a_person() {
    let with = |status: &str, field: &str, value: Value| {
        let mut body = payment(status);
        body[field] = value;
        body
    };
    // What was read first is what was charged.
    for (status, calls) in [("REFUNDED", 2), ("CONFIRMED", 2)] {
        let mut bench = Bench::refunding();
        bench.say(with(status, "amount", json!(12)));
        assert_eq!(bench.refund.status(), RefundStatus::OnHold, "{status}");
        assert_eq!(bench.told(), [EventKind::PaymentOnHold], "{status}");
        assert_eq!(bench.notices[0].event.data.reason, Some(HoldReason::RefundMismatch));
        assert_eq!(bench.notices[0].event.data.amount, "120".parse().ok());
        assert_eq!((bench.calls.len(), bench.refund.next_wake()), (calls, None), "{status}");
        assert!(bench.refund.projection().json.contains("refund-mismatch"));
    }
    // Another currency is given back by nobody here, since the merchant would be told pesos.
    let mut bench = Bench::placed();
    bench.say(with("CONFIRMED", "currency", json!("USD")));
    assert_eq!((bench.refund.status(), bench.calls.len()), (RefundStatus::OnHold, 1));
}
