//! A small scope, searched completely: every sequence of a few events and answers, from every stage of a charge.

use std::collections::BTreeSet;

use compago::edge::payment_intent::IntentStatus;
use compago::endpoint::Undelivered;
use compago::flow::intent::{Answer, Call, Event, Intent};
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step};
use compago::value::UnixMillis;
use compago::webhook::EventKind;
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, OTHER, answer_of, made, refused, seconds, success, told};
use crate::recording::reply;

const LENGTH: usize = if cfg!(target_family = "wasm") { 3 } else { 6 };

#[derive(Clone)]
struct Node {
    intent: Intent,
    now: UnixMillis,
    pending: Option<(CallNumber, Call)>,
    /// Whether an answer about this very intent has said that it succeeded.
    succeeded: bool,
    /// Whether the intent is the one that was asked for.
    ours: bool,
    told: Vec<EventKind>,
}

#[test]
fn no_short_sequence_breaks_a_charge() {
    let mut cancelling = Bench::open();
    cancelling.feed(Event::CancelAsked);
    let mut expired = Bench::open();
    expired.look(told("PENDING", true));
    expired.look(told("PENDING", true));
    for bench in [Bench::placed(), Bench::open(), cancelling, expired] {
        explore(&bench);
    }
}

fn explore(bench: &Bench) {
    let told = bench.told();
    let start = Node {
        intent: bench.intent.clone(),
        now: bench.now,
        pending: bench.pending.clone(),
        succeeded: false,
        ours: true,
        told,
    };
    let mut seen = BTreeSet::new();
    let mut front = vec![start];
    for _ in 0..LENGTH {
        let mut next = Vec::new();
        for node in &front {
            for (now, input, says) in moves(node) {
                let after = take(node, input, says, now);
                if seen.insert(key(&after)) {
                    next.push(after);
                }
            }
        }
        front = next;
    }
    assert!(seen.len() > 50, "{} states", seen.len());
}

/// Two nodes with one key go on alike: the numbers of flights and versions say only how they came there.
fn key(node: &Node) -> String {
    let mut state = state_of(&node.intent);
    state["version"] = json!(0);
    state["flights"]["count"] = json!(0);
    format!("{} {} {} {:?} {state}", node.now, node.succeeded, node.ours, node.told)
}

/// What an answer says that the oracle must know.
#[derive(Clone, Copy, PartialEq)]
enum Says {
    Nothing,
    Success,
    NotOurs,
}

fn moves(node: &Node) -> Vec<(UnixMillis, Input<Intent>, Says)> {
    let now = node.now;
    let wake = node.intent.next_wake().unwrap_or(now).max(now);
    let mut moves = vec![
        (wake, Input::AlarmFired, Says::Nothing),
        (wake.plus(seconds(600)), Input::AlarmFired, Says::Nothing),
        (now.plus(seconds(1)), Input::Event(Event::Watched), Says::Nothing),
        (now, Input::Event(Event::CancelAsked), Says::Nothing),
    ];
    if let Some((number, call)) = &node.pending {
        let number = *number;
        let answers = answers(call).into_iter();
        moves.extend(answers.map(|(answer, says)| (now, Input::Completed { call: number, answer }, says)));
        let late = answer_of(call, Err(Undelivered::Timeout));
        moves.push((now, Input::Completed { call: CallNumber(number.0.wrapping_sub(1)), answer: late }, Says::Nothing));
    }
    moves
}

