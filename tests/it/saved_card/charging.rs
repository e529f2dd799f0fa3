//! A charge of a saved card: one call, and what becomes of it learnt from the card's list if need be.

use std::time::Duration;

use compago::api::payment_method::payments::AllCardPayments;
use compago::edge::saved_card::ChargeStatus;
use compago::endpoint::{CallError, Reply, Undelivered};
use compago::error::Reason;
use compago::flow::charge::notice::Notice;
use compago::flow::charge::search::Others;
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::charge::{Answer, Call, Charge, Effect, Event, Step};
use compago::value::UnixMillis;
use compago::webhook::EventKind;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::recording::{Recording, answer, now, reply};

const START: UnixMillis = UnixMillis(1_772_388_000_000);
const METHOD: &str = "dddd0000-1111-4222-8333-444455556666";
const PAYMENT: &str = "eeee0000-1111-4222-8333-444455556666";
const OTHER: &str = "ffff0000-1111-4222-8333-444455556666";

#[derive(Clone)]
struct Bench {
    charge: Charge,
    now: UnixMillis,
    flight: Option<(u32, Call)>,
    calls: Vec<&'static str>,
    notices: Vec<Notice>,
    others: Others,
}

fn terms() -> ChargeTerms {
    ChargeTerms {
        key: "K7Q2M9XD3FHT".parse().unwrap(),
        method: METHOD.parse().unwrap(),
        amount: "120".parse().unwrap(),
        currency: "MXN".parse().unwrap(),
        description: Some("Cuota marzo".parse().unwrap()),
        placed_at: START,
    }
}

fn payment(id: &str, status: &str) -> Value {
    json!({ "id": id, "status": status, "amount": 120, "currency": "MXN" })
}

/// An item of the list, made so many seconds after the start.
fn item(id: &str, status: &str, after: i64) -> Value {
    let mut item = payment(id, status);
    item["createdAt"] = json!(UnixMillis(START.0 + after * 1_000).to_string());
    item
}

fn list(items: &[Value]) -> Value {
    json!({ "count": items.len(), "page": 1, "pageSize": 500, "items": items })
}

impl Bench {
    fn placed() -> Self {
        let Step { charge, effects } = Charge::place(terms(), START);
        let (calls, notices) = (Vec::new(), Vec::new());
        let mut bench = Self { charge, now: START, flight: None, calls, notices, others: Others::default() };
        bench.carry_out(effects);
        bench
    }

    /// Its card was charged for nothing else, and its own call is under way.
    fn charging() -> Self {
        let mut bench = Self::placed();
        bench.say(list(&[]));
        assert_eq!(bench.in_flight(), Some("charge"));
        bench
    }

    /// The answer to its call is lost.
    fn lost() -> Self {
        let mut bench = Self::charging();
        bench.lose();
        assert_eq!(bench.charge.status(), ChargeStatus::Unknown);
        bench
    }

