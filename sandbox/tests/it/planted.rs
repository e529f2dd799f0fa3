//! Actions that Compago's own rules do not allow, for tests of reconciliation.

use serde_json::{Value, json};

use crate::harness::{Answer, Running, payment};
use crate::program::{Scratch, options};

fn act(sandbox: &Running, id: &str, act: &str, body: Value) -> Answer {
    sandbox.control("POST", &format!("/one-time-payments/{id}/{act}"), body)
}

fn acted(sandbox: &Running, id: &str, name: &str, body: Value) -> Value {
    let answer = act(sandbox, id, name, body);
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

fn item(sandbox: &Running, id: &str) -> Option<Value> {
    let page = sandbox.list("").json();
    page["items"].as_array().unwrap().iter().find(|item| item["id"] == id).cloned()
}

#[test]
fn a_payment_is_confirmed_whatever_its_state() {
    let sandbox = Running::start();
    let (open, cancelled, expired) = (sandbox.created("a"), sandbox.created("b"), sandbox.created("c"));
    sandbox.cancel(&cancelled);
    acted(&sandbox, &open, "confirm", Value::Null);
    sandbox.advance_minutes(90);
    for id in [&open, &cancelled, &expired] {
        assert_eq!(acted(&sandbox, id, "confirm", Value::Null), json!({ "status": "CONFIRMED" }));
        assert_eq!(sandbox.get(id).json()["status"], "CONFIRMED");
        let item = item(&sandbox, id).unwrap();
        assert_eq!(item["status"], "CONFIRMED");
        assert!(item["updatedAt"].as_str() > item["expiresAt"].as_str(), "{item}");
    }
    assert_eq!(sandbox.list("?status=CONFIRMED").json()["count"], 3);
}

#[test]
fn a_confirmation_is_taken_back() {
    let sandbox = Running::start();
    let (a, b) = (sandbox.created("a"), sandbox.created("b"));
    let refused = act(&sandbox, &a, "unconfirm", Value::Null);
    assert_eq!(
        (refused.status, refused.message().as_str()),
        (409, "Nothing can be done with the payment: it is not CONFIRMED")
    );
    for id in [&a, &b] {
        acted(&sandbox, id, "pay", Value::Null);
    }
    assert_eq!(acted(&sandbox, &a, "unconfirm", Value::Null), json!({ "status": "PENDING" }));
    assert_eq!(sandbox.get(&a).json()["id"], a, "payable again");
    assert_eq!(acted(&sandbox, &b, "unconfirm", json!({ "status": "CANCELLED" })), json!({ "status": "CANCELLED" }));
    assert_eq!(item(&sandbox, &b).unwrap()["status"], "CANCELLED");
    acted(&sandbox, &a, "pay", Value::Null);
    assert_eq!(act(&sandbox, &a, "unconfirm", json!({ "status": "CONFIRMED" })).status, 400);
}

#[test]
fn a_payment_is_amended() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let amended = acted(&sandbox, &id, "amend", json!({ "amount": 99.95, "currency": "USD" }));
    assert_eq!((&amended["amount"], &amended["currency"]), (&json!(99.95), &json!("USD")));
    assert_eq!((&amended["externalId"], &amended["redirectUrl"]), (&json!("ord-1"), &payment("")["redirectUrl"]));
    assert_eq!(item(&sandbox, &id).unwrap(), amended);
    let details = sandbox.get(&id).json();
    assert_eq!((&details["amount"], &details["currency"]), (&json!(99.95), &json!("USD")));
    assert_eq!(sandbox.list("?currency=MXN").json()["count"], 0);
    let page = sandbox.send("GET", &format!("/checkout/otp/{id}"), &[], "").unwrap();
    assert!(page.text.contains("$99.95 USD"), "{}", page.text);

    let elsewhere = json!({ "externalId": "ord-2", "redirectUrl": "https://otra-tienda.example/gracias" });
    let amended = acted(&sandbox, &id, "amend", elsewhere);
    assert_eq!((&amended["amount"], &amended["externalId"]), (&json!(99.95), &json!("ord-2")));
    assert_eq!(amended["redirectUrl"], "https://otra-tienda.example/gracias");
    for taken in ["ord-1", "ord-2"] {
        assert_eq!(sandbox.create(&payment(taken)).status, 400, "{taken}");
    }
    for (bad, expected) in [
        (json!({ "amount": 0 }), "amount must be a positive number"),
        (json!({ "currency": "pesos" }), "currency must be three capital letters"),
        (json!({ "status": "CONFIRMED" }), "unknown field `status`"),
    ] {
        let answer = act(&sandbox, &id, "amend", bad.clone());
        assert_eq!(answer.status, 400, "{bad}");
        assert!(answer.message().contains(expected), "{bad}: {}", answer.message());
    }
    assert_eq!(act(&sandbox, "x", "amend", json!({})).status, 404);
}

#[test]
fn a_hidden_payment_does_not_exist_until_it_is_shown() {
    let sandbox = Running::start();
    let (gone, left) = (sandbox.created("gone"), sandbox.created("left"));
    assert_eq!(acted(&sandbox, &gone, "hide", Value::Null), json!({ "hidden": true }));
    let answer = sandbox.get(&gone);
    assert_eq!((answer.status, answer.message().as_str()), (404, "One time payment not found"));
    assert_eq!(sandbox.cancel(&gone).status, 404);
    assert_eq!((sandbox.list("").json()["count"].clone(), item(&sandbox, &gone)), (json!(1), None));
    assert_eq!(sandbox.send("GET", &format!("/checkout/otp/{gone}"), &[], "").unwrap().status, 404);
    let front = sandbox.send("GET", "/", &[], "").unwrap().text;
    assert!(!front.contains(&gone) && front.contains(&left));
    assert_eq!(sandbox.create(&payment("gone")).status, 400, "its external id stays taken");
    let stored = sandbox.stored();
    assert_eq!((&stored[0]["hidden"], &stored[1]["hidden"]), (&json!(true), &json!(false)));

    acted(&sandbox, &gone, "confirm", Value::Null);
    assert_eq!(acted(&sandbox, &gone, "show", Value::Null), json!({ "hidden": false }));
    assert_eq!(item(&sandbox, &gone).unwrap()["status"], "CONFIRMED", "what happened meanwhile is seen");
}

#[test]
fn what_was_planted_survives_a_restart() {
    let scratch = Scratch::new("planted");
    let (hidden, dollars) = {
        let sandbox = Running::start_with(options(&scratch.file()));
        let (hidden, dollars) = (sandbox.created("a"), sandbox.created("b"));
        acted(&sandbox, &hidden, "hide", Value::Null);
        acted(&sandbox, &dollars, "amend", json!({ "currency": "USD" }));
        (hidden, dollars)
    };
    let sandbox = Running::start_with(options(&scratch.file()));
    assert_eq!(sandbox.get(&hidden).status, 404);
    assert_eq!(item(&sandbox, &dollars).unwrap()["currency"], "USD");
    drop(sandbox);

    let saved = std::fs::read_to_string(scratch.file()).unwrap();
    let older = saved.replace(r#""currency":"USD","#, "").replace(r#""currency":"MXN","#, "");
    std::fs::write(scratch.file(), older.replace(r#","hidden":true"#, "").replace(r#","hidden":false"#, "")).unwrap();
    let sandbox = Running::start_with(options(&scratch.file()));
    assert_eq!(item(&sandbox, &hidden).unwrap()["currency"], "MXN", "a file from before either was kept is read");
}
