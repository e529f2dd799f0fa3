//! `GET /payment-method`, `GET /payment-method/{id}` and `DELETE /payment-method/{id}`.

use serde_json::{Value, json};

use super::{STRANGER, active, charge, created, each, get, list, method, method_with, payments, revoke, save};
use crate::harness::{Running, names};

#[test]
fn get_shows_the_card_once_it_is_saved() {
    let sandbox = Running::start();
    let id = created(&sandbox, &method());
    let before = get(&sandbox, &id).json();
    assert_eq!(names(&before), ["createdAt", "externalId", "id", "status"]);
    assert_eq!(
        (&before["id"], &before["status"], &before["externalId"]),
        (&json!(id), &json!("PENDING"), &json!("cli-7"))
    );
    assert_eq!(before["createdAt"].as_str().map(str::len), Some("2026-03-01T17:00:00Z".len()));
    save(&sandbox, &id, "amex");
    let after = get(&sandbox, &id).json();
    assert_eq!(names(&after), ["card", "createdAt", "externalId", "id", "status"]);
    assert_eq!(
        (&after["status"], &after["card"]),
        (&json!("ACTIVE"), &json!({ "lastFourDigits": "0005", "networkType": "AMEX" }))
    );
    assert_eq!(after["createdAt"], before["createdAt"]);
}

#[test]
fn missing_fields_are_absent_or_null() {
    let sandbox = Running::start();
    let id = created(&sandbox, &method_with(json!({ "externalId": null })));
    assert_eq!(names(&get(&sandbox, &id).json()), ["createdAt", "id", "status"]);
    sandbox.set(json!({ "nullMethodFields": true }));
    let nulls = get(&sandbox, &id).json();
    assert_eq!((nulls.get("card"), nulls.get("externalId")), (Some(&Value::Null), Some(&Value::Null)));
    save(&sandbox, &id, "good");
    assert_eq!(get(&sandbox, &id).json()["card"]["lastFourDigits"], "4242");
}

#[test]
fn a_link_expires_by_the_virtual_clock() {
    let sandbox = Running::start();
    let (late, saved) = (created(&sandbox, &method()), active(&sandbox, "good"));
    sandbox.advance_minutes(119);
    assert_eq!(get(&sandbox, &late).json()["status"], "PENDING");
    sandbox.advance_minutes(1);
    assert_eq!(get(&sandbox, &late).json()["status"], "EXPIRED");
    assert_eq!(get(&sandbox, &saved).json()["status"], "ACTIVE", "the link's end is not the card's");
    sandbox.advance_minutes(-1);
    assert_eq!(get(&sandbox, &late).json()["status"], "PENDING", "the clock can be turned back");
}

#[test]
fn items_are_like_get_and_come_in_pages() {
    let sandbox = Running::start();
    for name in ["a", "b", "c"] {
        created(&sandbox, &method_with(json!({ "externalId": name })));
    }
    let id = active(&sandbox, "mastercard");
    let page = list(&sandbox, "?pageSize=3").json();
    assert_eq!(names(&page), ["count", "items", "page", "pageSize"]);
    assert_eq!((&page["count"], &page["page"], &page["pageSize"]), (&json!(4), &json!(1), &json!(3)));
    assert_eq!(each(&page["items"], "externalId"), ["cli-7", "c", "b"]);
    assert_eq!(page["items"][0], get(&sandbox, &id).json());
    assert_eq!(each(&list(&sandbox, "?pageSize=3&page=2").json()["items"], "externalId"), ["a"]);
    assert_eq!(list(&sandbox, "").json()["pageSize"], 100);
    sandbox.set(json!({ "listOrder": "oldest" }));
    assert_eq!(each(&list(&sandbox, "?pageSize=2").json()["items"], "externalId"), ["a", "b"]);
    sandbox.set(json!({ "listDelayMs": 30_000 }));
    assert_eq!(list(&sandbox, "").json()["count"], 0);
    sandbox.advance_minutes(1);
    assert_eq!(list(&sandbox, "").json()["count"], 4);
}

#[test]
fn filters_by_what_the_status_is_now() {
    let sandbox = Running::start();
    let (expired, saved, revoked) = (created(&sandbox, &method()), active(&sandbox, "good"), active(&sandbox, "good"));
    revoke(&sandbox, &revoked);
    sandbox.advance_minutes(120);
    let pending = created(&sandbox, &method());
    for (status, id) in [("PENDING", pending), ("ACTIVE", saved), ("EXPIRED", expired), ("REVOKED", revoked)] {
        let page = list(&sandbox, &format!("?status={status}")).json();
        assert_eq!((each(&page["items"], "id"), &page["count"]), (vec![id.as_str()], &json!(1)), "{status}");
    }
    for (query, message) in [
        ("?status=CONFIRMED", "status must be one of PENDING, ACTIVE, EXPIRED, REVOKED"),
        ("?pageSize=501", "pageSize must be between 1 and 500"),
        ("?page=0", "page must be a positive integer"),
        ("?status=ACTIVE&status=ACTIVE", "status must be given once"),
    ] {
        let answer = list(&sandbox, query);
        assert_eq!((answer.status, answer.message().as_str()), (400, message), "{query}");
    }
}

#[test]
fn revokes_an_active_one_for_ever() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    charge(&sandbox, &id, &json!({ "amount": 120 }));
    let answer = revoke(&sandbox, &id);
    assert_eq!((answer.status, answer.json()), (200, json!({ "success": true })));
    let body = get(&sandbox, &id).json();
    assert_eq!((&body["status"], &body["card"]["lastFourDigits"]), (&json!("REVOKED"), &json!("4242")));
    assert_eq!(payments(&sandbox, &id, "").json()["count"], 1, "its payments stay");
    let (pending, expired) =
        (created(&sandbox, &method()), created(&sandbox, &method_with(json!({ "ttlMinutes": 1 }))));
    sandbox.advance_minutes(2);
    for id in [&id, &pending, &expired] {
        let refused = revoke(&sandbox, id);
        assert_eq!((refused.status, refused.message().as_str()), (400, "Cannot revoke payment method (not ACTIVE)"));
    }
    assert_eq!(get(&sandbox, &pending).json()["status"], "PENDING");
}

#[test]
fn does_not_know_other_ids() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let link = sandbox.created("ord-1");
    for other in [STRANGER, "x", &id.to_uppercase(), &link] {
        for answer in [
            get(&sandbox, other),
            revoke(&sandbox, other),
            charge(&sandbox, other, &json!({ "amount": 1 })),
            payments(&sandbox, other, ""),
            super::payment(&sandbox, other, STRANGER),
            super::refund(&sandbox, other, STRANGER),
        ] {
            assert_eq!((answer.status, answer.message().as_str()), (404, "Payment method not found"), "{other}");
        }
    }
}
