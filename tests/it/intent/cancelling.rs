//! Taking a charge back, against a customer who pays at that very moment.

use compago::edge::payment_intent::IntentStatus;
use compago::flow::intent::Event;
use compago::webhook::EventKind;
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, LIFETIME, START, refused, seconds, success, told};

fn cancelling() -> Bench {
    let mut bench = Bench::open();
    bench.feed(Event::CancelAsked);
    assert_eq!(bench.in_flight(), Some("cancel"));
    assert_eq!(bench.status(), IntentStatus::CancelRequested);
    bench
}

#[test]
fn a_cancellation_is_read_before_it_is_told() {
    let mut bench = cancelling();
    bench.say(json!({}));
    assert_eq!(bench.status(), IntentStatus::CancelRequested);
    bench.look(told("CANCELLED", false));
    assert_eq!(bench.status(), IntentStatus::Cancelled);
    assert_eq!(bench.told(), [EventKind::PaymentIntentClosed]);
    assert_eq!(bench.count("cancel"), 1);
}

#[test]
fn whatever_cancelling_answered_a_success_is_paid_once() {
    for answer in [Some(json!({})), None] {
        let mut bench = cancelling();
        match answer {
            Some(body) => bench.say(body),
            None => bench.reply(Ok(refused(400, "Payment intent already confirmed"))),
        }
        bench.look(success("CONFIRMED", false));
        assert_eq!(bench.status(), IntentStatus::Paid);
        assert_eq!(bench.told(), [EventKind::PaymentIntentPaid]);
        bench.feed(Event::CancelAsked);
        assert_eq!(bench.status(), IntentStatus::Paid);
        assert_eq!(bench.in_flight(), None);
    }
}

#[test]
fn one_that_was_lost_is_sent_again_but_not_for_ever() {
    let mut bench = cancelling();
    let mut reads = 0;
    bench.lose();
    while bench.now < START.plus(LIFETIME) {
        match bench.in_flight() {
            Some("cancel") => bench.lose(),
            Some("read") => {
                reads += 1;
                bench.say(told("PENDING", false));
            }
            _ => bench.wake(),
        }
    }
    assert_eq!(bench.count("cancel"), 4);
    assert!(reads > 4);
    bench.look(told("PENDING", true));
    assert_eq!(bench.status(), IntentStatus::Expired);
}

#[test]
fn a_read_that_was_under_way_changes_nothing_about_the_wish() {
    let mut bench = Bench::open();
    bench.wake();
    assert_eq!(bench.in_flight(), Some("read"));
    bench.feed(Event::CancelAsked);
    bench.say(told("PENDING", false));
    if bench.in_flight().is_none() {
        bench.wake();
    }
    assert_eq!(bench.in_flight(), Some("cancel"));
    assert!(bench.now < START.plus(seconds(60)));
}

#[test]
fn there_is_nothing_to_cancel_before_an_id_is_known_or_after_the_end() {
    let mut bench = Bench::placed();
    bench.feed(Event::CancelAsked);
    assert_eq!(bench.count("cancel"), 0);
    let mut bench = Bench::open();
    bench.look(told("PENDING", true));
    bench.look(told("PENDING", true));
    bench.feed(Event::CancelAsked);
    assert_eq!(bench.status(), IntentStatus::Expired);
    assert_eq!(bench.count("cancel"), 0);
}
