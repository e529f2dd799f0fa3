//! What is not known is said so: contradictions, unknown states and silence.

use compago::edge::payment_intent::IntentStatus;
use compago::flow::machine::Machine as _;
use compago::webhook::EventKind;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, LIFETIME, OTHER, START, made, refused, seconds, success, told};

#[test]
fn a_contradiction_is_unknown_and_followed_until_it_is_clear() {
    let mut bench = Bench::open();
    bench.look(told("CONFIRMED", false));
    assert_eq!(bench.status(), IntentStatus::Unknown);
    assert!(bench.intent.is_running(bench.now));
    bench.look(success("CONFIRMED", false));
    assert_eq!(bench.told(), [EventKind::PaymentIntentPaid]);

    let mut bench = Bench::open();
    bench.look(told("ODD", false));
    bench.look(told("PENDING", false));
    assert_eq!(bench.status(), IntentStatus::Waiting);
}

#[test]
fn a_doubt_that_stays_is_raised_within_a_quarter_of_an_hour() {
    let mut other = told("PENDING", false);
    other["id"] = json!(OTHER);
    for (body, reason) in [
        (told("CONFIRMED", false), "confirmed-without-success"),
        (told("ODD", true), "unknown-status"),
        (other, "unknown-status"),
    ] {
        let mut bench = Bench::open();
        while bench.notices.is_empty() {
            // An answer about another intent tells nothing, like no answer.
            bench.look(body.clone());
            assert!(bench.now < START.plus(LIFETIME).plus(seconds(300)), "{reason}");
        }
        assert_eq!(bench.told(), [EventKind::PaymentIntentOnHold]);
        assert_eq!(bench.last_data()["reason"], reason);
        assert_eq!(bench.status(), IntentStatus::Unknown);
        bench.look(success("CONFIRMED", true));
        assert_eq!(bench.told(), [EventKind::PaymentIntentOnHold, EventKind::PaymentIntentPaid]);
    }
}

/// What the answer to a read names beside what is documented, as amended at Compago.
fn amendments() -> [(&'static str, Value); 3] {
    [("amount", json!(351)), ("currency", json!("USD")), ("externalId", json!("somebodys"))]
}

#[test]
fn a_charge_that_was_amended_is_cancelled_and_never_paid() {
    for (field, value) in amendments() {
        for end in [told("CANCELLED", false), success("CONFIRMED", false), told("CONFIRMED", false)] {
            let mut bench = Bench::open();
            let mut body = told("PENDING", false);
            body[field] = value.clone();
            bench.look(body);
            assert_eq!(bench.status(), IntentStatus::CancelRequested, "{field}");
            assert_eq!(bench.in_flight(), Some("cancel"), "{field}");
            bench.say(json!({}));
            while !bench.intent.is_closed() {
                bench.look(end.clone());
            }
            while bench.intent.next_wake().is_some() {
                bench.look(success("CONFIRMED", true));
            }
            assert_eq!(bench.told(), [EventKind::PaymentIntentOnHold], "{field} {end}");
            assert_eq!(bench.last_data()["reason"], "mismatch", "{field} {end}");
        }
    }
}

#[test]
fn a_success_with_other_facts_is_for_a_person_whatever_was_told_before() {
    for (field, value) in amendments() {
        for over in [None, Some(told("PENDING", true)), Some(told("CANCELLED", false))] {
            let mut bench = Bench::open();
            if let Some(over) = &over {
                bench.look(over.clone());
                bench.look(over.clone());
            }
            let mut amended = success("CONFIRMED", false);
            amended[field] = value.clone();
            bench.look(amended);
            assert_eq!(bench.told().last(), Some(&EventKind::PaymentIntentOnHold), "{field}");
            assert_eq!(bench.last_data()["reason"], "mismatch", "{field}");
            while bench.intent.next_wake().is_some() {
                bench.look(success("CONFIRMED", true));
            }
            assert_eq!(bench.status(), IntentStatus::Unknown, "{field}");
            assert!(!bench.told().contains(&EventKind::PaymentIntentPaid), "{field}");
        }
    }
}

#[test]
fn a_hold_for_another_reason_becomes_one_for_the_contradiction() {
    let mut bench = Bench::open();
    while bench.notices.is_empty() {
        bench.look(told("CONFIRMED", false));
    }
    let mut amended = success("CONFIRMED", true);
    amended["amount"] = json!(351);
    bench.look(amended);
    while bench.intent.next_wake().is_some() {
        bench.look(success("CONFIRMED", true));
    }
    assert_eq!(bench.told(), [EventKind::PaymentIntentOnHold]);
    assert!(bench.intent.projection().json.contains("mismatch"));
}

#[test]
fn a_success_that_names_all_facts_as_asked_for_is_paid() {
    let mut full = success("CONFIRMED", false);
    for field in ["amount", "currency", "externalId"] {
        full[field] = made()[field].clone();
    }
    let mut bench = Bench::open();
    bench.look(full);
    assert_eq!(bench.told(), [EventKind::PaymentIntentPaid]);
}

#[test]
fn silence_is_unknown_soon_and_raised_in_the_end() {
    let mut bench = Bench::open();
    bench.wake();
    bench.lose();
    assert_eq!(bench.status(), IntentStatus::Waiting, "one call may fail");
    for _ in 0..3 {
        bench.wake();
        bench.reply(Ok(refused(503, "")));
    }
    assert_eq!(bench.status(), IntentStatus::Unknown);
    assert!(bench.now < START.plus(seconds(120)));
    bench.look(told("PENDING", false));
    assert_eq!(bench.status(), IntentStatus::Waiting, "back again");
    while bench.notices.is_empty() {
        bench.wake();
        bench.lose();
    }
    assert_eq!(bench.last_data()["reason"], "unresolved");
    assert!(bench.now >= START.plus(LIFETIME).plus(seconds(3_600)));
    assert!(bench.intent.next_wake().is_some(), "and looked at again");
}

#[test]
fn a_terminal_is_free_again_when_its_intent_can_no_longer_be_taken() {
    let mut bench = Bench::open();
    while bench.now < START.plus(LIFETIME).plus(seconds(90)) {
        bench.wake();
        bench.lose();
    }
    assert!(!bench.intent.is_closed());
    assert!(!bench.intent.is_running(bench.now));
}
