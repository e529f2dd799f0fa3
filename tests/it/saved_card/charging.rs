//! A charge of a saved card: one call, and what becomes of it learnt from the card's list if need be.

use compago::edge::saved_card::ChargeStatus;
use compago::error::Reason;
use compago::flow::charge::Event;
use compago::flow::machine::{Input, Machine as _};
use compago::webhook::EventKind;
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod bench;
mod searching;

use super::METHOD;
use crate::recording::reply;
use bench::{Bench, PAYMENT, list, payment};

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
            "metadata": { "table": "4" },
        })
    );
    assert_eq!(bench.charge.next_wake(), None);
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
        assert_eq!(bench.charge.next_wake(), None);
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
fn a_payment_that_is_amended_is_for_a_person_whatever_it_reads_later() {
    for (field, value) in [("amount", json!(12)), ("currency", json!("USD"))] {
        let mut amended = payment(PAYMENT, "CONFIRMED");
        amended[field] = value;
        let mut followed = Bench::charging();
        followed.say(payment(PAYMENT, "PENDING"));
        let mut unresolved = followed.clone();
        while unresolved.notices.is_empty() {
            unresolved.next(payment(PAYMENT, "PENDING"));
        }
        for mut bench in [followed, unresolved] {
            bench.next(amended.clone());
            assert_eq!(bench.charge.status(), ChargeStatus::OnHold, "{field}");
            assert_eq!(bench.told(), [EventKind::PaymentOnHold], "{field}");
            assert_eq!(bench.charge.view().reason.as_deref(), Some("mismatch"), "{field}");
            assert_eq!(bench.charge.next_wake(), None, "{field}: it is not read again");
        }
    }
}

#[test]
fn before_the_call_nothing_is_charged_and_the_same_key_goes_on() {
    let mut bench = Bench::placed();
    for _ in 0..3 {
        assert_eq!(bench.in_flight(), Some("list"));
        bench.lose();
        if bench.charge.next_wake().is_some() {
            bench.wake();
        }
    }
    assert!(bench.charge.is_stalled());
    assert_eq!(bench.calls, ["list"; 3]);
    bench.take(Input::Event(Event::ResumeAsked));
    bench.say(list(&[]));
    assert_eq!(bench.in_flight(), Some("charge"));
}
