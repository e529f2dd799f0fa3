//! `POST /payment-method/{id}/payment/{payment}/refund`.

use std::thread;

use serde_json::json;

use super::{STRANGER, active, charged, payment, refund, revoke, stored};
use crate::harness::Running;

#[test]
fn refunds_a_confirmed_charge_in_full_once() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let payment_id = charged(&sandbox, &id, 120);
    let path = format!("/payment-method/{id}/payment/{payment_id}/refund");
    let answer = sandbox.api("POST", &path, r#"{"reason":"Pedido devuelto","amount":1}"#).unwrap();
    let refunded = json!({ "id": payment_id, "status": "REFUNDED", "amount": 120, "currency": "MXN" });
    assert_eq!((answer.status, answer.json()), (200, refunded.clone()));
    assert_eq!(payment(&sandbox, &id, &payment_id).json(), refunded);
    let again = refund(&sandbox, &id, &payment_id);
    assert_eq!((again.status, again.message().as_str()), (400, "Payment not CONFIRMED"));
    assert_eq!(stored(&sandbox)[0]["payments"][0]["refundReason"], "Pedido devuelto");
}

#[test]
fn needs_no_reason_and_no_body() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let path = |payment_id: &str| format!("/api/payment-method/{id}/payment/{payment_id}/refund");
    let key = ("x-api-key", "sandbox-key");
    let bare = sandbox.send("POST", &path(&charged(&sandbox, &id, 10)), &[key], "").unwrap();
    assert_eq!(bare.json()["status"], "REFUNDED");
    let payment_id = charged(&sandbox, &id, 10);
    let json = ("content-type", "application/json");
    for (headers, body, message) in [
        (vec![key], "{}", "Content-Type must be application/json"),
        (vec![key, json], "[]", "The request body must be a JSON object"),
        (vec![key, json], r#"{"reason":1}"#, "reason must be a string"),
    ] {
        let refused = sandbox.send("POST", &path(&payment_id), &headers, body).unwrap();
        assert_eq!((refused.status, refused.message().as_str()), (400, message));
    }
    assert_eq!(payment(&sandbox, &id, &payment_id).json()["status"], "CONFIRMED");
    assert_eq!(refund(&sandbox, &id, &payment_id).status, 200);
}

#[test]
fn refuses_what_is_not_confirmed_or_not_there() {
    let sandbox = Running::start();
    let (id, other) = (active(&sandbox, "good"), active(&sandbox, "good"));
    for outcome in ["pending", "not-initialized", "declined"] {
        sandbox.set(json!({ "chargeOutcome": outcome }));
        let refused = refund(&sandbox, &id, &charged(&sandbox, &id, 120));
        assert_eq!((refused.status, refused.message().as_str()), (400, "Payment not CONFIRMED"), "{outcome}");
    }
    sandbox.set(json!({ "chargeOutcome": "confirmed" }));
    let payment_id = charged(&sandbox, &id, 120);
    for (method, payment_id) in [(&other, payment_id.as_str()), (&id, STRANGER), (&id, "x")] {
        let unknown = refund(&sandbox, method, payment_id);
        assert_eq!((unknown.status, unknown.message().as_str()), (404, "Payment not found"), "{payment_id}");
    }
    assert_eq!(payment(&sandbox, &id, &payment_id).json()["status"], "CONFIRMED");
}

#[test]
fn a_charge_that_the_clock_confirmed_can_be_refunded() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    sandbox.set(json!({ "chargeOutcome": "pending", "chargeSettleSeconds": 60 }));
    let payment_id = charged(&sandbox, &id, 120);
    sandbox.advance_minutes(1);
    assert_eq!(refund(&sandbox, &id, &payment_id).status, 200);
    assert_eq!(payment(&sandbox, &id, &payment_id).json()["status"], "REFUNDED");
}

#[test]
fn charges_of_a_revoked_card_may_be_refunded_or_not() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let (first, second) = (charged(&sandbox, &id, 10), charged(&sandbox, &id, 20));
    revoke(&sandbox, &id);
    assert_eq!(refund(&sandbox, &id, &first).status, 200);
    sandbox.set(json!({ "revokedRefund": "refuse" }));
    let refused = refund(&sandbox, &id, &second);
    assert_eq!((refused.status, refused.message().as_str()), (400, "Payment method not ACTIVE"));
    assert_eq!(payment(&sandbox, &id, &second).json()["status"], "CONFIRMED");
}

#[test]
fn many_at_once_refund_once() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let payment_id = charged(&sandbox, &id, 120);
    let statuses = thread::scope(|scope| {
        let calls: Vec<_> = (0..8).map(|_| scope.spawn(|| refund(&sandbox, &id, &payment_id).status)).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect::<Vec<u16>>()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 7, "{statuses:?}");
}
