//! Planned faults on the calls of payment intents, and the log of those calls.

use serde_json::{Value, json};

use super::{cancel, create, created, get, intent, stored};
use crate::harness::Running;

#[test]
fn faults_strike_before_or_after_the_effect() {
    let sandbox = Running::start();
    sandbox.fault("payment-intent.create", json!({ "kind": "lose-answer" }));
    let lost = sandbox.api("POST", "/payment-intent", &intent("lost").to_string());
    assert!(lost.is_err(), "no answer may arrive");
    sandbox.fault("payment-intent.create", json!({ "kind": "refuse", "status": 503 }));
    assert_eq!(create(&sandbox, &intent("refused")).status, 503);
    sandbox.fault("payment-intent.create", json!({ "kind": "redirect", "location": "https://evil.example/api" }));
    assert_eq!(create(&sandbox, &intent("redirected")).status, 302);
    sandbox.fault("payment-intent.create", json!({ "kind": "truncate" }));
    assert!(sandbox.api("POST", "/payment-intent", &intent("cut").to_string()).is_err());
    let kept: Vec<Value> = stored(&sandbox).iter().map(|intent| intent["externalId"].clone()).collect();
    assert_eq!(kept, ["lost", "cut"]);
    assert_eq!(sandbox.calls()[0]["id"], stored(&sandbox)[0]["id"], "what a lost create made is in the log");
}

#[test]
fn each_call_has_a_name_of_its_own() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent("caja-1"));
    sandbox.fault("payment-intent.get", json!({ "kind": "answer", "status": 200, "body": { "id": "other" } }));
    assert_eq!(get(&sandbox, &id).json(), json!({ "id": "other" }));
    sandbox.fault("payment-intent.get", json!({ "kind": "huge", "bytes": 70_000 }));
    assert_eq!(get(&sandbox, &id).text.len(), 70_000);
    sandbox.fault("payment-intent.cancel", json!({ "kind": "lose-answer" }));
    assert!(sandbox.api("POST", &format!("/payment-intent/{id}/cancel"), "").is_err());
    assert_eq!(cancel(&sandbox, &id).status, 400, "the lost cancel took effect");
    let drift = json!({ "endpoint": "payment-intent.get", "fault": { "kind": "drift" } });
    assert_eq!(sandbox.control("POST", "/faults", drift).status, 400);

    let brief: Vec<Value> =
        sandbox.calls().iter().map(|call| json!([call["endpoint"], call["id"], call["status"]])).collect();
    assert_eq!(
        brief,
        [
            json!(["payment-intent.create", id, 201]),
            json!(["payment-intent.get", id, 200]),
            json!(["payment-intent.get", id, 200]),
            json!(["payment-intent.cancel", id, null]),
            json!(["payment-intent.cancel", id, 400]),
        ]
    );
}
