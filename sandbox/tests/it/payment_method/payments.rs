//! `GET /payment-method/{id}/payment` and `GET /payment-method/{id}/payment/{payment}`.

use serde_json::json;

use super::{STRANGER, active, charged, each, payment, payments, refund, stored};
use crate::harness::{Running, names};

#[test]
fn items_have_a_time_and_come_in_pages() {
    let sandbox = Running::start();
    let (id, other) = (active(&sandbox, "good"), active(&sandbox, "good"));
    let [first, second, third] = [10, 20, 30].map(|amount| charged(&sandbox, &id, amount));
    charged(&sandbox, &other, 40);
    let page = payments(&sandbox, &id, "?pageSize=2").json();
    assert_eq!(names(&page), ["count", "items", "page", "pageSize"]);
    assert_eq!((&page["count"], &page["page"], &page["pageSize"]), (&json!(3), &json!(1), &json!(2)));
    assert_eq!(each(&page["items"], "id"), [&third, &second]);
    assert_eq!(names(&page["items"][0]), ["amount", "createdAt", "currency", "id", "status"]);
    assert_eq!(page["items"][0]["createdAt"].as_str().map(str::len), Some("2026-03-01T17:00:00Z".len()));
    assert_eq!(each(&payments(&sandbox, &id, "?pageSize=2&page=2").json()["items"], "id"), [&first]);
    sandbox.set(json!({ "listOrder": "oldest", "fractionalSeconds": true }));
    let oldest = payments(&sandbox, &id, "").json();
    assert_eq!(each(&oldest["items"], "id"), [first, second, third]);
    assert_eq!(oldest["pageSize"], 100);
    assert_eq!(oldest["items"][0]["createdAt"].as_str().map(str::len), Some("2026-03-01T17:00:00.000Z".len()));
}

#[test]
fn filters_by_status() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let refunded = charged(&sandbox, &id, 10);
    refund(&sandbox, &id, &refunded);
    let confirmed = charged(&sandbox, &id, 20);
    let [not_initialized, pending, cancelled] = ["not-initialized", "pending", "declined"].map(|outcome| {
        sandbox.set(json!({ "chargeOutcome": outcome }));
        charged(&sandbox, &id, 30)
    });
    for (status, payment_id) in [
        ("NOT_INITIALIZED", not_initialized),
        ("PENDING", pending),
        ("CONFIRMED", confirmed),
        ("CANCELLED", cancelled),
        ("REFUNDED", refunded),
    ] {
        let page = payments(&sandbox, &id, &format!("?status={status}")).json();
        assert_eq!((each(&page["items"], "id"), &page["count"]), (vec![payment_id.as_str()], &json!(1)), "{status}");
    }
    for (query, message) in [
        ("?status=ACTIVE", "status must be one of NOT_INITIALIZED, PENDING, CONFIRMED, CANCELLED, REFUNDED"),
        ("?pageSize=501", "pageSize must be between 1 and 500"),
        ("?page=0", "page must be a positive integer"),
    ] {
        let answer = payments(&sandbox, &id, query);
        assert_eq!((answer.status, answer.message().as_str()), (400, message), "{query}");
    }
}

#[test]
fn get_shows_one_without_its_time() {
    let sandbox = Running::start();
    let (id, other) = (active(&sandbox, "good"), active(&sandbox, "good"));
    let payment_id = charged(&sandbox, &id, 120);
    assert_eq!(
        payment(&sandbox, &id, &payment_id).json(),
        json!({ "id": payment_id, "status": "CONFIRMED", "amount": 120, "currency": "MXN" })
    );
    for (method, payment_id) in
        [(&other, payment_id.as_str()), (&id, STRANGER), (&id, "x"), (&id, &payment_id.to_uppercase())]
    {
        let unknown = payment(&sandbox, method, payment_id);
        assert_eq!((unknown.status, unknown.message().as_str()), (404, "Payment not found"), "{payment_id}");
    }
}

#[test]
fn new_charges_may_be_listed_late() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    sandbox.set(json!({ "chargeListDelaySeconds": 30 }));
    let payment_id = charged(&sandbox, &id, 120);
    assert_eq!(payments(&sandbox, &id, "").json()["count"], 0);
    assert_eq!(payment(&sandbox, &id, &payment_id).status, 200, "get knows it at once");
    sandbox.control("POST", "/clock", json!({ "advanceMs": 30_000 }));
    assert_eq!(payments(&sandbox, &id, "").json()["count"], 1);
}

#[test]
fn the_verification_may_be_listed() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    charged(&sandbox, &id, 120);
    let verification = stored(&sandbox)[0]["verification"].clone();
    assert_eq!((&verification["status"], &verification["amount"]), (&json!("CANCELLED"), &json!(1)));
    let verification_id = verification["id"].as_str().unwrap();
    assert_eq!(payments(&sandbox, &id, "").json()["count"], 1);
    assert_eq!(payment(&sandbox, &id, verification_id).status, 404);
    assert_eq!(refund(&sandbox, &id, verification_id).status, 404);
    sandbox.set(json!({ "verificationListed": true }));
    let page = payments(&sandbox, &id, "").json();
    assert_eq!((&page["count"], &page["items"][1]), (&json!(2), &verification), "it is the oldest");
    assert_eq!(payment(&sandbox, &id, verification_id).json()["status"], "CANCELLED");
    let refused = refund(&sandbox, &id, verification_id);
    assert_eq!((refused.status, refused.message().as_str()), (400, "Payment not CONFIRMED"));
    assert_eq!(stored(&sandbox)[0]["payments"].as_array().map(Vec::len), Some(1), "the state tells it apart");
}
