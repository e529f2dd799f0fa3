//! What customers, banks and the merchant's other programs do, by way of the control API.

use serde_json::{Value, json};

use super::{STRANGER, act, active, charged, created, get, method, method_with, payment, stored};
use crate::harness::{Answer, Running};

fn act_on(sandbox: &Running, id: &str, payment_id: &str, what: &str) -> Answer {
    act(sandbox, id, &format!("payments/{payment_id}/{what}"), Value::Null)
}

#[test]
fn a_customer_saves_a_card() {
    let sandbox = Running::start();
    let id = created(&sandbox, &method());
    let declined = act(&sandbox, &id, "decline", Value::Null);
    assert_eq!(declined.json(), json!({ "status": "PENDING", "declines": 1 }));
    let saved = act(&sandbox, &id, "save", Value::Null);
    assert_eq!(
        saved.json(),
        json!({
            "status": "ACTIVE",
            "card": { "kind": "good", "lastFourDigits": "4242", "networkType": "VISA" },
            "redirectTo": format!("https://shop.example/tarjeta?ref=7&id={id}&externalId=cli-7"),
        })
    );
    for again in ["save", "decline"] {
        let refused = act(&sandbox, &id, again, Value::Null);
        assert_eq!(refused.status, 409);
        assert_eq!(refused.message(), "Nothing can be done with the payment method: ACTIVE");
    }
    assert_eq!(act(&sandbox, &id, "revoke", Value::Null).json(), json!({ "status": "REVOKED" }));
    assert_eq!(act(&sandbox, &id, "revoke", Value::Null).status, 409);
    let stored = &stored(&sandbox)[0];
    assert!(stored["savedAt"].is_string() && stored["revokedAt"].is_string());
    assert_eq!((&stored["declines"], &stored["card"]["kind"]), (&json!(1), &json!("good")));
}

#[test]
fn only_a_live_link_saves_and_only_a_known_card() {
    let sandbox = Running::start();
    let id = created(&sandbox, &method());
    let unknown = act(&sandbox, &id, "save", json!({ "card": "carnet" }));
    assert_eq!(unknown.status, 400);
    assert!(unknown.message().contains("unknown variant `carnet`"), "{}", unknown.message());
    sandbox.advance_minutes(120);
    let late = act(&sandbox, &id, "save", Value::Null);
    assert_eq!((late.status, late.message().as_str()), (409, "Nothing can be done with the payment method: EXPIRED"));
    assert_eq!(act(&sandbox, &id, "revoke", Value::Null).status, 409);
    for stranger in [STRANGER, "x"] {
        let unknown = act(&sandbox, stranger, "save", Value::Null);
        assert_eq!((unknown.status, unknown.message().as_str()), (404, "Payment method not found"));
    }
    assert_eq!(get(&sandbox, &id).json()["status"], "EXPIRED");
}

#[test]
fn a_setting_varies_the_return_without_an_external_id() {
    let sandbox = Running::start();
    let id = created(&sandbox, &method_with(json!({ "externalId": null })));
    for (setting, end) in [("omit", ""), ("empty", "&externalId="), ("null", "&externalId=null")] {
        sandbox.set(json!({ "returnWithoutExternalId": setting }));
        assert_eq!(stored(&sandbox)[0]["returnUrl"], format!("https://shop.example/tarjeta?ref=7&id={id}{end}"));
    }
    let named = created(&sandbox, &method());
    assert_eq!(
        stored(&sandbox)[1]["returnUrl"],
        format!("https://shop.example/tarjeta?ref=7&id={named}&externalId=cli-7")
    );
}

