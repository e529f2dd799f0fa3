//! Saved cards, their charges and refunds over HTTP: the API, the control API and what a data file keeps.

mod acts;
mod charge;
mod create;
mod faults;
mod kept;
mod methods;
mod payments;
mod refund;

use serde_json::{Value, json};

use crate::harness::{Answer, Running};

pub(crate) const STRANGER: &str = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

/// A body that create accepts.
pub(crate) fn method() -> Value {
    json!({
        "externalId": "cli-7",
        "redirectUrl": "https://shop.example/tarjeta?ref=7",
        "ttlMinutes": 120,
        "billingInformation": {
            "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "+525512340000"
        }
    })
}

/// The body with fields replaced or (by null) left out.
pub(crate) fn method_with(changes: Value) -> Value {
    let mut body = method();
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

pub(crate) fn create(sandbox: &Running, body: &Value) -> Answer {
    sandbox.api("POST", "/payment-method", &body.to_string()).unwrap()
}

/// Creates a method and returns its id.
pub(crate) fn created(sandbox: &Running, body: &Value) -> String {
    let answer = create(sandbox, body);
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_str().unwrap().to_owned()
}

pub(crate) fn act(sandbox: &Running, id: &str, act: &str, body: Value) -> Answer {
    sandbox.control("POST", &format!("/payment-methods/{id}/{act}"), body)
}

pub(crate) fn save(sandbox: &Running, id: &str, card: &str) {
    let saved = act(sandbox, id, "save", json!({ "card": card }));
    assert_eq!(saved.status, 200, "{}", saved.text);
}

/// A method whose card is saved.
pub(crate) fn active(sandbox: &Running, card: &str) -> String {
    let id = created(sandbox, &method());
    save(sandbox, &id, card);
    id
}

pub(crate) fn get(sandbox: &Running, id: &str) -> Answer {
    sandbox.api("GET", &format!("/payment-method/{id}"), "").unwrap()
}

fn list(sandbox: &Running, query: &str) -> Answer {
    sandbox.api("GET", &format!("/payment-method{query}"), "").unwrap()
}

fn revoke(sandbox: &Running, id: &str) -> Answer {
    sandbox.api("DELETE", &format!("/payment-method/{id}"), "").unwrap()
}

fn charge(sandbox: &Running, id: &str, body: &Value) -> Answer {
    sandbox.api("POST", &format!("/payment-method/{id}/payment"), &body.to_string()).unwrap()
}

/// Charges and returns the payment's id.
fn charged(sandbox: &Running, id: &str, amount: u32) -> String {
    let answer = charge(sandbox, id, &json!({ "amount": amount }));
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_str().unwrap().to_owned()
}

fn payments(sandbox: &Running, id: &str, query: &str) -> Answer {
    sandbox.api("GET", &format!("/payment-method/{id}/payment{query}"), "").unwrap()
}

fn payment(sandbox: &Running, id: &str, payment: &str) -> Answer {
    sandbox.api("GET", &format!("/payment-method/{id}/payment/{payment}"), "").unwrap()
}

fn refund(sandbox: &Running, id: &str, payment: &str) -> Answer {
    sandbox.api("POST", &format!("/payment-method/{id}/payment/{payment}/refund"), "{}").unwrap()
}

pub(crate) fn stored(sandbox: &Running) -> Vec<Value> {
    sandbox.control("GET", "/state", Value::Null).json()["methods"].as_array().unwrap().clone()
}

/// One field of each item of a list, as text.
fn each<'a>(items: &'a Value, name: &str) -> Vec<&'a str> {
    items.as_array().unwrap().iter().map(|item| item[name].as_str().unwrap()).collect()
}
