//! What a customer does at a terminal, by way of the control API, and what is kept of it.

use serde_json::{Value, json};

use super::{act, cancel, create, created, get, intent, intent_at, stored, tap};
use crate::harness::Running;
use crate::program::{Scratch, options};

#[test]
fn actions_follow_the_rules() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent("caja-1"));
    let nothing = Value::Null;
    assert_eq!(act(&sandbox, &id, "decline", nothing.clone()).json(), json!({ "status": "PENDING", "declines": 1 }));
    assert_eq!(act(&sandbox, &id, "decline", nothing.clone()).json(), json!({ "status": "PENDING", "declines": 2 }));
    let tapped = act(&sandbox, &id, "tap", json!({ "card": "amex" })).json();
    assert_eq!((&tapped["status"], &tapped["paymentSummary"]["status"]), (&json!("CONFIRMED"), &json!("SUCCESS")));
    assert_eq!(tapped["paymentSummary"]["cardInformation"]["networkType"], "AMEX");
    for (again, body) in
        [("tap", nothing.clone()), ("tap", json!({ "force": true })), ("decline", nothing.clone()), ("cancel", nothing)]
    {
        let refused = act(&sandbox, &id, again, body);
        assert_eq!(refused.status, 409);
        assert_eq!(refused.message(), "Nothing can be done with the payment intent: it is already CONFIRMED");
    }
    let other = created(&sandbox, &intent("caja-2"));
    assert_eq!(act(&sandbox, &other, "cancel", Value::Null).json(), json!({ "status": "CANCELLED" }));
    let unknown = act(&sandbox, "x", "tap", Value::Null);
    assert_eq!((unknown.status, unknown.message().as_str()), (404, "Payment intent not found"));
    let card = act(&sandbox, &created(&sandbox, &intent("caja-3")), "tap", json!({ "card": "carnet" }));
    assert_eq!(card.status, 400);
    assert!(card.message().contains("unknown variant `carnet`"), "{}", card.message());
}

#[test]
fn only_its_own_terminal_takes_a_routed_one() {
    let sandbox = Running::start();
    let routed = created(&sandbox, &intent_at("a", "TERM-01"));
    let anywhere = created(&sandbox, &intent("b"));
    let elsewhere = act(&sandbox, &routed, "tap", json!({ "terminalCode": "TERM-02" }));
    assert_eq!(elsewhere.status, 409);
    assert_eq!(elsewhere.message(), "Nothing can be done with the payment intent: it waits at another terminal");
    let unknown = act(&sandbox, &anywhere, "tap", json!({ "terminalCode": "TERM-09" }));
    assert_eq!((unknown.status, unknown.message().as_str()), (404, "Terminal not found"));
    tap(&sandbox, &routed);
    assert_eq!(act(&sandbox, &anywhere, "tap", json!({ "terminalCode": "TERM-02" })).status, 200);
    let at: Vec<Value> = stored(&sandbox).iter().map(|intent| intent["paidAt"].clone()).collect();
    assert_eq!(at, ["TERM-01", "TERM-02"]);
}

#[test]
fn a_success_can_be_forced_after_the_end() {
    let sandbox = Running::start();
    let ids = ["a", "b", "c", "d"].map(|external_id| created(&sandbox, &intent(external_id)));
    let [cancelled, kept_cancelled, expired, kept_expired] = &ids;
    cancel(&sandbox, cancelled);
    cancel(&sandbox, kept_cancelled);
    sandbox.advance_minutes(10);
    let refused = act(&sandbox, cancelled, "tap", Value::Null);
    assert_eq!(refused.message(), "Nothing can be done with the payment intent: it is already CANCELLED");
    let refused = act(&sandbox, expired, "tap", json!({ "keepStatus": true }));
    assert_eq!(refused.message(), "Nothing can be done with the payment intent: it has expired");
    for (id, keep_status, status) in [
        (cancelled, false, "CONFIRMED"),
        (kept_cancelled, true, "CANCELLED"),
        (expired, false, "CONFIRMED"),
        (kept_expired, true, "PENDING"),
    ] {
        assert_eq!(act(&sandbox, id, "tap", json!({ "force": true, "keepStatus": keep_status })).status, 200);
        let body = get(&sandbox, id).json();
        assert_eq!(
            (&body["status"], &body["expired"], &body["paymentSummary"]["status"]),
            (&json!(status), &json!(true), &json!("SUCCESS"))
        );
        assert_eq!(act(&sandbox, id, "tap", json!({ "force": true })).status, 409, "money is taken once");
        assert_eq!(cancel(&sandbox, id).message(), "Payment intent already confirmed");
    }
    assert!(stored(&sandbox).iter().all(|intent| intent["paid"] == true));
}

