//! A small scope, searched completely: every sequence of a few events and answers, from every stage of an order.

use std::collections::{BTreeMap, BTreeSet};

use compago::api::one_time_payment::get::GetOneTimePayment;
use compago::edge::order::OrderStatus;
use compago::endpoint::{Reply, Undelivered};
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step};
use compago::flow::order::attempt::Attempt;
use compago::flow::order::facts::Listed;
use compago::flow::order::{Answer, Call, Event, Order};
use compago::value::UnixMillis;
use compago::webhook::EventKind;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, answer_of, name, seconds};
use super::bodies::{
    EXTERNAL_ID, OTHER_PAYMENT, PAYMENT, With, cancelled, created, duplicate, listed, ok, over, pending, refused,
};
use super::returning::retried;
use crate::recording::reply;
use crate::sim::named::NamedFacts;

/// From the start, and one less from five stages further on.
const LENGTH: usize = if cfg!(target_family = "wasm") { 3 } else { 6 };

#[derive(Clone)]
struct Node {
    order: Order,
    now: UnixMillis,
    pending: Option<(CallNumber, Call)>,
    /// Whether an answer has ever said that a payment of this order is confirmed.
    confirmed: bool,
    /// What the answers have named of the payments.
    named: NamedFacts,
    told_paid: bool,
}

