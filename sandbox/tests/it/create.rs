//! `POST /one-time-payment`.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use crate::harness::{Running, names, payment, payment_with};

#[test]
fn answers_the_checkout_address_and_nothing_else() {
    let sandbox = Running::start();
    let answer = sandbox.create(&payment("ord-1"));
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("content-type"), "application/json");
    let body = answer.json();
    assert_eq!(names(&body), ["redirectUrl"]);
    let address = body["redirectUrl"].as_str().unwrap();
    let port = sandbox.origin.rsplit(':').next().unwrap();
    let id = address.strip_prefix(&format!("http://localhost:{port}/checkout/otp/")).expect(address);
    assert_eq!(id.len(), 36);
    assert_eq!(sandbox.stored()[0]["id"], id);
}

#[test]
fn needs_the_key() {
    let sandbox = Running::start();
    let json = ("content-type", "application/json");
    for headers in [
        vec![json],
        vec![json, ("x-api-key", "")],
        vec![json, ("x-api-key", "sandbox-key ")],
        vec![json, ("x-api-key", "sandbox-kez")],
        vec![json, ("x-api-key", "sandbox-key"), ("x-api-key", "other")],
        vec![json, ("authorization", "Bearer sandbox-key")],
    ] {
        // A client trims white space around a header's value, so only that case may pass.
        let trimmed = headers.contains(&("x-api-key", "sandbox-key "));
        for (method, path) in [
            ("POST", "/api/one-time-payment"),
            ("GET", "/api/one-time-payment"),
            ("GET", "/api/one-time-payment/x"),
            ("PATCH", "/api/one-time-payment/x/cancel"),
        ] {
            let answer = sandbox.send(method, path, &headers, "{}").unwrap();
            assert!(trimmed || answer.status == 401, "{method} {path} {headers:?}: {}", answer.status);
            assert!(trimmed || answer.message() == "Unauthorized");
        }
    }
    assert!(sandbox.stored().is_empty());
}

#[test]
fn refuses_what_is_missing_or_malformed() {
    let sandbox = Running::start();
    let long = "x".repeat(10);
    let cases: Vec<(&str, Value, &str)> = vec![
        ("/amount", Value::Null, "amount is required"),
        ("/amount", json!("350.50"), "amount must be a number"),
        ("/amount", json!(0), "amount must be a positive number"),
        ("/amount", json!(-1), "amount must be a positive number"),
        ("/amount", json!(10.005), "amount must have at most 2 decimals"),
        ("/currency", Value::Null, "currency is required"),
        ("/currency", json!("USD"), "Currency not supported"),
        ("/currency", json!("mxn"), "Currency not supported"),
        ("/description", Value::Null, "description is required"),
        ("/description", json!("  "), "description is required"),
        ("/description", json!(7), "description must be a string"),
        ("/externalId", Value::Null, "externalId is required"),
        ("/externalId", json!(""), "externalId is required"),
        ("/redirectUrl", Value::Null, "redirectUrl is required"),
        ("/redirectUrl", json!("shop.example"), "redirectUrl must be an http or https URL"),
        ("/homepageUrl", Value::Null, "homepageUrl is required"),
        ("/homepageUrl", json!("javascript://shop/%0aalert(1)"), "homepageUrl must be an http or https URL"),
        ("/ttlMinutes", json!(9), "ttlMinutes must be an integer between 10 and 2880"),
        ("/ttlMinutes", json!(2881), "ttlMinutes must be an integer between 10 and 2880"),
        ("/ttlMinutes", json!(10.5), "ttlMinutes must be an integer between 10 and 2880"),
        ("/ttlMinutes", json!("60"), "ttlMinutes must be an integer between 10 and 2880"),
        ("/billingInformation", Value::Null, "billingInformation is required"),
        ("/billingInformation", json!([]), "billingInformation must be an object"),
        ("/billingInformation/email", Value::Null, "billingInformation.email is required"),
        ("/billingInformation/firstName", json!(""), "billingInformation.firstName is required"),
        ("/billingInformation/lastName", Value::Null, "billingInformation.lastName is required"),
        ("/billingInformation/phoneNumber", Value::Null, "billingInformation.phoneNumber is required"),
        ("/billingInformation/address", Value::Null, "billingInformation.address is required"),
        ("/billingInformation/address/addressLine", Value::Null, "billingInformation.address.addressLine is required"),
        ("/billingInformation/address/city", Value::Null, "billingInformation.address.city is required"),
        ("/billingInformation/address/state", Value::Null, "billingInformation.address.state is required"),
        ("/billingInformation/address/zip", Value::Null, "billingInformation.address.zip is required"),
        ("/billingInformation/address/zip", json!(3100), "billingInformation.address.zip must be a string"),
        (
            "/billingInformation/address/state",
            json!(long),
            "billingInformation.address.state must be a Mexican state code",
        ),
    ];
    for (pointer, value, message) in cases {
        let answer = sandbox.create(&payment_with("ord-1", pointer, value));
        assert_eq!((answer.status, answer.message().as_str()), (400, message), "{pointer}");
    }
    for body in ["", "[]", "{", "null"] {
        let answer = sandbox.api("POST", "/one-time-payment", body).unwrap();
        assert_eq!((answer.status, answer.message().as_str()), (400, "The request body must be a JSON object"));
    }
    let untyped = sandbox.send(
        "POST",
        "/api/one-time-payment",
        &[("x-api-key", "sandbox-key"), ("content-type", "text/plain")],
        &payment("ord-1").to_string(),
    );
    assert_eq!(untyped.unwrap().message(), "Content-Type must be application/json");
    assert!(sandbox.stored().is_empty(), "a refused create must leave nothing");
}

