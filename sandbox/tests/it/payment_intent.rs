//! Payment intents over HTTP: the API, the control API and what a data file keeps.

mod acts;
mod cancel;
mod create;
mod faults;
mod get;

use serde_json::{Value, json};

use crate::harness::{Answer, Running};

/// A body that create accepts.
pub(crate) fn intent(external_id: &str) -> Value {
    json!({ "amount": 350.5, "currency": "MXN", "externalId": external_id })
}

pub(crate) fn intent_at(external_id: &str, terminal_code: &str) -> Value {
    json!({ "amount": 350.5, "currency": "MXN", "externalId": external_id, "terminalCode": terminal_code })
}

fn create(sandbox: &Running, body: &Value) -> Answer {
    sandbox.api("POST", "/payment-intent", &body.to_string()).unwrap()
}

/// Creates an intent and returns its id.
pub(crate) fn created(sandbox: &Running, body: &Value) -> String {
    let answer = create(sandbox, body);
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()["id"].as_str().unwrap().to_owned()
}

pub(crate) fn get(sandbox: &Running, id: &str) -> Answer {
    sandbox.api("GET", &format!("/payment-intent/{id}"), "").unwrap()
}

/// As Compago's own module does: without a body and a content type.
pub(crate) fn cancel(sandbox: &Running, id: &str) -> Answer {
    let path = format!("/api/payment-intent/{id}/cancel");
    sandbox.send("POST", &path, &[("x-api-key", "sandbox-key")], "").unwrap()
}

pub(crate) fn act(sandbox: &Running, id: &str, act: &str, body: Value) -> Answer {
    sandbox.control("POST", &format!("/payment-intents/{id}/{act}"), body)
}

fn tap(sandbox: &Running, id: &str) {
    let tapped = act(sandbox, id, "tap", Value::Null);
    assert_eq!(tapped.status, 200, "{}", tapped.text);
}

pub(crate) fn stored(sandbox: &Running) -> Vec<Value> {
    sandbox.control("GET", "/state", Value::Null).json()["intents"].as_array().unwrap().clone()
}
