//! Making an intent: what binds it, and what becomes of one whose creation had no answer.

use compago::edge::payment_intent::IntentStatus;
use compago::endpoint::Reply;
use compago::error::Reason;
use compago::flow::machine::Machine as _;
use compago::webhook::EventKind;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, INTENT, LIFETIME, START, made, refused, seconds, success, told};
use crate::recording::reply;

#[test]
fn an_intent_is_bound_by_the_answer_to_creating_and_entered_before_a_till_is_told() {
    let mut bench = Bench::placed();
    assert_eq!(bench.in_flight(), Some("create"));
    assert!(bench.view().intent.is_none());
    bench.say(made());
    assert!(!bench.intent.is_announced());
    bench.register();
    let view = bench.view();
    assert_eq!(view.intent.unwrap().to_string(), INTENT);
    assert_eq!(view.deep_link.unwrap(), format!("compago-pos-app:///charge/payment-intent/{INTENT}"));
    assert_eq!(view.expires_at, START.plus(LIFETIME));
    assert!(bench.notices.is_empty());
}

#[test]
fn an_entry_that_failed_is_made_again() {
    let mut bench = Bench::placed();
    bench.say(made());
    bench.lose();
    assert!(!bench.intent.is_announced());
    bench.wake();
    assert_eq!(bench.count("register") + bench.count("read"), 2);
    while bench.in_flight() == Some("read") {
        bench.say(told("PENDING", false));
        bench.wake();
    }
    bench.register();
    assert!(bench.intent.is_announced());
}

#[test]
fn an_intent_that_was_not_asked_for_is_taken_back_and_never_paid() {
    for (field, value) in [
        ("amount", json!(350)),
        ("amount", Value::Null),
        ("currency", json!("USD")),
        ("externalId", json!("pos_20260301T180000_another00000")),
        ("externalId", Value::Null),
    ] {
        let mut body = made();
        body[field] = value;
        let mut bench = Bench::placed();
        bench.say(body);
        bench.register();
        assert_eq!(bench.in_flight(), Some("cancel"), "{field}");
        bench.say(json!({}));
        bench.look(success("CONFIRMED", false));
        assert_eq!(bench.status(), IntentStatus::Unknown, "{field}");
        assert_eq!(bench.told(), [EventKind::PaymentIntentOnHold], "{field}");
        assert_eq!(bench.last_data()["reason"], "mismatch");
        bench.look(success("CONFIRMED", false));
        assert_eq!(bench.told(), [EventKind::PaymentIntentOnHold], "{field}: late looks do not believe it either");
    }
}

#[test]
fn a_clear_refusal_of_the_first_call_is_the_end() {
    for (reply, reason) in [
        (refused(404, "Terminal not found"), Reason::NotFound),
        (refused(400, "Only MXN currency is supported"), Reason::Currency),
        (refused(400, "User does not have an organization"), Reason::MissingOrganization),
        (refused(401, "Unauthorized"), Reason::Unauthorized),
        (refused(422, "?"), Reason::Other),
    ] {
        let mut bench = Bench::placed();
        bench.reply(Ok(reply));
        assert_eq!(bench.intent.refusal(), Some(reason));
        assert!(!bench.intent.is_running(bench.now));
        assert!(bench.notices.is_empty(), "the till was told at once");
        assert_eq!(bench.intent.next_wake(), None);
    }
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_external_id() {
    for lost in
        [None, Some(reply(200, "{}")), Some(reply(200, "<html>")), Some(refused(409, "?")), Some(refused(502, ""))]
    {
        let mut bench = Bench::placed();
        let first = bench.pending.clone().unwrap().1;
        answer(&mut bench, lost);
        assert!(bench.intent.is_running(bench.now));
        bench.wake();
        assert_eq!(bench.in_flight(), Some("create"));
        assert_eq!(format!("{first:?}"), format!("{:?}", bench.pending.clone().unwrap().1));
        assert_eq!(bench.status(), IntentStatus::Unknown, "it may be on the terminal already");
        bench.say(made());
        bench.register();
        assert_eq!(bench.status(), IntentStatus::Waiting);
    }
}

#[test]
fn one_that_was_made_but_never_named_needs_a_person() {
    for taken in [refused(400, "Payment intent with externalId x already exists."), refused(409, ""), refused(422, "")]
    {
        let mut bench = Bench::placed();
        bench.lose();
        bench.wake();
        bench.reply(Ok(taken));
        assert_eq!(bench.status(), IntentStatus::Unknown);
        assert_eq!(bench.told(), [EventKind::PaymentIntentOnHold]);
        assert_eq!(bench.last_data()["reason"], "create-lost");
        assert_eq!(bench.last_data()["intent"], Value::Null);
        assert!(bench.intent.is_running(START.plus(seconds(300))), "its terminal may still charge for it");
        assert!(!bench.intent.is_running(START.plus(seconds(700))));
        assert_eq!(bench.intent.next_wake(), None, "nothing more can be learnt");
    }
}

#[test]
fn what_would_have_been_refused_the_first_time_was() {
    for refusal in [refused(404, "Terminal not found"), refused(400, "Only MXN currency is supported")] {
        let mut bench = Bench::placed();
        bench.lose();
        bench.wake();
        bench.reply(Ok(refusal));
        assert!(bench.intent.refusal().is_some());
        assert!(bench.notices.is_empty());
    }
}

#[test]
fn a_cashier_does_not_wait_for_ever() {
    let mut bench = Bench::placed();
    while bench.in_flight() == Some("create") {
        bench.now = bench.now.plus(seconds(10));
        bench.lose();
        if !bench.intent.is_closed() {
            bench.wake();
        }
    }
    assert_eq!(bench.status(), IntentStatus::Unknown);
    assert_eq!(bench.told(), [EventKind::PaymentIntentOnHold]);
    assert!(bench.now < START.plus(seconds(70)), "{}", bench.now);
}

#[test]
fn a_crash_while_it_was_made_counts_as_a_lost_answer() {
    let mut bench = Bench::placed();
    bench.pending = None;
    bench.wake();
    assert_eq!(bench.in_flight(), None, "not at once: the first call may still be under way");
    bench.wake();
    assert_eq!(bench.in_flight(), Some("create"));
    assert_eq!(bench.count("create"), 2);
}

fn answer(bench: &mut Bench, reply: Option<Reply>) {
    match reply {
        Some(reply) => bench.reply(Ok(reply)),
        None => bench.lose(),
    }
}