/// The answers to each call, made once.
type Known = BTreeMap<(&'static str, String), Vec<(Answer, bool)>>;

/// An event, and whether it carries Compago's word that the payment is confirmed.
type Move = (Input<Order>, bool);

#[test]
fn no_short_sequence_breaks_an_order() {
    let opened = Bench::opened();
    let mut lost = Bench::placed();
    lost.lose();
    let mut cancelling = opened.clone();
    cancelling.feed(Event::CancelAsked);
    let watched = opened.clone().list_watched();
    let mut settling = watched.clone();
    settling.run_out();
    settling.reply(ok(over("PENDING", true)));
    explore(&Bench::placed(), LENGTH);
    for bench in [lost, opened, cancelling, settling, Bench::expired(), retried()] {
        explore(&bench, LENGTH - 1);
    }
    explore(&watched, (LENGTH - 2).max(2));
}

fn explore(bench: &Bench, length: usize) {
    let start = Node {
        order: bench.order.clone(),
        now: bench.now,
        pending: bench.pending.clone(),
        confirmed: false,
        named: NamedFacts::default(),
        told_paid: false,
    };
    let (mut seen, mut known) = (BTreeSet::new(), Known::new());
    let mut front = vec![start];
    for _ in 0..length {
        let mut next = Vec::new();
        for node in &front {
            for (now, (input, confirms)) in moves(node, &mut known) {
                let after = take(node, input, confirms, now);
                if seen.insert(key(&after)) {
                    next.push(after);
                }
            }
        }
        front = next;
    }
    assert!(seen.len() > 10, "{} states", seen.len());
}

/// Two nodes with one key go on alike: the history and the numbers of flights say only how they came there.
fn key(node: &Node) -> String {
    let mut state = compago::json::to_string(&node.order);
    state.truncate(state.find(r#""history""#).unwrap());
    for number in [r#""flights":"#, r#""flight":{"id":"#, r#""version":"#] {
        if let Some(at) = state.find(number).map(|at| at + number.len()) {
            let digits = state[at..].find(',').unwrap();
            state.replace_range(at..at + digits, "0");
        }
    }
    let contradicted = node.named.is_contradicted();
    format!(
        "{} {} {contradicted} {} {}",
        node.now,
        node.confirmed,
        node.told_paid,
        &state[state.find(r#""earlier""#).unwrap()..]
    )
}

fn moves(node: &Node, known: &mut Known) -> Vec<(UnixMillis, Move)> {
    let now = node.now;
    let wake = node.order.next_wake().unwrap_or(now).max(now);
    let returned = |id: &str, external_id: &str| Event::PayerReturned {
        payment_id: id.parse().unwrap(),
        external_id: external_id.parse().unwrap(),
    };
    let event = |event: Event| (now, (Input::Event(event), false));
    let mut moves = vec![
        (wake, (Input::AlarmFired, false)),
        (now.plus(seconds(4)), (Input::Event(Event::Watched), false)),
        event(returned(PAYMENT, EXTERNAL_ID)),
        event(returned(OTHER_PAYMENT, EXTERNAL_ID)),
        event(Event::RetryAsked),
        event(Event::CancelAsked),
    ];
    let item = |status: &str, read_at: UnixMillis| Listed {
        payment_id: PAYMENT.parse().unwrap(),
        external_id: EXTERNAL_ID.to_owned(),
        amount: "350.50".parse().unwrap(),
        currency: "MXN".to_owned(),
        status: compago::json::from_str(&format!("\"{status}\"")).unwrap(),
        read_at,
    };
    let amended = Listed { amount: "1".parse().unwrap(), ..item("CONFIRMED", now) };
    moves.push(event(Event::Listed(item("CONFIRMED", now))));
    moves.push(event(Event::Listed(item("CONFIRMED", now.minus(seconds(1))))));
    moves.push(event(Event::Listed(amended)));
    moves.push(event(Event::Wake));
    // A sweep that begins when the order is woken.
    let absent = Event::Absent { payment_id: PAYMENT.parse().unwrap(), read_at: wake };
    moves.push((wake, (Input::Event(absent), false)));
    if let Some((number, call)) = &node.pending {
        let number = *number;
        let answers = known.entry(subject(call)).or_insert_with(|| answers(call)).clone();
        moves.extend(
            answers.into_iter().map(|(answer, confirms)| (now, (Input::Completed { call: number, answer }, confirms))),
        );
        // The answer of a call that was given up before.
        let read = Call::Read(GetOneTimePayment { id: PAYMENT.parse().unwrap() });
        let late = answer_of(&read, Ok(ok(over("CONFIRMED", false))));
        moves.push((now, (Input::Completed { call: CallNumber(number.0.wrapping_sub(1)), answer: late }, false)));
    }
    moves
}

/// What tells two calls apart that are answered differently.
fn subject(call: &Call) -> (&'static str, String) {
    let of = match call {
        Call::Create(create) => create.external_id.to_string(),
        Call::Read(read) => read.id.to_string(),
        Call::Search(external_id) => external_id.to_string(),
        Call::Cancel(cancel) => cancel.id.to_string(),
    };
    (name(call), of)
}

fn answers(call: &Call) -> Vec<(Answer, bool)> {
    let of = |reply: Reply| answer_of(call, Ok(reply));
    let lost = (answer_of(call, Err(Undelivered::Timeout)), false);
    let number = |id: &str| if id == PAYMENT { "1" } else { "2" };
    let told = |id: &str, body: Value| body.with("id", id).with("externalId", format!("K7Q2M9XD3FHT-{}", number(id)));
    let list = |items: Value| ok(json!({ "count": 1, "items": items }));
    match call {
        Call::Create(create) => {
            let id = if create.external_id.as_str() == EXTERNAL_ID { PAYMENT } else { OTHER_PAYMENT };
            vec![
                lost,
                (of(ok(created(id))), false),
                (of(duplicate()), false),
                (of(refused(401, "no")), false),
                (of(ok(json!({ "redirectUrl": "https://elsewhere.example/" }))), false),
            ]
        }
        Call::Read(read) => {
            let id = read.id.to_string();
            vec![
                lost,
                (of(ok(told(&id, pending()))), false),
                (of(ok(told(&id, pending().with("amount", 1)))), false),
                (of(ok(over("PENDING", true))), false),
                (of(ok(over("CONFIRMED", false))), true),
                (of(ok(over("CONFIRMED", false).with("amount", 1))), false),
                (of(ok(over("CANCELLED", false))), false),
                (of(ok(over("ODD", false))), false),
            ]
        }
        Call::Search(external_id) => {
            let id = if external_id.as_str() == EXTERNAL_ID { PAYMENT } else { OTHER_PAYMENT };
            let item = |status: &str| told(id, listed(status));
            vec![
                lost,
                (of(list(json!([]))), false),
                (of(list(json!([item("PENDING")]))), false),
                (of(list(json!([item("CONFIRMED")]))), true),
                (of(list(json!([item("CONFIRMED").with("amount", 1)]))), false),
                (of(list(json!([item("CANCELLED")]))), false),
                (of(list(json!([item("PENDING").with("expiresAt", "2026-03-01T17:00:00Z")]))), false),
            ]
        }
        Call::Cancel(cancel) => {
            let id = cancel.id.to_string();
            let ours = |body: Value| told(&id, body);
            vec![
                lost,
                (of(ok(ours(cancelled(&id)))), false),
                (of(ok(ours(cancelled(&id).with("amount", 1)))), false),
                (of(refused(400, "no")), false),
                (of(reply(500, "")), false),
            ]
        }
    }
}

/// One move, and everything that must hold after it.
fn take(node: &Node, input: Input<Order>, confirms: bool, now: UnixMillis) -> Node {
    let answered = matches!(input, Input::Completed { .. });
    let forged = matches!(&input, Input::Event(Event::PayerReturned { payment_id, .. }) if payment_id.to_string() == OTHER_PAYMENT);
    let mut named = node.named.clone();
    named.hear(&node.order, &input, now);
    let Step { machine: order, notices, call, storing: _ } = node.order.clone().step(input, now);
    let mut after = Node { order, now, confirmed: node.confirmed || confirms, named, ..node.clone() };
    let paid = notices.iter().filter(|notice| notice.event.kind == EventKind::OrderPaid).count();
    for notice in notices {
        after.named.check(&[(now, notice)]);
    }
    let calls = call.is_some();
    if let Some(PendingCall { number, call }) = call {
        after.pending = Some((number, call));
    }
    let current = after.order.current();
    let is_earlier = |attempt: &&Attempt| attempt.number != current.number;
    assert!(
        current.link().is_none() || after.order.attempts().filter(is_earlier).all(|attempt| !attempt.may_be_paid()),
        "two attempts that can be paid"
    );
    let (before, status) = (node.order.status(), after.order.status());
    assert!(!calls || after.order.is_in_flight(), "a call that was not written down");
    let is_lost = node.order.next_wake().is_some_and(|at| at <= now);
    assert!(!calls || answered || !node.order.is_in_flight() || is_lost, "two calls at once");
    assert!(!forged || after.order == node.order, "a forged return changed the order");
    assert!(status != OrderStatus::Paid || after.confirmed, "paid without a confirmation");
    assert!(before != OrderStatus::Paid || status == OrderStatus::Paid, "paid is final");
    assert_eq!(paid == 1, before != OrderStatus::Paid && status == OrderStatus::Paid, "paid and told differ");
    assert!(!(node.told_paid && paid > 0), "paid was told twice");
    assert!(!status.is_pending() || after.order.next_wake().is_some(), "it sleeps for ever");
    assert!(status.is_pending() || status == OrderStatus::Paid || after.order.current().link().is_none());
    assert!(status != OrderStatus::Paid || after.order.current().link().is_none(), "paid, and still to be paid");
    if !after.order.is_in_flight() {
        after.pending = None;
    }
    after.told_paid |= paid > 0;
    after
}
