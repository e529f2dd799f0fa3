//! Each record goes on from where it was stored: whatever is answered, whoever asks and however late, it stays what it is about,
//! what is paid stays paid, and it comes to rest.

use std::collections::BTreeMap;
use std::time::Duration;

use compago::edge::order::OrderStatus;
use compago::edge::payment_intent::IntentStatus;
use compago::edge::saved_card::{ChargeStatus, RefundStatus};
use compago::flow::charge::Charge;
use compago::flow::intent::Intent;
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step};
use compago::flow::order::{self, Order};
use compago::flow::outbox::{Answer, Delivery, DeliveryState, Jitter};
use compago::flow::reconciliation::run::Run;
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
use compago::json;
use compago::value::UnixMillis;
use serde_json::Value;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::fixtures::{Record, records_of};
use super::{read, write};
use crate::order::bench::START;
use crate::sim::rng::Rng;
use crate::sim::simulated::Simulated;

/// Ways in which each record goes on.
const WAYS: u64 = if cfg!(target_family = "wasm") { 1 } else { 2 };

/// A machine whose records are stored.
trait Stored: Simulated {
    const NAME: &'static str;

    /// Whether it came to what is final.
    fn is_paid(&self) -> bool;
}

impl Stored for Order {
    const NAME: &'static str = "order";

    fn is_paid(&self) -> bool {
        self.status() == OrderStatus::Paid
    }
}

impl Stored for Intent {
    const NAME: &'static str = "intent";

    fn is_paid(&self) -> bool {
        self.status() == IntentStatus::Paid
    }
}

impl Stored for Charge {
    const NAME: &'static str = "charge";

    fn is_paid(&self) -> bool {
        self.status() == ChargeStatus::Confirmed
    }
}

impl Stored for Refund {
    const NAME: &'static str = "refund";

    fn is_paid(&self) -> bool {
        self.status() == RefundStatus::Refunded
    }
}

impl Stored for SavedCard {
    const NAME: &'static str = "saved-card";

    fn is_paid(&self) -> bool {
        false
    }
}

/// A machine as it was stored, and the time.
fn restored<M: Stored>(record: Record) -> (M, UnixMillis) {
    (read(record.text).unwrap(), record.now.parse().unwrap())
}

/// A call of each kind, to be answered where one is in flight of which no more is stored than its kind.
fn calls<M: Stored>() -> BTreeMap<&'static str, M::Call> {
    let mut calls = BTreeMap::new();
    for seed in 0..100 {
        let (mut rng, mut now) = (Rng::new(seed), START);
        let Step { mut machine, mut call, .. } = M::begin();
        for _ in 0..60 {
            if let Some(PendingCall { call, .. }) = &call {
                calls.entry(M::kind(call).0).or_insert_with(|| call.clone());
            }
            let next = go_on(&machine, call.take(), &mut now, &mut rng);
            Step { machine, call, .. } = next.unwrap_or_else(|| {
                now = now.plus(Duration::from_secs(600));
                machine.step(M::act(rng.next()), now)
            });
        }
    }
    calls
}

/// The machine after what happens next; none if nothing ever will.
fn go_on<M: Stored>(machine: &M, call: Option<PendingCall<M>>, now: &mut UnixMillis, rng: &mut Rng) -> Option<Step<M>> {
    let machine = machine.clone();
    Some(match call {
        Some(PendingCall { number, call }) if rng.percent(80) => {
            *now = now.plus(Duration::from_millis(300));
            let which = rng.below(M::kind(&call).1);
            machine.step(Input::Completed { call: number, answer: M::answer(&call, which) }, *now)
        }
        _ if rng.percent(5) => machine.step(M::act(rng.next()), *now),
        _ => {
            *now = machine.next_wake()?.max(*now);
            machine.step(Input::AlarmFired, *now)
        }
    })
}

/// The number and the kind of the call in flight.
fn in_flight(value: &Value) -> Option<(CallNumber, String)> {
    let (number, kind) = match value.get("flights") {
        Some(Value::Object(flights)) => (&flights["count"], &flights["current"]["kind"]),
        _ => (&value["flight"]["id"], &value["flight"]["kind"]),
    };
    // A payment that was looked up in the list that orders shared is read.
    let kind = kind.as_str()?.replace("glance", "read");
    Some((CallNumber(u32::try_from(number.as_u64()?).unwrap()), kind))
}

/// What names the thing and Compago's payments.
fn ids(value: &Value) -> Vec<String> {
    let attempts = value.get("earlier").and_then(Value::as_array).into_iter().flatten().chain(value.get("current"));
    let bound = attempts.filter_map(|attempt| attempt["binding"]["paymentId"].as_str());
    let terms = ["reference", "key", "id", "method", "payment", "externalId"];
    let own = terms.iter().filter_map(|name| value["terms"][*name].as_str());
    own.chain(value["id"].as_str()).chain(bound).map(str::to_owned).collect()
}

/// Checks a step, and returns the machine as it is read from what is stored.
fn check<M: Stored>(before: &M, after: M, story: &str) -> M {
    let text = write(&after);
    let again: M = read(&text).unwrap_or_else(|error| panic!("{story}: {error}: {text}"));
    assert!(again == after, "{story}: {after:?} is read as {again:?}");
    assert!(!before.is_paid() || after.is_paid(), "{story}: {before:?} became {after:?}");
    let value: Value = serde_json::from_str(&text).unwrap();
    let known = ids(&value);
    let lost: Vec<_> = ids(&serde_json::from_str(&write(before)).unwrap());
    assert!(lost.iter().all(|id| known.contains(id)), "{story}: {lost:?} became {known:?}");
    again
}