fn answers(call: &Call) -> Vec<(Answer, Says)> {
    let lost = (answer_of(call, Err(Undelivered::Timeout)), Says::Nothing);
    let of = |body: serde_json::Value| answer_of(call, Ok(reply(200, body.to_string())));
    let no = |status, text| (answer_of(call, Ok(refused(status, text))), Says::Nothing);
    match call {
        Call::Create(_) => {
            let mut dearer = made();
            dearer["amount"] = json!(351);
            vec![
                lost,
                (of(made()), Says::Nothing),
                (of(dearer), Says::NotOurs),
                no(400, "Payment intent with externalId x already exists."),
                no(404, "Terminal not found"),
                no(503, ""),
            ]
        }
        Call::Register(_) => vec![lost, (Answer::Registered(true), Says::Nothing)],
        Call::Read(_) => {
            let mut other = success("CONFIRMED", false);
            other["id"] = json!(OTHER);
            let amended = |mut body: serde_json::Value| {
                body["amount"] = json!(351);
                body
            };
            let mut full = success("CONFIRMED", false);
            for field in ["amount", "currency", "externalId"] {
                full[field] = made()[field].clone();
            }
            vec![
                lost,
                (of(told("PENDING", false)), Says::Nothing),
                (of(told("PENDING", true)), Says::Nothing),
                (of(told("CANCELLED", false)), Says::Nothing),
                (of(told("CONFIRMED", false)), Says::Nothing),
                (of(success("CONFIRMED", false)), Says::Success),
                (of(success("CANCELLED", true)), Says::Success),
                (of(other), Says::Nothing),
                (of(amended(told("PENDING", false))), Says::NotOurs),
                (of(amended(success("CONFIRMED", false))), Says::NotOurs),
                (of(full), Says::Success),
                no(404, "Payment intent not found"),
            ]
        }
        Call::Cancel(_) => vec![lost, (of(json!({})), Says::Nothing), no(400, "Payment intent already confirmed")],
    }
}

/// One move, and everything that must hold after it.
fn take(node: &Node, input: Input<Intent>, says: Says, now: UnixMillis) -> Node {
    let Step { machine: intent, notices, call, storing: _ } = node.intent.clone().step(input, now);
    let mut after = Node {
        intent,
        now,
        succeeded: node.succeeded || says == Says::Success,
        ours: node.ours && says != Says::NotOurs,
        ..node.clone()
    };
    after.told.extend(notices.iter().map(|notice| notice.event.kind));
    if let Some(PendingCall { number, call }) = call {
        after.pending = Some((number, call));
    }
    let (before, status) = (node.intent.status(), after.intent.status());
    let paid = status == IntentStatus::Paid;
    let told = |kind: EventKind| after.told.iter().filter(|told| **told == kind).count();
    assert!(!paid || (after.succeeded && after.ours), "paid without SUCCESS for what was asked for");
    assert!(before != IntentStatus::Paid || paid, "paid is final");
    assert_eq!(told(EventKind::PaymentIntentPaid), usize::from(paid), "paid and told differ");
    let (closed, held) = (told(EventKind::PaymentIntentClosed), told(EventKind::PaymentIntentOnHold));
    let refused = after.intent.refusal().is_some();
    let ended = matches!(status, IntentStatus::Expired | IntentStatus::Cancelled);
    assert!(closed <= 1 && held <= 1, "its end is told once");
    assert!(closed + held <= 1 || !after.ours, "only a contradiction changes an end");
    assert!(!ended || refused || closed == 1, "an end that nobody is told of");
    let seen_to = paid || held == 1 || !after.intent.is_closed() || !after.intent.is_made();
    assert!(after.ours || seen_to, "a contradiction that no person is told of");
    assert!(after.intent.is_closed() || after.intent.next_wake().is_some(), "it sleeps for ever");
    assert!(after.intent.is_closed() || !refused);
    assert!(says != Says::Success || paid || !after.ours || after.intent.is_closed(), "a success was dropped");
    // What cannot be known is never called over, and what is over cannot be paid any more.
    assert!(!ended || !after.intent.is_running(now));
    let unread = after.intent.view(now);
    assert!(unread.paid_at.is_some() == paid && (unread.card.is_none() || paid));
    // A call that was given up is answered no more.
    let flights = &state_of(&after.intent)["flights"];
    after.pending = after.pending.filter(|(number, _)| flights["current"].is_object() && flights["count"] == number.0);
    after
}

pub(super) fn state_of(intent: &Intent) -> serde_json::Value {
    serde_json::from_str(&compago::json::to_string(intent)).unwrap()
}