#[test]
fn a_bank_settles_an_open_charge() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    sandbox.set(json!({ "chargeOutcome": "not-initialized" }));
    let [confirmed, cancelled] = [10, 20].map(|amount| charged(&sandbox, &id, amount));
    assert_eq!(act_on(&sandbox, &id, &confirmed, "start").json(), json!({ "status": "PENDING" }));
    let again = act_on(&sandbox, &id, &confirmed, "start");
    assert_eq!((again.status, again.message().as_str()), (409, "Nothing can be done with the payment: PENDING"));
    assert_eq!(payment(&sandbox, &id, &confirmed).json()["status"], "PENDING");
    assert_eq!(act_on(&sandbox, &id, &confirmed, "confirm").json(), json!({ "status": "CONFIRMED" }));
    assert_eq!(act_on(&sandbox, &id, &cancelled, "cancel").json(), json!({ "status": "CANCELLED" }));
    for (payment_id, status) in [(&confirmed, "CONFIRMED"), (&cancelled, "CANCELLED")] {
        for what in ["start", "confirm", "cancel"] {
            let refused = act_on(&sandbox, &id, payment_id, what);
            assert_eq!(refused.message(), format!("Nothing can be done with the payment: {status}"), "{what}");
        }
    }
    assert_eq!(act_on(&sandbox, &id, &cancelled, "refund").status, 409);
    assert_eq!(act_on(&sandbox, &id, &confirmed, "refund").json(), json!({ "status": "REFUNDED" }));
    assert_eq!(act_on(&sandbox, &id, &confirmed, "refund").status, 409);
    for stranger in [STRANGER, "x"] {
        let unknown = act_on(&sandbox, &id, stranger, "confirm");
        assert_eq!((unknown.status, unknown.message().as_str()), (404, "Payment not found"));
    }
}

#[test]
fn an_action_settles_before_the_clock_and_never_after() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    sandbox.set(json!({ "chargeOutcome": "pending", "chargeSettleSeconds": 60 }));
    let [early, late] = [10, 20].map(|amount| charged(&sandbox, &id, amount));
    assert!(stored(&sandbox)[0]["payments"][0]["settlesAt"].is_string());
    assert_eq!(act_on(&sandbox, &id, &early, "cancel").status, 200);
    sandbox.advance_minutes(1);
    assert_eq!(payment(&sandbox, &id, &early).json()["status"], "CANCELLED");
    assert_eq!(act_on(&sandbox, &id, &late, "cancel").status, 409, "it is CONFIRMED by now");
}

#[test]
fn a_failing_card_is_never_confirmed() {
    let sandbox = Running::start();
    let id = active(&sandbox, "expired");
    sandbox.set(json!({ "chargeOutcome": "pending" }));
    let payment_id = charged(&sandbox, &id, 120);
    let refused = act_on(&sandbox, &id, &payment_id, "confirm");
    assert_eq!(
        (refused.status, refused.message().as_str()),
        (409, "Nothing can be done with the payment: Card expired")
    );
    assert_eq!(act_on(&sandbox, &id, &payment_id, "cancel").status, 200);
}

#[test]
fn a_charge_is_amended() {
    let sandbox = Running::start();
    let id = active(&sandbox, "good");
    let charge = charged(&sandbox, &id, 120);
    let amend = |body: Value| act(&sandbox, &id, &format!("payments/{charge}/amend"), body);
    assert_eq!(amend(json!({ "amount": 99.95, "currency": "USD" })).json(), json!({ "status": "CONFIRMED" }));
    let shown = payment(&sandbox, &id, &charge).json();
    assert_eq!(shown, json!({ "id": charge, "status": "CONFIRMED", "amount": 99.95, "currency": "USD" }));
    assert_eq!(stored(&sandbox)[0]["payments"][0]["amount"], 99.95);
    for bad in [json!({ "externalId": "a" }), json!({ "currency": "pesos" }), json!({ "amount": 0 })] {
        assert_eq!(amend(bad.clone()).status, 400, "{bad}");
    }
    assert_eq!(act_on(&sandbox, &id, STRANGER, "amend").status, 400, "a body is needed");
    assert_eq!(act(&sandbox, &id, &format!("payments/{STRANGER}/amend"), json!({})).status, 404);
}
