//! Planned faults on the calls about saved cards, and the log of those calls.

use serde_json::{Value, json};

use super::{active, charge, charged, create, each, get, list, method, payment, payments, refund, revoke, stored};
use crate::harness::Running;

#[test]
fn a_lost_answer_leaves_a_charge_behind() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let path = format!("/payment-method/{id}/payment");
    sandbox.fault("payment-method.charge", json!({ "kind": "lose-answer" }));
    assert!(sandbox.api("POST", &path, r#"{"amount":10}"#).is_err(), "no answer may arrive");
    sandbox.fault("payment-method.charge", json!({ "kind": "refuse", "status": 503 }));
    assert_eq!(charge(&sandbox, &id, &json!({ "amount": 20 })).status, 503);
    sandbox.fault("payment-method.charge", json!({ "kind": "redirect", "location": "https://evil.example/api" }));
    assert_eq!(charge(&sandbox, &id, &json!({ "amount": 30 })).status, 302);
    sandbox.fault("payment-method.charge", json!({ "kind": "truncate" }));
    assert!(sandbox.api("POST", &path, r#"{"amount":40}"#).is_err());
    sandbox.fault("payment-method.charge", json!({ "kind": "answer", "status": 500, "body": "oops" }));
    assert_eq!(charge(&sandbox, &id, &json!({ "amount": 50 })).status, 500);
    let kept = stored(&sandbox)[0]["payments"].clone();
    let amounts: Vec<Value> = kept.as_array().unwrap().iter().map(|payment| payment["amount"].clone()).collect();
    assert_eq!(amounts, [10, 40, 50]);
    let lost = sandbox.calls().into_iter().find(|call| call["status"].is_null()).unwrap();
    assert_eq!(
        (&lost["endpoint"], &lost["id"], &lost["path"]),
        (&json!("payment-method.charge"), &kept[0]["id"], &json!(format!("/api{path}"))),
        "what a lost charge made is in the log"
    );
}

#[test]
fn a_refund_with_a_lost_answer_took_effect() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let payment_id = charged(&sandbox, &id, 120);
    sandbox.fault("payment-method.refund", json!({ "kind": "lose-answer" }));
    assert!(sandbox.api("POST", &format!("/payment-method/{id}/payment/{payment_id}/refund"), "{}").is_err());
    assert_eq!(payment(&sandbox, &id, &payment_id).json()["status"], "REFUNDED");
    assert_eq!(refund(&sandbox, &id, &payment_id).status, 400);
}

#[test]
fn each_call_has_a_name_of_its_own() {
    let sandbox = Running::start();
    let names = ["create", "list", "get", "revoke", "charge", "payments", "payment", "refund"];
    for name in names {
        let other = json!({ "kind": "answer", "status": 202, "body": { "met": name } });
        sandbox.fault(&format!("payment-method.{name}"), other);
    }
    let id = active_after_fault(&sandbox);
    let met = |answer: crate::harness::Answer| {
        assert_eq!(answer.status, 202);
        answer.json()["met"].as_str().unwrap().to_owned()
    };
    let got = [
        met(list(&sandbox, "")),
        met(get(&sandbox, &id)),
        met(charge(&sandbox, &id, &json!({ "amount": 120 }))),
        met(payments(&sandbox, &id, "")),
    ];
    let payment_id = stored(&sandbox)[0]["payments"][0]["id"].as_str().unwrap().to_owned();
    let rest =
        [met(payment(&sandbox, &id, &payment_id)), met(refund(&sandbox, &id, &payment_id)), met(revoke(&sandbox, &id))];
    assert_eq!([&got[..], &rest[..]].concat(), ["list", "get", "charge", "payments", "payment", "refund", "revoke"]);
    assert_eq!(stored(&sandbox)[0]["status"], "REVOKED", "each took effect");
    let ids: Vec<Value> = sandbox.calls().iter().map(|call| json!([call["endpoint"], call["id"]])).collect();
    assert_eq!(
        ids,
        [
            json!(["payment-method.create", id]),
            json!(["payment-method.list", null]),
            json!(["payment-method.get", id]),
            json!(["payment-method.charge", payment_id]),
            json!(["payment-method.payments", id]),
            json!(["payment-method.payment", payment_id]),
            json!(["payment-method.refund", payment_id]),
            json!(["payment-method.revoke", id]),
        ]
    );
}

/// Makes a create call with a planned fault, then saves a card for the method that was created nevertheless.
fn active_after_fault(sandbox: &Running) -> String {
    assert_eq!(create(sandbox, &method()).json(), json!({ "met": "create" }));
    let id = stored(sandbox)[0]["id"].as_str().unwrap().to_owned();
    super::save(sandbox, &id, "good");
    id
}

#[test]
fn lists_drift() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let ids = [10, 20, 30].map(|amount| charged(&sandbox, &id, amount));
    sandbox.fault("payment-method.payments", json!({ "kind": "drift", "by": 2 }));
    let second = payments(&sandbox, &id, "?pageSize=2&page=2").json();
    assert_eq!((each(&second["items"], "id"), &second["count"]), (vec![&*ids[2], &*ids[1]], &json!(5)));
    let foreign = &stored(&sandbox)[0]["payments"][3];
    assert_eq!((&foreign["status"], &foreign["description"]), (&json!("CONFIRMED"), &json!("Cargo de otro programa")));
    sandbox.fault("payment-method.payments", json!({ "kind": "drift", "how": "reverse" }));
    assert_eq!(each(&payments(&sandbox, &id, "?pageSize=2").json()["items"], "id"), [&*ids[0], &*ids[1]]);
    sandbox.fault("payment-method.list", json!({ "kind": "drift" }));
    assert_eq!(list(&sandbox, "").json()["count"], 2);
    let no_list = json!({ "endpoint": "payment-method.charge", "fault": { "kind": "drift" } });
    assert_eq!(sandbox.control("POST", "/faults", no_list).status, 400);
}
