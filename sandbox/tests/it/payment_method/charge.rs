//! `POST /payment-method/{id}/payment`.

use std::thread;

use serde_json::{Value, json};

use super::{active, charge, charged, created, method, payment, payments, revoke, stored};
use crate::harness::{Running, names};

#[test]
fn answers_id_status_and_amount() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let answer = charge(&sandbox, &id, &json!({ "amount": 120.5, "currency": "MXN", "description": "Cuota marzo" }));
    assert_eq!(answer.status, 201);
    let body = answer.json();
    assert_eq!(names(&body), ["amount", "currency", "id", "status"]);
    assert_eq!(
        (&body["status"], &body["amount"], &body["currency"]),
        (&json!("CONFIRMED"), &json!(120.5), &json!("MXN"))
    );
    assert_eq!(body["id"].as_str().map(str::len), Some(36));
    assert_eq!(stored(&sandbox)[0]["payments"][0]["description"], "Cuota marzo");
    sandbox.set(json!({ "createStatus": 200 }));
    assert_eq!(charge(&sandbox, &id, &json!({ "amount": 1 })).status, 200);
}

#[test]
fn two_equal_calls_are_two_charges() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let ids = thread::scope(|scope| {
        let calls: Vec<_> = (0..8).map(|_| scope.spawn(|| charged(&sandbox, &id, 120))).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect::<std::collections::BTreeSet<_>>()
    });
    assert_eq!((ids.len(), payments(&sandbox, &id, "").json()["count"].as_u64()), (8, Some(8)));
}

#[test]
fn refuses_what_is_missing_or_malformed() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    for (body, message) in [
        (json!({}), "amount is required"),
        (json!({ "amount": "120" }), "amount must be a number"),
        (json!({ "amount": 0.99 }), "Invalid amount"),
        (json!({ "amount": 0 }), "Invalid amount"),
        (json!({ "amount": -120 }), "Invalid amount"),
        (json!({ "amount": 120.001 }), "Invalid amount"),
        (json!({ "amount": 120, "currency": "USD" }), "Currency not supported"),
        (json!({ "amount": 120, "currency": "mxn" }), "Currency not supported"),
        (json!({ "amount": 120, "currency": 1 }), "currency must be a string"),
        (json!({ "amount": 120, "description": 1 }), "description must be a string"),
        (json!([]), "The request body must be a JSON object"),
    ] {
        let answer = charge(&sandbox, &id, &body);
        assert_eq!((answer.status, answer.message().as_str()), (400, message), "{body}");
    }
    assert_eq!(stored(&sandbox)[0]["payments"], json!([]));
    charged(&sandbox, &id, 1);
}

#[test]
fn only_an_active_method_is_charged() {
    let sandbox = Running::start();
    let (pending, expired, revoked) =
        (created(&sandbox, &method()), created(&sandbox, &method()), active(&sandbox, "good"));
    revoke(&sandbox, &revoked);
    let refused = |id: &str| {
        let answer = charge(&sandbox, id, &json!({ "amount": 120 }));
        assert_eq!((answer.status, answer.message().as_str()), (400, "Payment method not ACTIVE"));
    };
    refused(&pending);
    refused(&revoked);
    sandbox.advance_minutes(120);
    refused(&expired);
    assert!(stored(&sandbox).iter().all(|method| method["payments"] == json!([])));
}

#[test]
fn a_declining_or_expired_card_makes_charges_fail() {
    let sandbox = Running::start();
    for (card, why) in [("declines", "Card declined"), ("expired", "Card expired")] {
        let id = active(&sandbox, card);
        assert_eq!(super::get(&sandbox, &id).json()["status"], "ACTIVE", "the method does not tell");
        let failed = charge(&sandbox, &id, &json!({ "amount": 120 }));
        assert_eq!((failed.status, &failed.json()["status"]), (201, &json!("CANCELLED")));
        sandbox.set(json!({ "cardFailure": "error" }));
        let failed = charge(&sandbox, &id, &json!({ "amount": 120 }));
        assert_eq!((failed.status, failed.message().as_str()), (400, why));
        sandbox.set(json!({ "cardFailure": "cancelled", "chargeOutcome": "pending", "chargeSettleSeconds": 0 }));
        let failed = charged(&sandbox, &id, 120);
        assert_eq!(payment(&sandbox, &id, &failed).json()["status"], "CANCELLED", "it cannot be confirmed later");
        sandbox.set(json!({ "chargeOutcome": "confirmed" }));
        assert_eq!(payments(&sandbox, &id, "?status=CONFIRMED").json()["count"], 0);
        assert_eq!(payments(&sandbox, &id, "").json()["count"], 2);
    }
}

#[test]
fn settings_vary_how_a_charge_goes() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    for (outcome, status) in [
        ("confirmed", "CONFIRMED"),
        ("pending", "PENDING"),
        ("not-initialized", "NOT_INITIALIZED"),
        ("declined", "CANCELLED"),
    ] {
        sandbox.set(json!({ "chargeOutcome": outcome }));
        let answer = charge(&sandbox, &id, &json!({ "amount": 120 }));
        assert_eq!((answer.status, &answer.json()["status"]), (201, &json!(status)), "{outcome}");
        sandbox.advance_minutes(60 * 24);
        let later = payment(&sandbox, &id, answer.json()["id"].as_str().unwrap()).json();
        assert_eq!(later["status"], status, "without an act it stays {status}");
    }
    sandbox.set(json!({ "chargeOutcome": "declined-error" }));
    let refused = charge(&sandbox, &id, &json!({ "amount": 120 }));
    assert_eq!((refused.status, refused.message().as_str()), (400, "Card declined"));
    assert_eq!(payments(&sandbox, &id, "").json()["count"], 4, "it leaves no trace");
    sandbox.set(json!({ "declinedErrorListed": true }));
    assert_eq!(charge(&sandbox, &id, &json!({ "amount": 77 })).status, 400);
    let newest = payments(&sandbox, &id, "").json()["items"][0].clone();
    assert_eq!((&newest["status"], &newest["amount"]), (&json!("CANCELLED"), &json!(77)), "unless it is to");
}

#[test]
fn the_clock_settles_an_open_charge() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let status = |payment_id: &str| payment(&sandbox, &id, payment_id).json()["status"].clone();
    for (outcome, before, settles_as, after) in [
        ("pending", "PENDING", "confirmed", "CONFIRMED"),
        ("not-initialized", "NOT_INITIALIZED", "cancelled", "CANCELLED"),
    ] {
        sandbox.set(json!({ "chargeOutcome": outcome, "chargeSettleSeconds": 90, "chargeSettlesAs": settles_as }));
        let open = charged(&sandbox, &id, 120);
        sandbox.set(json!({ "chargeSettleSeconds": null }));
        sandbox.advance_minutes(1);
        assert_eq!(status(&open), before);
        sandbox.advance_minutes(1);
        assert_eq!(status(&open), after, "as was decided when it was made");
        let listed = payments(&sandbox, &id, &format!("?status={after}")).json();
        assert_eq!(listed["items"][0]["id"], Value::from(open));
    }
    sandbox.set(json!({ "chargeOutcome": "confirmed", "chargeSettleSeconds": 0, "chargeSettlesAs": "cancelled" }));
    assert_eq!(status(&charged(&sandbox, &id, 120)), "CONFIRMED", "one that is over stays as it is");
}
