//! `GET /payment-intent/{id}`.

use serde_json::{Value, json};

use super::{act, created, get, intent, intent_at, stored, tap};
use crate::harness::{Running, names};

#[test]
fn contains_neither_amount_nor_external_id() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent_at("caja-1", "TERM-01"));
    assert_eq!(get(&sandbox, &id).json(), json!({ "id": id, "status": "PENDING", "expired": false }));
    tap(&sandbox, &id);
    let answer = get(&sandbox, &id);
    assert_eq!(names(&answer.json()), ["expired", "id", "paymentSummary", "status"]);
    assert!(!answer.text.contains("350.5") && !answer.text.contains("caja-1"));
}

#[test]
fn a_success_shows_with_its_card() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent("caja-1"));
    tap(&sandbox, &id);
    let body = get(&sandbox, &id).json();
    assert_eq!((&body["status"], &body["expired"]), (&json!("CONFIRMED"), &json!(false)));
    let summary = &body["paymentSummary"];
    assert_eq!(summary["status"], "SUCCESS");
    assert_eq!(summary["payment"]["id"].as_str().map(str::len), Some(36));
    assert_eq!(summary["payment"]["operationCode"].as_u64().map(|code| code.to_string().len()), Some(11));
    assert_eq!(summary["paymentTransaction"], json!({ "resultCode": "00" }));
    assert_eq!(
        summary["cardInformation"],
        json!({
            "fundingSource": "DEBIT", "networkType": "VISA", "lastFourDigits": "4242",
            "issuingBank": "Banco Ensayo", "entryMode": "CONTACTLESS"
        })
    );
    assert_eq!(get(&sandbox, &id).json(), body, "each read says the same");
}

#[test]
fn expires_after_ten_minutes_by_the_virtual_clock() {
    let sandbox = Running::start();
    let (open, paid) = (created(&sandbox, &intent("a")), created(&sandbox, &intent("b")));
    tap(&sandbox, &paid);
    sandbox.advance_minutes(9);
    assert_eq!(get(&sandbox, &open).json()["expired"], false);
    sandbox.advance_minutes(1);
    assert_eq!(get(&sandbox, &open).json(), json!({ "id": open, "status": "PENDING", "expired": true }));
    let paid = get(&sandbox, &paid).json();
    assert_eq!((&paid["status"], &paid["expired"]), (&json!("CONFIRMED"), &json!(true)));
    sandbox.advance_minutes(-1);
    assert_eq!(get(&sandbox, &open).json()["expired"], false, "the clock can be turned back");
}

#[test]
fn does_not_know_other_ids() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent("caja-1"));
    let of_a_link = sandbox.created("ord-1");
    for other in ["aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "x", &id.to_uppercase(), &of_a_link] {
        let answer = get(&sandbox, other);
        assert_eq!((answer.status, answer.message().as_str()), (404, "Payment intent not found"), "{other}");
    }
    assert_eq!(sandbox.get(&id).status, 404, "nor does a one-time payment's call know an intent");
}

#[test]
fn settings_vary_how_a_success_shows() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent("caja-1"));
    tap(&sandbox, &id);
    let shown = |setting: Value| {
        sandbox.set(setting);
        let body = get(&sandbox, &id).json();
        (body["status"].clone(), body.pointer("/paymentSummary/status").cloned())
    };
    let success = Some(json!("SUCCESS"));
    assert_eq!(shown(json!({ "intentSummary": "before-status" })), (json!("PENDING"), success.clone()));
    assert_eq!(super::cancel(&sandbox, &id).message(), "Payment intent already confirmed");
    assert_eq!(shown(json!({ "intentSummary": "without-summary" })), (json!("CONFIRMED"), None));
    assert_eq!(names(&get(&sandbox, &id).json()), ["expired", "id", "status"]);
    sandbox.set(json!({ "nullIntentSummary": true }));
    assert_eq!(get(&sandbox, &id).json().get("paymentSummary"), Some(&Value::Null));
    assert_eq!(shown(json!({ "intentSummary": "with-status" })), (json!("CONFIRMED"), success));
    sandbox.set(json!({ "intentCardFields": false }));
    assert_eq!(names(&get(&sandbox, &id).json()["paymentSummary"]), ["payment", "paymentTransaction", "status"]);
    assert_eq!(stored(&sandbox)[0]["paid"], true);
}

#[test]
fn a_setting_shows_declined_cards() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent("caja-1"));
    act(&sandbox, &id, "decline", Value::Null);
    assert_eq!(get(&sandbox, &id).json(), json!({ "id": id, "status": "PENDING", "expired": false }));
    sandbox.set(json!({ "declinedSummary": true }));
    let declined = json!({ "status": "DECLINED" });
    assert_eq!(
        get(&sandbox, &id).json(),
        json!({ "id": id, "status": "PENDING", "expired": false, "paymentSummary": declined })
    );
    tap(&sandbox, &id);
    assert_eq!(get(&sandbox, &id).json()["paymentSummary"]["status"], "SUCCESS");
}