#[test]
fn knows_the_32_states() {
    let sandbox = Running::start();
    let codes = "AGU BCN BCS CAM CHP CHH CDMX COA COL DUR MEX GUA GRO HID JAL MIC MOR NAY NLE OAX PUE QUE ROO SLP SIN SON \
                 TAB TAM TLA VER YUC ZAC";
    let codes: BTreeSet<&str> = codes.split_whitespace().collect();
    assert_eq!(codes.len(), 32);
    for code in codes {
        let body = payment_with(code, "/billingInformation/address/state", json!(code));
        assert_eq!(sandbox.create(&body).status, 201, "{code}");
    }
    for other in ["CMX", "DIF", "California", "pue", "GTO", "EDOMEX"] {
        let body = payment_with(other, "/billingInformation/address/state", json!(other));
        assert_eq!(sandbox.create(&body).status, 400, "{other}");
    }
}

#[test]
fn enforces_the_accounts_minimum() {
    let sandbox = Running::start();
    let below = sandbox.create(&payment_with("ord-1", "/amount", json!(9.99)));
    assert_eq!(below.status, 400);
    assert_eq!(below.message(), "One time payment amount must be at least $10.");
    assert_eq!(sandbox.create(&payment_with("ord-1", "/amount", json!(10))).status, 201, "a refused id is not taken");

    sandbox.set(json!({ "minimumAmount": "1234.50", "minimumAmountStyle": "two-decimals" }));
    let below = sandbox.create(&payment_with("ord-2", "/amount", json!(1234.49)));
    assert_eq!(below.message(), "One time payment amount must be at least $1234.50.");
    assert_eq!(sandbox.create(&payment_with("ord-2", "/amount", json!(1234.5))).status, 201);
}

#[test]
fn accepts_an_external_id_only_once() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let duplicate = |sandbox: &Running| {
        let answer = sandbox.create(&payment_with("ord-1", "/amount", json!(99)));
        assert_eq!(answer.status, 400);
        assert_eq!(answer.message(), "One time payment with externalId ord-1 already exists.");
    };
    duplicate(&sandbox);
    assert_eq!(sandbox.cancel(&id).status, 200);
    duplicate(&sandbox);
    sandbox.advance_minutes(60 * 24 * 30);
    duplicate(&sandbox);
    assert_eq!(sandbox.stored().len(), 1);
    assert_eq!(sandbox.create(&payment("ORD-1")).status, 201, "another spelling is another id");
}

#[test]
fn of_many_equal_creates_at_once_one_wins() {
    let sandbox = Running::start();
    let created = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| match sandbox.create(&payment("ord-1")).status {
                201 => created.fetch_add(1, Ordering::Relaxed),
                status => {
                    assert_eq!(status, 400);
                    0
                }
            });
        }
    });
    assert_eq!(created.into_inner(), 1);
    assert_eq!(sandbox.stored().len(), 1);
    assert_eq!(sandbox.calls().len(), 16);
}

#[test]
fn has_the_requested_lifetime() {
    let sandbox = Running::start();
    for (external_id, ttl, minutes) in [("a", json!(10), 10), ("b", json!(2880), 2880), ("c", Value::Null, 2880)] {
        assert_eq!(sandbox.create(&payment_with(external_id, "/ttlMinutes", ttl)).status, 201);
        let stored = sandbox.stored().pop().unwrap();
        assert_eq!(seconds(&stored["expiresAt"]) - seconds(&stored["createdAt"]), minutes * 60, "{external_id}");
    }
}

#[test]
fn settings_vary_what_is_not_documented() {
    let sandbox = Running::start();
    sandbox.set(
        json!({ "createStatus": 200, "checkoutOrigin": "https://pay.example", "checkoutPath": "/p/{id}/not-a-uuid" }),
    );
    let answer = sandbox.create(&payment("ord-1"));
    assert_eq!(answer.status, 200);
    let id = sandbox.stored()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(answer.json()["redirectUrl"], format!("https://pay.example/p/{id}/not-a-uuid"));

    sandbox.set(json!({ "missingOrganization": true }));
    let refused = sandbox.create(&payment("ord-2"));
    assert_eq!((refused.status, refused.message().as_str()), (400, "Missing organization context"));
    assert_eq!(sandbox.list("").status, 400);
}

#[test]
fn unknown_fields_and_unknown_paths() {
    let sandbox = Running::start();
    assert_eq!(sandbox.create(&payment_with("ord-1", "/installments", json!(3))).status, 201);
    let unknown = sandbox.api("GET", "/refunds", "").unwrap();
    assert_eq!((unknown.status, unknown.message().as_str()), (404, "Cannot GET /api/refunds"));
    let method = sandbox.api("POST", "/one-time-payment/x/cancel", "").unwrap();
    assert_eq!((method.status, method.message().as_str()), (404, "Cannot POST /api/one-time-payment/x/cancel"));
}

fn seconds(at: &Value) -> i64 {
    at.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second()
}