fn every_record_goes_on<M: Stored>() {
    let calls = calls::<M>();
    for record in records_of(M::NAME) {
        let (machine, now) = restored::<M>(record);
        let story = format!("{} stored at {now}: {}", M::NAME, record.text);
        for wait in [0, 1, 3, 25, 60, 300, 3_600, 90_000, 400_000].map(Duration::from_secs) {
            let fired = machine.clone().step(Input::AlarmFired, now.plus(wait)).machine;
            check(&machine, fired, &story);
            for drawn in 0..4 {
                let acted = machine.clone().step(M::act(drawn), now.plus(wait)).machine;
                check(&machine, acted, &story);
            }
        }
        let value: Value = serde_json::from_str(record.text).unwrap();
        if let Some((number, kind)) = in_flight(&value) {
            let Some(call) = calls.get(kind.as_str()) else { panic!("{story}: no call to {kind}") };
            for which in 0..M::kind(call).1 {
                let input = || Input::Completed { call: number, answer: M::answer(call, which) };
                let answered = machine.clone().step(input(), now.plus(Duration::from_secs(1))).machine;
                check(&machine, answered.clone(), &story);
                let late = answered.clone().step(input(), now.plus(Duration::from_secs(2))).machine;
                assert_eq!(
                    ids(&serde_json::from_str(&write(&late)).unwrap()),
                    ids(&serde_json::from_str(&write(&answered)).unwrap()),
                    "{story}: a late answer"
                );
            }
        }
        for seed in 0..WAYS {
            live(machine.clone(), now, &mut Rng::new(seed), &format!("seed {seed}, {story}"));
        }
    }
}

/// Lives until the machine rests.
fn live<M: Stored>(mut machine: M, mut now: UnixMillis, rng: &mut Rng, story: &str) {
    let mut call = None;
    for _ in 0..4 * M::ALARMS {
        let Some(step) = go_on(&machine, call.take(), &mut now, rng) else { return };
        machine = check(&machine, step.machine, story);
        call = step.call;
    }
    panic!("{story}: never rests");
}

#[test]
fn orders_go_on() {
    every_record_goes_on::<Order>();
}

/// What only operators and the list cause.
#[test]
fn orders_are_checked_and_listed() {
    for record in records_of("order") {
        let (machine, now) = restored::<Order>(record);
        let bound = machine
            .attempts()
            .find_map(|attempt| Some((attempt.external_id.clone(), attempt.binding.clone()?.payment_id)));
        let mut events = vec![
            order::Event::WatchedByOperator,
            order::Event::CheckAsked,
            order::Event::ListWatched,
            order::Event::Wake,
        ];
        if let Some((_, payment_id)) = bound {
            events.push(order::Event::Absent { payment_id, read_at: now });
        }
        for status in ["PENDING", "CONFIRMED", "CANCELLED", "ODD"] {
            for amount in [machine.terms().amount, "1.00".parse().unwrap()] {
                let Some((external_id, payment_id)) = bound.clone() else { continue };
                events.push(order::Event::Listed(order::facts::Listed {
                    payment_id,
                    external_id: external_id.to_string(),
                    amount,
                    currency: "MXN".to_owned(),
                    status: json::from_str(&format!("\"{status}\"")).unwrap(),
                    read_at: now,
                }));
            }
        }
        for event in events {
            let order = machine.clone().step(Input::Event(event), now.plus(Duration::from_secs(5))).machine;
            check(&machine, order, record.text);
        }
    }
}

#[test]
fn charges_at_terminals_go_on() {
    every_record_goes_on::<Intent>();
}

#[test]
fn charges_of_saved_cards_go_on() {
    every_record_goes_on::<Charge>();
}

#[test]
fn refunds_go_on() {
    every_record_goes_on::<Refund>();
}

#[test]
fn saved_cards_go_on() {
    every_record_goes_on::<SavedCard>();
}

#[test]
fn webhooks_go_on() {
    let failed = Answer::Status { status: 500, retry_after: None };
    for record in records_of("delivery") {
        for answer in [Answer::Status { status: 204, retry_after: None }, failed, Answer::TimedOut] {
            let mut delivery: Delivery = read(record.text).unwrap();
            let (id, before) = (delivery.id().clone(), delivery.state());
            let mut tries = 0;
            while let Some(at) = delivery.next_at() {
                let (begun, number) = delivery.begin(at);
                delivery = match number {
                    Some(number) => begun.answered(number, answer, at, Jitter::NONE),
                    None => begun,
                };
                tries += 1;
                assert!(tries <= 11, "{}", record.text);
            }
            assert_eq!(*delivery.id(), id);
            let over = !matches!(before, DeliveryState::Pending { .. });
            assert!(!over || delivery.state() == before, "{}", record.text);
            assert!(delivery.redeliver(record.now.parse().unwrap()).next_at().is_some());
        }
    }
}

#[test]
fn comparisons_go_on() {
    for record in records_of("run") {
        let mut run: Run = read(record.text).unwrap();
        let begun_at = run.started_at();
        let mut tries = 0;
        while let Some(at) = run.due() {
            run.failed(at);
            tries += 1;
            assert!(tries <= 20, "{}", record.text);
        }
        assert!(run.finished_at().is_some(), "{}", record.text);
        assert_eq!(run.started_at(), begun_at);
    }
}