    fn feed(&mut self, event: Event) {
        let Step { charge, effects } = self.charge.clone().step(event, self.now);
        let stored = compago::json::from_str(&compago::json::to_string(&charge)).unwrap();
        assert_eq!(charge, stored, "what is stored is what goes on");
        self.charge = stored;
        self.carry_out(effects);
        assert!(self.calls.iter().filter(|call| **call == "charge").count() <= 1, "a second call that charges");
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Notify(notice) => self.notices.push(notice),
                Effect::Call { flight, call } => {
                    self.calls.push(name(&call));
                    self.flight = Some((flight, call));
                }
            }
        }
    }

    fn reply(&mut self, result: Result<Reply, Undelivered>) {
        let (flight, call) = self.flight.take().expect("a call is in flight");
        let answer = answer_of(&call, result, self.others.clone());
        self.feed(Event::Answered { flight, answer });
    }

    fn say(&mut self, body: Value) {
        self.reply(Ok(reply(200, body.to_string())));
    }

    fn lose(&mut self) {
        self.reply(Err(Undelivered::Timeout));
    }

    fn wake(&mut self) {
        self.now = self.charge.wake_at().expect("there is something to wait for").max(self.now);
        self.feed(Event::AlarmRang);
    }

    /// Its next call, for which time passes unless it is in flight already, is answered with this.
    fn next(&mut self, body: Value) {
        if self.flight.is_none() {
            self.wake();
        }
        self.say(body);
    }

    fn in_flight(&self) -> Option<&'static str> {
        self.flight.as_ref().map(|(_, call)| name(call))
    }

    fn told(&self) -> Vec<EventKind> {
        self.notices.iter().map(|notice| notice.event.kind).collect()
    }

    fn data(&self) -> Value {
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

fn answer_of(call: &Call, result: Result<Reply, Undelivered>, others: Others) -> Answer {
    let lost = CallError::Undelivered(*result.as_ref().err().unwrap_or(&Undelivered::Network));
    match (call, result) {
        (Call::List(method), Ok(reply)) => {
            let result = now(compago::api::payment_method::payments::all_payments(*method, &Recording::new([reply])));
            Answer::Listed { result, others }
        }
        (Call::List(_), Err(_)) => Answer::Listed { result: Err(lost), others },
        (Call::Charge(_), Err(_)) => Answer::Charged(Err(lost)),
        (Call::Charge(charge), Ok(reply)) => Answer::Charged(answer(charge, reply)),
        (Call::Read(_), Err(_)) => Answer::Read(Err(lost)),
        (Call::Read(read), Ok(reply)) => Answer::Read(answer(read, reply)),
    }
}

#[test]
fn a_charge_is_confirmed_by_its_answer() {
    let mut bench = Bench::charging();
    bench.say(payment(PAYMENT, "CONFIRMED"));
    assert_eq!(bench.charge.status(), ChargeStatus::Confirmed);
    assert_eq!(bench.calls, ["list", "charge"]);
    assert_eq!(bench.told(), [EventKind::PaymentConfirmed]);
    assert_eq!(bench.notices[0].id.as_str(), "evt_k7q2m9xd3fht_payment-confirmed_1");
    assert_eq!(
        bench.data(),
        json!({
            "paymentMethod": METHOD, "payment": PAYMENT, "reference": "K7Q2-M9XD-3FHT", "amount": "120.00", "currency": "MXN",
        })
    );
    assert_eq!(bench.charge.wake_at(), None);
}

#[test]
fn a_payment_under_way_is_followed_to_its_end() {
    for begun in ["NOT_INITIALIZED", "PENDING", "ODD"] {
        for (end, status, told) in [
            ("CONFIRMED", ChargeStatus::Confirmed, 1),
            ("CANCELLED", ChargeStatus::Declined, 0),
            ("REFUNDED", ChargeStatus::Refunded, 1),
        ] {
            let mut bench = Bench::charging();
            bench.say(payment(PAYMENT, begun));
            assert_eq!(bench.charge.status(), ChargeStatus::Pending);
            assert!(!bench.charge.is_under_way(), "its id is known: the card may be charged for something else");
            bench.wake();
            bench.lose();
            bench.next(payment(PAYMENT, begun));
            bench.next(payment(PAYMENT, end));
            assert_eq!((bench.charge.status(), bench.told().len()), (status, told), "{begun} {end}");
        }
    }
}

#[test]
fn a_payment_that_never_ends_is_put_on_hold_and_still_looked_at() {
    let mut bench = Bench::charging();
    bench.say(payment(PAYMENT, "PENDING"));
    while bench.notices.is_empty() {
        bench.next(payment(PAYMENT, "PENDING"));
    }
    assert_eq!(bench.told(), [EventKind::PaymentOnHold]);
    assert_eq!(bench.data()["reason"], "unresolved");
    bench.next(payment(PAYMENT, "CONFIRMED"));
    assert_eq!(bench.told(), [EventKind::PaymentOnHold, EventKind::PaymentConfirmed]);
}

#[test]
fn a_clear_refusal_charged_nothing() {
    for (status, text, reason) in [
        (400, "Payment method not ACTIVE", Reason::Other),
        (400, "Invalid amount", Reason::Other),
        (400, "Currency not supported", Reason::Currency),
        (401, "Unauthorized", Reason::Unauthorized),
        (402, "", Reason::Other),
        (404, "Payment method not found", Reason::NotFound),
    ] {
        let mut bench = Bench::charging();
        bench.reply(Ok(reply(status, json!({ "message": text }).to_string())));
        assert_eq!(bench.charge.refusal(), Some(reason), "{status} {text}");
        assert_eq!(bench.charge.status(), ChargeStatus::Declined);
        assert!(bench.notices.is_empty());
        assert_eq!(bench.charge.wake_at(), None);
    }
}

#[test]
fn a_payment_of_another_amount_is_for_a_person() {
    for (field, value) in [("amount", json!(12)), ("currency", json!("USD"))] {
        let mut body = payment(PAYMENT, "CONFIRMED");
        body[field] = value;
        let mut bench = Bench::charging();
        bench.say(body);
        assert_eq!(bench.charge.status(), ChargeStatus::OnHold);
        assert_eq!(bench.data()["reason"], "mismatch");
    }
}

#[test]
fn before_the_call_nothing_is_charged_and_the_same_key_goes_on() {
    let mut bench = Bench::placed();
    for _ in 0..3 {
        assert_eq!(bench.in_flight(), Some("list"));
        bench.lose();
        if bench.charge.wake_at().is_some() {
            bench.wake();
        }
    }
    assert!(bench.charge.is_stalled());
    assert_eq!(bench.calls, ["list"; 3]);
    bench.charge = bench.charge.clone().resume(bench.now);
    bench.wake();
    bench.say(list(&[]));
    assert_eq!(bench.in_flight(), Some("charge"));
}

#[test]
fn a_lost_answer_is_found_in_the_list() {
    for lost in [None, Some(reply(500, "")), Some(reply(503, "{}")), Some(reply(200, "{")), Some(reply(302, ""))] {
        for (status, expected) in [("CONFIRMED", ChargeStatus::Confirmed), ("CANCELLED", ChargeStatus::Declined)] {
            let mut bench = Bench::placed();
            bench.say(list(&[item(OTHER, "CONFIRMED", -3_600)]));
            match lost.clone() {
                Some(reply) => bench.reply(Ok(reply)),
                None => bench.lose(),
            }
            assert_eq!(bench.charge.status(), ChargeStatus::Unknown);
            assert!(bench.charge.is_under_way());
            bench.next(list(&[item(OTHER, "CONFIRMED", -3_600)]));
            bench.next(list(&[item(OTHER, "CONFIRMED", -3_600), item(PAYMENT, status, 2)]));
            assert_eq!(bench.charge.status(), expected);
            assert_eq!(bench.charge.payment_id().unwrap().to_string(), PAYMENT);
        }
    }
}

#[test]
fn a_crash_during_the_call_is_a_lost_answer() {
    let mut bench = Bench::charging();
    bench.flight = None;
    bench.wake();
    assert_eq!(bench.charge.status(), ChargeStatus::Unknown);
    bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    assert_eq!(bench.charge.status(), ChargeStatus::Confirmed);
}

#[test]
fn what_cannot_be_this_charge_is_never_taken_for_it() {
    let of = |field: &str, value: Value| {
        let mut item = item(PAYMENT, "CONFIRMED", 1);
        item[field] = value;
        item
    };
    let two = [item(PAYMENT, "CONFIRMED", 1), item(OTHER, "CONFIRMED", 2)];
    for (what, items, reason) in [
        ("nothing new", vec![], "not-listed"),
        ("another amount", vec![of("amount", json!(121))], "not-listed"),
        ("another currency", vec![of("currency", json!("USD"))], "not-listed"),
        ("long before", vec![item(PAYMENT, "CONFIRMED", -3_600)], "not-listed"),
        ("long after", vec![item(PAYMENT, "CONFIRMED", 3_600)], "not-listed"),
        ("two of them", two.to_vec(), "ambiguous"),
        ("no time", vec![of("createdAt", Value::Null)], "ambiguous"),
        ("one that cannot be read", vec![json!({})], "ambiguous"),
    ] {
        let mut bench = Bench::lost();
        while bench.notices.is_empty() {
            bench.next(list(&items));
        }
        assert_eq!(bench.charge.status(), ChargeStatus::OnHold, "{what}");
        assert_eq!(bench.data()["reason"], reason, "{what}");
        assert!(bench.now.since(START) >= Duration::from_secs(15 * 60), "{what}: not before it had time to appear");
    }
}

#[test]
fn what_was_there_before_or_is_another_charges_is_not_this_one() {
    let mut bench = Bench::placed();
    bench.say(list(&[item(PAYMENT, "CONFIRMED", 0)]));
    bench.lose();
    while bench.notices.is_empty() {
        bench.next(list(&[item(PAYMENT, "CONFIRMED", 0)]));
    }
    let mut bench = Bench::lost();
    bench.others.taken.push(PAYMENT.parse().unwrap());
    while bench.notices.is_empty() {
        bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    }
    let mut bench = Bench::lost();
    bench.others.rivals = true;
    while bench.notices.is_empty() {
        bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    }
    assert_eq!(bench.data()["reason"], "ambiguous");
    bench.others.rivals = false;
    bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    assert_eq!(bench.told(), [EventKind::PaymentOnHold, EventKind::PaymentConfirmed]);
}

#[test]
fn a_card_whose_charges_were_not_all_known_before_proves_nothing_later() {
    let mut bench = Bench::placed();
    bench.say(list(&[json!({ "odd": true })]));
    bench.lose();
    while bench.notices.is_empty() {
        bench.next(list(&[item(PAYMENT, "CONFIRMED", 1)]));
    }
    assert_eq!(bench.data()["reason"], "list-unreadable");
}

#[test]
fn others_are_told_from_the_ledger_of_the_card() {
    let lost = Bench::lost().charge;
    let rival = |mut terms: ChargeTerms, amount: &str| {
        terms.key = "000000000001".parse().unwrap();
        terms.amount = amount.parse().unwrap();
        let Step { charge, effects } = Charge::place(terms, START);
        let Some(Effect::Call { flight, .. }) = effects.into_iter().next() else { panic!("no call") };
        let listed = Ok(AllCardPayments { payments: Vec::new(), complete: true });
        let answer = Answer::Listed { result: listed, others: Others::default() };
        charge.step(Event::Answered { flight, answer }, START).charge
    };
    let (same, dearer) = (rival(terms(), "120"), rival(terms(), "121"));
    assert!(Others::to(&lost, [&lost, &same]).rivals);
    assert!(!Others::to(&lost, [&lost, &dearer]).rivals);
    assert_eq!(Others::to(&lost, [&lost]), Others::default());
}
