//! `POST /payment-intent/{id}/cancel`.

use std::thread;

use serde_json::{Value, json};

use super::{act, cancel, created, get, intent, intent_at, stored, tap};
use crate::harness::Running;

#[test]
fn cancels_a_pending_one_and_answers_nothing() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent_at("caja-1", "TERM-01"));
    let answer = cancel(&sandbox, &id);
    assert_eq!((answer.status, answer.json()), (200, json!({})));
    assert_eq!(get(&sandbox, &id).json(), json!({ "id": id, "status": "CANCELLED", "expired": false }));
    assert_eq!(stored(&sandbox)[0]["withdrawal"], "cancelled");
}

#[test]
fn refuses_what_is_closed() {
    let sandbox = Running::start();
    let ids = ["a", "b", "c"].map(|external_id| created(&sandbox, &intent(external_id)));
    let [paid, cancelled, expired] = &ids;
    tap(&sandbox, paid);
    cancel(&sandbox, cancelled);
    sandbox.advance_minutes(10);
    let before = stored(&sandbox);
    for (id, message) in [
        (paid, "Payment intent already confirmed"),
        (cancelled, "Cannot cancel payment intent: it is already CANCELLED"),
        (expired, "Cannot cancel payment intent: it has expired"),
    ] {
        let answer = cancel(&sandbox, id);
        assert_eq!((answer.status, answer.message().as_str()), (400, message));
    }
    assert_eq!(stored(&sandbox), before);
    let unknown = cancel(&sandbox, "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee");
    assert_eq!((unknown.status, unknown.message().as_str()), (404, "Payment intent not found"));
}

#[test]
fn a_setting_lets_expired_ones_be_cancelled() {
    let sandbox = Running::start();
    sandbox.set(json!({ "expiredIntentCancel": "accept" }));
    let (first, second) = (created(&sandbox, &intent("a")), created(&sandbox, &intent_at("b", "TERM-01")));
    sandbox.advance_minutes(10);
    assert_eq!(cancel(&sandbox, &first).status, 200);
    assert_eq!(get(&sandbox, &first).json(), json!({ "id": first, "status": "CANCELLED", "expired": true }));
    created(&sandbox, &intent_at("c", "TERM-01"));
    assert_eq!(get(&sandbox, &second).json()["status"], "CANCELLED", "a newer one withdraws it as well");
}

#[test]
fn tap_and_cancel_at_once_end_in_one_of_both() {
    let sandbox = Running::start();
    for round in 0..8 {
        let id = created(&sandbox, &intent(&format!("caja-{round}")));
        let (tapped, cancelled) = thread::scope(|scope| {
            let tap = scope.spawn(|| act(&sandbox, &id, "tap", Value::Null).status);
            let cancel = scope.spawn(|| cancel(&sandbox, &id).status);
            (tap.join().unwrap(), cancel.join().unwrap())
        });
        let status = get(&sandbox, &id).json()["status"].clone();
        match (tapped, cancelled) {
            (200, 400) => assert_eq!(status, "CONFIRMED"),
            (409, 200) => assert_eq!(status, "CANCELLED"),
            both => panic!("{both:?}"),
        }
    }
}
