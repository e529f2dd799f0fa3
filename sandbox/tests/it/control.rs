//! The control API.

use serde_json::{Value, json};

use crate::harness::{Running, payment};

#[test]
fn the_clock_moves_and_ticks() {
    let sandbox = Running::start();
    let now = |answer: Value| answer["now"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let before = now(sandbox.control("GET", "/clock", Value::Null).json());
    let moved = sandbox.control("POST", "/clock", json!({ "advanceMs": 3_600_000 })).json();
    assert_eq!(moved["offsetMs"], 3_600_000);
    let gone = now(moved).duration_since(before).as_secs();
    assert!((3_600..3_605).contains(&gone), "{gone}");
    for bad in
        [json!({}), json!({ "advanceMs": "1" }), json!({ "advanceMs": 1, "x": 1 }), json!({ "advanceMs": i64::MAX })]
    {
        let answer = sandbox.control("POST", "/clock", bad.clone());
        assert_eq!(answer.status, 400, "{bad}");
        assert!(!answer.message().is_empty());
    }
}

#[test]
fn actions_follow_the_rules() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let act = |act: &str| sandbox.control("POST", &format!("/one-time-payments/{id}/{act}"), Value::Null);
    assert_eq!(act("decline").json(), json!({ "status": "PENDING", "declines": 1 }));
    assert_eq!(act("decline").json(), json!({ "status": "PENDING", "declines": 2 }));
    let redirect_to = format!("https://shop.example/vuelta?ref=881&id={id}&externalId=ord-1");
    assert_eq!(act("pay").json(), json!({ "status": "CONFIRMED", "redirectTo": redirect_to }));
    for again in ["pay", "decline", "cancel"] {
        let refused = act(again);
        assert_eq!(refused.status, 409);
        assert_eq!(refused.message(), "Nothing can be done with the payment: it is already CONFIRMED");
    }
    let other = sandbox.created("ord-2");
    let cancel = sandbox.control("POST", &format!("/one-time-payments/{other}/cancel"), Value::Null);
    assert_eq!(cancel.json(), json!({ "status": "CANCELLED" }));
    let unknown = sandbox.control("POST", "/one-time-payments/x/pay", Value::Null);
    assert_eq!((unknown.status, unknown.message().as_str()), (404, "One time payment not found"));

    let late = sandbox.created("ord-3");
    sandbox.advance_minutes(60);
    let refused = sandbox.control("POST", &format!("/one-time-payments/{late}/pay"), Value::Null);
    assert_eq!(refused.message(), "Nothing can be done with the payment: it has expired");
}

#[test]
fn the_state_shows_all_that_is_stored() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let stored = &sandbox.stored()[0];
    assert_eq!(stored["id"], id);
    assert_eq!((&stored["amount"], &stored["expired"], &stored["declines"]), (&json!(350.5), &json!(false), &json!(0)));
    assert!(stored["checkoutUrl"].as_str().unwrap().ends_with(&format!("/checkout/otp/{id}")));
    assert!(stored["returnUrl"].as_str().unwrap().ends_with("&externalId=ord-1"));
    assert_eq!(stored["billingInformation"]["address"]["zip"], "03100");
}

#[test]
fn calls_are_logged_without_bodies_and_keys() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    sandbox.get(&id);
    sandbox.list("?pageSize=5");
    sandbox.api("GET", "/nothing", "").unwrap();
    sandbox.send("GET", "/api/one-time-payment", &[], "").unwrap();
    let calls = sandbox.calls();
    let brief: Vec<Value> = calls
        .iter()
        .map(|call| json!([call["method"], call["path"], call["endpoint"], call["id"], call["status"]]))
        .collect();
    let path = format!("/api/one-time-payment/{id}");
    assert_eq!(
        brief,
        [
            json!(["POST", "/api/one-time-payment", "one-time-payment.create", id, 201]),
            json!(["GET", path, "one-time-payment.get", id, 200]),
            json!(["GET", "/api/one-time-payment", "one-time-payment.list", null, 200]),
            json!(["GET", "/api/nothing", null, null, 404]),
            json!(["GET", "/api/one-time-payment", "one-time-payment.list", null, 401]),
        ]
    );
    let text = Value::from(calls).to_string();
    assert!(!text.contains("sandbox-key") && !text.contains("ana@example.com"));
    assert_eq!(sandbox.control("DELETE", "/calls", Value::Null).json(), json!({ "calls": [] }));
    assert!(sandbox.calls().is_empty());
}

