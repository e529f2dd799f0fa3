//! `POST /payment-intent`.

use std::thread;

use serde_json::{Value, json};

use super::{create, created, get, intent, intent_at, stored, tap};
use crate::harness::{Running, names};

#[test]
fn answers_id_amount_and_external_id_together() {
    let sandbox = Running::start();
    let answer = create(&sandbox, &intent_at("caja-1", "TERM-01"));
    assert_eq!((answer.status, answer.header("content-type")), (201, "application/json"));
    let body = answer.json();
    assert_eq!(
        names(&body),
        ["amount", "createdAt", "currency", "externalId", "id", "organizationId", "status", "terminalId", "updatedAt"]
    );
    for uuid in ["id", "organizationId", "terminalId"] {
        assert_eq!(body[uuid].as_str().map(str::len), Some(36), "{uuid}");
    }
    assert_eq!(
        (&body["status"], &body["amount"], &body["currency"], &body["externalId"]),
        (&json!("PENDING"), &json!(350.5), &json!("MXN"), &json!("caja-1"))
    );
    assert_eq!(body["createdAt"], body["updatedAt"]);
    assert_eq!(body["createdAt"].as_str().map(str::len), Some("2026-03-01T17:00:00Z".len()));
    sandbox.set(json!({ "createStatus": 200, "fractionalSeconds": true }));
    let answer = create(&sandbox, &intent("caja-2"));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["createdAt"].as_str().map(str::len), Some("2026-03-01T17:00:00.000Z".len()));
}

#[test]
fn a_terminal_has_one_id_and_any_terminal_none() {
    let sandbox = Running::start();
    let terminal_id = |external_id: &str, code: &str| {
        create(&sandbox, &intent_at(external_id, code)).json()["terminalId"].as_str().unwrap().to_owned()
    };
    let first = terminal_id("a", "TERM-01");
    assert_eq!(first, terminal_id("b", "TERM-01"));
    assert_ne!(first, terminal_id("c", "TERM-02"));
    assert_eq!(create(&sandbox, &intent("d")).json()["terminalId"], Value::Null);
    assert_eq!(create(&sandbox, &intent("e")).json().get("terminalId"), Some(&Value::Null));
}

#[test]
fn refuses_what_is_missing_or_malformed() {
    let sandbox = Running::start();
    for (name, value, message) in [
        ("amount", Value::Null, "amount is required"),
        ("amount", json!("80"), "amount must be a number"),
        ("amount", json!(0), "amount must be a positive number"),
        ("amount", json!(-80), "amount must be a positive number"),
        ("amount", json!(80.001), "amount must have at most 2 decimals"),
        ("currency", Value::Null, "currency is required"),
        ("currency", json!("USD"), "Only MXN currency is supported"),
        ("externalId", Value::Null, "externalId is required"),
        ("externalId", json!(" "), "externalId is required"),
        ("externalId", json!(7), "externalId must be a string"),
        ("terminalCode", json!(1), "terminalCode must be a string"),
    ] {
        let mut body = intent("caja-1");
        body[name] = value;
        let answer = create(&sandbox, &body);
        assert_eq!((answer.status, answer.message().as_str()), (400, message), "{name}");
    }
    let headers = [("x-api-key", "sandbox-key"), ("content-type", "text/plain")];
    let untyped = sandbox.send("POST", "/api/payment-intent", &headers, &intent("caja-1").to_string()).unwrap();
    assert_eq!((untyped.status, untyped.message().as_str()), (400, "Content-Type must be application/json"));
    assert!(stored(&sandbox).is_empty(), "a refused create must leave nothing");
    assert_eq!(create(&sandbox, &json!({ "amount": 0.01, "currency": "MXN", "externalId": "a" })).status, 201);
}

