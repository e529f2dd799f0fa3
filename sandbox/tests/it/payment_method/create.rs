//! `POST /payment-method`.

use serde_json::{Value, json};

use super::{create, created, method, method_with, stored};
use crate::harness::{Running, names};

#[test]
fn answers_an_id_and_a_link() {
    let sandbox = Running::start();
    let answer = create(&sandbox, &method());
    assert_eq!((answer.status, answer.header("content-type")), (201, "application/json"));
    let body = answer.json();
    assert_eq!(names(&body), ["checkoutUrl", "id"]);
    let link = body["checkoutUrl"].as_str().unwrap();
    assert!(link.ends_with(&format!("/checkout/card/{}", body["id"].as_str().unwrap())), "{link}");
    sandbox.set(json!({
        "createStatus": 200, "checkoutOrigin": "https://pay.example", "cardCheckoutPath": "/checkout/pm/{id}?x=1"
    }));
    let answer = create(&sandbox, &method());
    assert_eq!(answer.status, 200);
    let body = answer.json();
    let id = body["id"].as_str().unwrap();
    assert_eq!(body["checkoutUrl"], format!("https://pay.example/checkout/pm/{id}?x=1"));
}

#[test]
fn most_fields_may_be_left_out() {
    let sandbox = Running::start();
    let least = json!({ "billingInformation": method()["billingInformation"] });
    created(&sandbox, &least);
    let stored = &stored(&sandbox)[0];
    for (name, value) in [
        ("status", json!("PENDING")),
        ("externalId", Value::Null),
        ("card", Value::Null),
        ("displayMode", json!("LINK")),
        ("buttonText", Value::Null),
        ("redirectUrl", Value::Null),
        ("returnUrl", Value::Null),
        ("verificationAmount", json!(1)),
        ("verification", Value::Null),
        ("payments", json!([])),
    ] {
        assert_eq!(stored[name], value, "{name}");
    }
    let seconds = |name: &str| stored[name].as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second();
    assert_eq!(seconds("expiresAt") - seconds("createdAt"), 2_880 * 60);
}

#[test]
fn accepts_all_documented_fields() {
    let sandbox = Running::start();
    let embedded = json!({
        "displayMode": "EMBEDDED", "buttonText": "Guardar", "buttonColor": "#16A34A", "verificationAmount": 12.5,
        "ttlMinutes": 1
    });
    created(&sandbox, &method_with(embedded.clone()));
    let stored_method = &stored(&sandbox)[0];
    for name in ["displayMode", "buttonText", "buttonColor", "verificationAmount"] {
        assert_eq!(stored_method[name], embedded[name], "{name}");
    }
    assert_eq!(stored_method["externalId"], "cli-7");
    assert_eq!(stored_method["billingInformation"], method()["billingInformation"]);
    let id = stored_method["id"].as_str().unwrap();
    assert_eq!(stored_method["returnUrl"], format!("https://shop.example/tarjeta?ref=7&id={id}&externalId=cli-7"));
    created(&sandbox, &method());
    assert_eq!(stored(&sandbox).len(), 2, "an external id may be used again");
    created(&sandbox, &method_with(json!({ "ttlMinutes": u32::MAX })));
    assert_eq!(stored(&sandbox)[2]["status"], "PENDING", "no longest time is documented");
}

#[test]
fn refuses_what_is_missing_or_malformed() {
    let sandbox = Running::start();
    let amount = "verificationAmount must be a number of at least 1 with at most 2 decimals";
    for (changes, message) in [
        (json!({ "billingInformation": null }), "billingInformation is required"),
        (json!({ "billingInformation": [] }), "billingInformation must be an object"),
        (json!({ "externalId": 7 }), "externalId must be a string"),
        (json!({ "verificationAmount": 0.99 }), amount),
        (json!({ "verificationAmount": 0 }), amount),
        (json!({ "verificationAmount": -1 }), amount),
        (json!({ "verificationAmount": "1" }), amount),
        (json!({ "verificationAmount": 1.001 }), amount),
        (json!({ "displayMode": "IFRAME" }), "displayMode must be LINK or EMBEDDED"),
        (json!({ "displayMode": 1 }), "displayMode must be a string"),
        (json!({ "buttonText": "Guardar" }), "buttonText must be left out unless displayMode is EMBEDDED"),
        (
            json!({ "displayMode": "LINK", "buttonColor": "#16A34A" }),
            "buttonColor must be left out unless displayMode is EMBEDDED",
        ),
        (json!({ "displayMode": "EMBEDDED", "buttonText": 1 }), "buttonText must be a string"),
        (
            json!({ "displayMode": "EMBEDDED", "buttonColor": "green" }),
            "buttonColor must be a hex colour such as #16A34A",
        ),
        (
            json!({ "displayMode": "EMBEDDED", "buttonColor": "#16A34;" }),
            "buttonColor must be a hex colour such as #16A34A",
        ),
        (json!({ "redirectUrl": "shop.example" }), "redirectUrl must be an http or https URL"),
        (json!({ "redirectUrl": 1 }), "redirectUrl must be a string"),
        (json!({ "ttlMinutes": 0 }), "ttlMinutes must be an integer of at least 1"),
        (json!({ "ttlMinutes": 1.5 }), "ttlMinutes must be an integer of at least 1"),
        (json!({ "ttlMinutes": "60" }), "ttlMinutes must be an integer of at least 1"),
    ] {
        let answer = create(&sandbox, &method_with(changes.clone()));
        assert_eq!((answer.status, answer.message().as_str()), (400, message), "{changes}");
    }
    for name in ["email", "firstName", "lastName", "phoneNumber"] {
        let mut body = method();
        body["billingInformation"].as_object_mut().unwrap().remove(name);
        assert_eq!(create(&sandbox, &body).message(), format!("billingInformation.{name} is required"));
    }
    let headers = [("x-api-key", "sandbox-key"), ("content-type", "text/plain")];
    let untyped = sandbox.send("POST", "/api/payment-method", &headers, &method().to_string()).unwrap();
    assert_eq!((untyped.status, untyped.message().as_str()), (400, "Content-Type must be application/json"));
    assert!(stored(&sandbox).is_empty(), "a refused create must leave nothing");
}

#[test]
fn every_call_needs_the_key_and_an_organisation() {
    let sandbox = Running::start();
    let calls = [
        ("POST", "/api/payment-method"),
        ("GET", "/api/payment-method"),
        ("GET", "/api/payment-method/x"),
        ("DELETE", "/api/payment-method/x"),
        ("POST", "/api/payment-method/x/payment"),
        ("GET", "/api/payment-method/x/payment"),
        ("GET", "/api/payment-method/x/payment/y"),
        ("POST", "/api/payment-method/x/payment/y/refund"),
    ];
    let body = |method: &str| if method == "POST" { "{}" } else { "" };
    for (method, path) in calls {
        let answer = sandbox.send(method, path, &[("content-type", "application/json")], body(method)).unwrap();
        assert_eq!((answer.status, answer.message().as_str()), (401, "Unauthorized"), "{method} {path}");
    }
    sandbox.set(json!({ "missingOrganization": true }));
    for (method, path) in calls {
        let answer = sandbox.api(method, path.trim_start_matches("/api"), body(method)).unwrap();
        assert_eq!((answer.status, answer.message().as_str()), (400, "Missing organization context"), "{path}");
    }
}
