//! `POST /_sandbox/one-time-payments/seed`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{Answer, Running, payment};
use crate::program::{Scratch, options};

fn seed(sandbox: &Running, request: Value) -> Answer {
    sandbox.control("POST", "/one-time-payments/seed", request)
}

fn seeded(sandbox: &Running, request: Value) -> Value {
    let answer = seed(sandbox, request);
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

fn count(sandbox: &Running, query: &str) -> Value {
    sandbox.list(query).json()["count"].clone()
}

#[test]
fn seeds_a_mix_of_another_programs_payments() {
    let sandbox = Running::start();
    let answer = seeded(&sandbox, json!({ "count": 800 }));
    assert_eq!((&answer["count"], answer["ids"].as_array().unwrap().len()), (&json!(800), 800));
    assert_eq!(count(&sandbox, ""), 800);
    assert_eq!(count(&sandbox, "?status=CONFIRMED"), 600);
    assert_eq!(count(&sandbox, "?status=PENDING"), 100);
    assert_eq!(count(&sandbox, "?status=CANCELLED"), 100);
    let stored = sandbox.stored();
    let distinct = |name: &str| stored.iter().map(|payment| payment[name].to_string()).collect::<BTreeSet<_>>().len();
    assert_eq!((distinct("id"), distinct("externalId")), (800, 800));
    assert!(distinct("amount") > 500 && distinct("createdAt") > 700 && distinct("description") > 3);
    assert!(distinct("billingInformation") > 700);
    assert!(stored.iter().all(|payment| payment["redirectUrl"] == "https://otra-tienda.example/gracias"));
    assert_eq!((&stored[0]["id"], &stored[799]["id"]), (&answer["ids"][0], &answer["ids"][799]), "oldest first");
}

#[test]
fn seeds_what_is_asked_for() {
    let sandbox = Running::start();
    let odd = json!(["=1+1", "con \"comillas\"", "dos\r\nlíneas", "日本 🎉"]);
    seeded(
        &sandbox,
        json!({
            "count": 40, "statuses": "CONFIRMED", "days": 0, "descriptions": odd, "externalIdPrefix": "caja-",
            "amount": 99.5, "redirectUrl": "https://caja.example/vuelta", "homepageUrl": "https://caja.example"
        }),
    );
    let page = sandbox.list("?status=CONFIRMED").json();
    assert_eq!(page["count"], 40);
    for item in page["items"].as_array().unwrap() {
        assert_eq!((&item["amount"], &item["redirectUrl"]), (&json!(99.5), &json!("https://caja.example/vuelta")));
        assert_eq!(item["homepageUrl"], "https://caja.example");
    }
    let stored = sandbox.stored();
    for (at, description) in odd.as_array().unwrap().iter().enumerate() {
        assert_eq!(&stored[at]["description"], description);
    }
    assert_eq!(stored[39]["externalId"], "caja-00040");
    let id = stored[0]["id"].as_str().unwrap();
    assert_eq!(sandbox.get(id).json()["status"], "CONFIRMED");
}

#[test]
fn seeded_payments_are_ordered_by_time() {
    let sandbox = Running::start();
    sandbox.created("today");
    seeded(&sandbox, json!({ "count": 50, "days": 10, "externalIdPrefix": "a-" }));
    seeded(&sandbox, json!({ "count": 50, "days": 10, "externalIdPrefix": "b-" }));
    let page = sandbox.list("").json();
    let items = page["items"].as_array().unwrap();
    let times: Vec<&str> = items.iter().map(|item| item["createdAt"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older), "{times:?}");
    assert_eq!(items[0]["externalId"], "today");
    for item in items {
        let id = item["id"].as_str().unwrap();
        let found = sandbox.control("POST", &format!("/one-time-payments/{id}/decline"), Value::Null);
        assert!(found.status == 200 || found.status == 409, "{}", found.text);
        assert_eq!(sandbox.get(id).json()["status"], item["status"]);
    }
}

#[test]
fn seeded_external_ids_cannot_be_reused() {
    let sandbox = Running::start();
    sandbox.created("seed-00003");
    let refused = seed(&sandbox, json!({ "count": 5 }));
    assert_eq!(refused.message(), "One time payment with externalId seed-00003 already exists.");
    assert_eq!(sandbox.stored().len(), 1, "all or none");
    seeded(&sandbox, json!({ "count": 2 }));
    assert_eq!(seed(&sandbox, json!({ "count": 2 })).status, 400);
    assert_eq!(sandbox.create(&payment("seed-00002")).status, 400);
}

#[test]
fn invalid_seeds_are_refused() {
    let sandbox = Running::start();
    for (request, expected) in [
        (json!({}), "missing field `count`"),
        (json!({ "count": 0 }), "count must be between 1 and 100000"),
        (json!({ "count": 1, "statuses": "PAID" }), "statuses must be one status, or weights"),
        (json!({ "count": 1, "statuses": { "PENDING": 0 } }), "statuses must give at least one status a weight"),
        (json!({ "count": 1, "amount": 1.005 }), "amount must have at most 2 decimals"),
        (json!({ "count": 1, "colour": 1 }), "unknown field `colour`"),
    ] {
        let answer = seed(&sandbox, request.clone());
        assert_eq!(answer.status, 400, "{request}");
        assert!(answer.message().contains(expected), "{request}: {}", answer.message());
    }
    assert!(sandbox.stored().is_empty());
}

#[test]
fn twenty_thousand_payments_are_seeded_and_saved() {
    let scratch = Scratch::new("seed");
    let sandbox = Running::start_with(options(&scratch.file()));
    assert_eq!(seeded(&sandbox, json!({ "count": 20_000 })), json!({ "count": 20_000 }), "too many to name");
    let last = sandbox.list("?page=40&pageSize=500").json();
    drop(sandbox);
    let sandbox = Running::start_with(options(&scratch.file()));
    assert_eq!(sandbox.list("?page=40&pageSize=500").json(), last);
    assert_eq!((&last["count"], last["items"].as_array().unwrap().len()), (&json!(20_000), 500));
}