#[test]
fn the_state_shows_all_that_is_stored() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent_at("caja-1", "TERM-01"));
    let stored = &stored(&sandbox)[0];
    assert_eq!(stored["id"], id);
    for (name, value) in [
        ("status", json!("PENDING")),
        ("amount", json!(350.5)),
        ("currency", json!("MXN")),
        ("externalId", json!("caja-1")),
        ("terminalCode", json!("TERM-01")),
        ("expired", json!(false)),
        ("paymentSummary", Value::Null),
        ("paid", json!(false)),
        ("paidAt", Value::Null),
        ("declines", json!(0)),
        ("withdrawal", Value::Null),
    ] {
        assert_eq!(stored[name], value, "{name}");
    }
    let seconds = |name: &str| stored[name].as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second();
    assert_eq!(seconds("expiresAt") - seconds("createdAt"), 600);
    assert!(stored["openUrl"].as_str().unwrap().ends_with(&format!("/terminal/open/{id}")));
}

#[test]
fn intents_survive_a_restart() {
    let scratch = Scratch::new("intents");
    let (terminal, paid) = {
        let sandbox = Running::start_with(options(&scratch.file()));
        let answer = create(&sandbox, &intent_at("caja-1", "TERM-01")).json();
        let id = answer["id"].as_str().unwrap().to_owned();
        act(&sandbox, &id, "decline", Value::Null);
        tap(&sandbox, &id);
        created(&sandbox, &intent_at("caja-2", "TERM-01"));
        (answer["terminalId"].clone(), get(&sandbox, &id).json())
    };
    let sandbox = Running::start_with(options(&scratch.file()));
    assert_eq!(get(&sandbox, paid["id"].as_str().unwrap()).json(), paid);
    assert_eq!(create(&sandbox, &intent("caja-1")).status, 400, "the external id is still taken");
    assert_eq!(create(&sandbox, &intent_at("caja-3", "TERM-01")).json()["terminalId"], terminal);
    let statuses: Vec<Value> = stored(&sandbox).iter().map(|intent| intent["status"].clone()).collect();
    assert_eq!(statuses, ["CONFIRMED", "CANCELLED", "PENDING"]);
}

#[test]
fn a_data_file_without_intents_is_read() {
    let scratch = Scratch::new("before-intents");
    std::fs::create_dir_all(scratch.file().parent().unwrap()).unwrap();
    std::fs::write(scratch.file(), r#"{"version":1,"clockOffsetMs":60000,"oneTimePayments":[]}"#).unwrap();
    let sandbox = Running::start_with(options(&scratch.file()));
    assert!(stored(&sandbox).is_empty());
    assert_eq!(sandbox.control("GET", "/clock", Value::Null).json()["offsetMs"], 60_000);
}

#[test]
fn an_intent_is_amended() {
    let sandbox = Running::start();
    let id = created(&sandbox, &intent("caja-1"));
    let amend = |body: Value| act(&sandbox, &id, "amend", body);
    let amended = amend(json!({ "amount": 99.95, "currency": "USD", "externalId": "caja-2" })).json();
    assert_eq!(amended, stored(&sandbox)[0]);
    assert_eq!((&amended["amount"], &amended["currency"]), (&json!(99.95), &json!("USD")));
    assert_eq!(amended["externalId"], "caja-2");
    for taken in ["caja-1", "caja-2"] {
        assert_eq!(create(&sandbox, &intent(taken)).status, 400, "{taken}");
    }
    assert_eq!(get(&sandbox, &id).json(), json!({ "id": id, "status": "PENDING", "expired": false }));
    sandbox.set(json!({ "intentFacts": true }));
    tap(&sandbox, &id);
    let details = get(&sandbox, &id).json();
    assert_eq!((&details["amount"], &details["currency"]), (&json!(99.95), &json!("USD")));
    assert_eq!((&details["externalId"], &details["status"]), (&json!("caja-2"), &json!("CONFIRMED")));
    assert_eq!(amend(json!({ "amount": 350.5 })).json()["paid"], true, "whatever its state");
    assert_eq!(amend(json!({ "currency": "pesos" })).status, 400);
    assert_eq!(amend(json!({ "redirectUrl": "https://shop.example/" })).status, 400, "an intent has none");
    assert_eq!(act(&sandbox, "x", "amend", json!({})).status, 404);
}
