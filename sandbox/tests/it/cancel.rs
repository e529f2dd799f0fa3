//! `PATCH /one-time-payment/{id}/cancel`.

use std::thread;

use serde_json::{Value, json};

use crate::harness::{Running, names};

#[test]
fn cancels_a_pending_one() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    sandbox.advance_minutes(5);
    let answer = sandbox.cancel(&id);
    assert_eq!(answer.status, 200);
    let body = answer.json();
    assert_eq!(
        names(&body),
        ["amount", "createdAt", "currency", "description", "expiresAt", "externalId", "id", "status", "updatedAt"]
    );
    assert_eq!((&body["id"], &body["status"], &body["amount"]), (&json!(id), &json!("CANCELLED"), &json!(350.5)));
    assert_ne!(body["createdAt"], body["updatedAt"], "updatedAt is the time of the cancel");
}

#[test]
fn refuses_what_is_closed() {
    let sandbox = Running::start();
    let (paid, cancelled, expired) = (sandbox.created("a"), sandbox.created("b"), sandbox.created("c"));
    sandbox.control("POST", &format!("/one-time-payments/{paid}/pay"), Value::Null);
    sandbox.cancel(&cancelled);
    sandbox.advance_minutes(60);
    for (id, why) in
        [(paid, "it is already CONFIRMED"), (cancelled, "it is already CANCELLED"), (expired, "it has expired")]
    {
        let before = sandbox.stored();
        let answer = sandbox.cancel(&id);
        assert_eq!(answer.status, 400);
        assert_eq!(answer.message(), format!("One time payment cannot be cancelled: {why}"));
        assert_eq!(sandbox.stored(), before);
    }
    assert_eq!(sandbox.cancel("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee").status, 404);
}

#[test]
fn pay_and_cancel_at_once_end_in_one_of_both() {
    let sandbox = Running::start();
    for round in 0..8 {
        let id = sandbox.created(&format!("ord-{round}"));
        let (paid, cancelled) = thread::scope(|scope| {
            let pay =
                scope.spawn(|| sandbox.control("POST", &format!("/one-time-payments/{id}/pay"), Value::Null).status);
            let cancel = scope.spawn(|| sandbox.cancel(&id).status);
            (pay.join().unwrap(), cancel.join().unwrap())
        });
        let status = sandbox.get(&id).json()["status"].clone();
        match (paid, cancelled) {
            (200, 400) => assert_eq!(status, "CONFIRMED"),
            (409, 200) => assert_eq!(status, "CANCELLED"),
            both => panic!("{both:?}"),
        }
    }
}