#[test]
fn settings_change_one_by_one_or_not_at_all() {
    let sandbox = Running::start();
    let before = sandbox.control("GET", "/settings", Value::Null).json();
    assert_eq!((&before["minimumAmount"], &before["listOrder"]), (&json!("10.00"), &json!("newest")));
    for (bad, expected) in [
        (json!({ "minimumAmount": 10 }), "minimumAmount: invalid type"),
        (json!({ "minimumAmount": "ten" }), "minimumAmount: amount is out of range"),
        (json!({ "createStatus": 204 }), "createStatus: must be 200 or 201"),
        (json!({ "expiredStatus": "CONFIRMED" }), "expiredStatus: unknown variant"),
        (json!({ "checkoutOrigin": "https://a/b" }), "checkoutOrigin: must be an origin"),
        (json!({ "checkoutPath": "x" }), "checkoutPath: must start with /"),
        (json!({ "organizationName": " " }), "organizationName: must not be empty"),
        (json!({ "terminals": ["TERM-01", ""] }), "terminals: a code must not be empty or \"open\""),
        (json!({ "terminals": ["open"] }), "terminals: a code must not be empty or \"open\""),
        (json!({ "intentSummary": "never" }), "intentSummary: unknown variant"),
        (json!({ "expiredIntentCancel": true }), "expiredIntentCancel: "),
        (json!({ "cardCheckoutPath": "x" }), "cardCheckoutPath: must start with /"),
        (json!({ "chargeOutcome": "lost" }), "chargeOutcome: unknown variant"),
        (json!({ "chargeSettleSeconds": -1 }), "chargeSettleSeconds: invalid value"),
        (json!({ "listOrder": "oldest", "colour": 1 }), "there is no setting \"colour\""),
        (json!([]), "The body does not fit"),
    ] {
        let answer = sandbox.control("PUT", "/settings", bad.clone());
        assert_eq!(answer.status, 400, "{bad}");
        assert!(answer.message().starts_with(expected), "{bad}: {}", answer.message());
    }
    assert_eq!(sandbox.control("GET", "/settings", Value::Null).json(), before);
    sandbox.set(json!({ "checkoutOrigin": "https://pay.example" }));
    sandbox.set(json!({ "listOrder": "oldest" }));
    let after = sandbox.control("GET", "/settings", Value::Null).json();
    assert_eq!((&after["checkoutOrigin"], &after["listOrder"]), (&json!("https://pay.example"), &json!("oldest")));
    sandbox.set(json!({ "checkoutOrigin": null, "listOrder": "newest" }));
    assert_eq!(sandbox.control("GET", "/settings", Value::Null).json(), before);
}

#[test]
fn reset_clears_everything() {
    let sandbox = Running::start();
    sandbox.created("ord-1");
    sandbox.set(json!({ "minimumAmount": "500.00" }));
    sandbox.advance_minutes(100);
    sandbox.fault("one-time-payment.create", json!({ "kind": "truncate" }));
    assert_eq!(sandbox.control("POST", "/reset", Value::Null).json(), json!({ "reset": true }));
    assert!(sandbox.stored().is_empty() && sandbox.calls().is_empty());
    assert_eq!(sandbox.control("GET", "/clock", Value::Null).json()["offsetMs"], 0);
    assert_eq!(sandbox.create(&payment("ord-1")).status, 201);
}

#[test]
fn unknown_control_calls_are_refused() {
    let sandbox = Running::start();
    for (method, path) in [("GET", "/nothing"), ("DELETE", "/state"), ("GET", "/one-time-payments/x/pay")] {
        let answer = sandbox.control(method, path, Value::Null);
        assert_eq!(answer.status, 404, "{method} {path}");
        assert!(answer.message().starts_with(&format!("The control API has no {method} /_sandbox{path}")));
    }
}