#[test]
fn needs_the_key_and_an_organisation() {
    let sandbox = Running::start();
    for (method, path) in
        [("POST", "/api/payment-intent"), ("GET", "/api/payment-intent/x"), ("POST", "/api/payment-intent/x/cancel")]
    {
        let answer = sandbox.send(method, path, &[("content-type", "application/json")], "{}").unwrap();
        assert_eq!((answer.status, answer.message().as_str()), (401, "Unauthorized"), "{method} {path}");
    }
    sandbox.set(json!({ "missingOrganization": true }));
    let refused = create(&sandbox, &intent("a"));
    assert_eq!((refused.status, refused.message().as_str()), (400, "User does not have an organization"));
}

#[test]
fn knows_its_terminals() {
    let sandbox = Running::start();
    for code in ["TERM-09", "term-01", ""] {
        let answer = create(&sandbox, &intent_at("caja-1", code));
        assert_eq!((answer.status, answer.message().as_str()), (404, "Terminal not found"), "{code:?}");
    }
    sandbox.set(json!({ "terminals": ["SN-0001"] }));
    assert_eq!(create(&sandbox, &intent_at("caja-1", "TERM-01")).status, 404);
    assert_eq!(create(&sandbox, &intent_at("caja-1", "SN-0001")).status, 201, "a refused external id is not taken");
}

#[test]
fn accepts_an_external_id_only_once() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent("caja-1"));
    let duplicate = || {
        let answer = create(&sandbox, &intent_at("caja-1", "TERM-01"));
        assert_eq!(answer.status, 400);
        assert_eq!(answer.message(), "Payment intent with externalId caja-1 already exists.");
    };
    duplicate();
    assert_eq!(super::cancel(&sandbox, &id).status, 200);
    duplicate();
    sandbox.advance_minutes(60 * 24 * 30);
    duplicate();
    assert_eq!(stored(&sandbox).len(), 1);
    sandbox.created("caja-1");
}

#[test]
fn a_new_intent_cancels_the_pending_one_of_its_terminal() {
    let sandbox = Running::start();
    let expired = created(&sandbox, &intent_at("expired", "TERM-01"));
    sandbox.advance_minutes(11);
    let paid = created(&sandbox, &intent_at("paid", "TERM-01"));
    tap(&sandbox, &paid);
    let displaced = created(&sandbox, &intent_at("displaced", "TERM-01"));
    let elsewhere = created(&sandbox, &intent_at("elsewhere", "TERM-02"));
    let anywhere = created(&sandbox, &intent("anywhere"));
    let another = created(&sandbox, &intent("another"));
    sandbox.advance_minutes(1);
    let newest = created(&sandbox, &intent_at("newest", "TERM-01"));
    for (id, status) in [
        (&expired, "PENDING"),
        (&paid, "CONFIRMED"),
        (&displaced, "CANCELLED"),
        (&elsewhere, "PENDING"),
        (&anywhere, "PENDING"),
        (&another, "PENDING"),
        (&newest, "PENDING"),
    ] {
        assert_eq!(get(&sandbox, id).json()["status"], status);
    }
    let displaced = &stored(&sandbox)[2];
    assert_eq!(displaced["withdrawal"], "replaced");
    assert_ne!(displaced["updatedAt"], displaced["createdAt"]);
}

#[test]
fn a_refused_create_cancels_nothing() {
    let sandbox = Running::start();
    let waiting = created(&sandbox, &intent_at("a", "TERM-01"));
    assert_eq!(create(&sandbox, &intent_at("a", "TERM-01")).status, 400);
    assert_eq!(get(&sandbox, &waiting).json()["status"], "PENDING");
}

#[test]
fn of_many_tills_at_one_terminal_one_is_left_waiting() {
    let sandbox = Running::start();
    thread::scope(|scope| {
        for till in 0..12 {
            let sandbox = &sandbox;
            scope.spawn(move || created(sandbox, &intent_at(&format!("till-{till}"), "TERM-01")));
        }
    });
    let pending = stored(&sandbox).iter().filter(|intent| intent["status"] == "PENDING").count();
    assert_eq!((stored(&sandbox).len(), pending), (12, 1));
}
