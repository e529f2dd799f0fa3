//! `Debug` of values that may hold personal data, a whole body or a secret shows none of it.

use std::fmt::Debug;

use compago::edge::order::OrderCreated;
use compago::edge::{IdempotencyKey, OperatorOrderRequest, Query, ShopOrderRequest};
use compago::endpoint::{Reply, Request};
use compago::json;
use compago::operations::{self, CallOutcome};
use compago::value::{BillingInformation, Origin, Payer};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const BILLING: &str = r#"{"email":"qzxmail@qzx.example","firstName":"Qzxfirst","lastName":"Qzxlast","phoneNumber":"5598765432",
    "address":{"addressLine":"Qzxstreet 9","city":"Qzxcity","state":"PUE","zip":"72987"}}"#;

/// Parts of what must not be printed.
const MARKERS: [&str; 4] = ["qzx", "98765432", "72987", "881881"];

fn assert_redacted(name: &str, value: &dyn Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        for marker in MARKERS {
            assert!(!text.to_lowercase().contains(marker), "{name}: {text}");
        }
    }
}

#[test]
fn a_body_is_not_printed() {
    let shop = format!(r#"{{"items":[{{"sku":"cafe","quantity":1}}],"billingInformation":{BILLING}}}"#);
    let operator = format!(r#"{{"amount":"881881.00","description":"Factura","billingInformation":{BILLING}}}"#);
    let origin: Origin = "https://shop.example".parse().unwrap();
    for body in [&shop, &operator] {
        let body = json::parse(body).unwrap();
        assert_redacted("Json", &body);
        assert_redacted("a field", &body.get("billingInformation"));
    }
    let amount = json::parse(r#"[881881,"881881"]"#).unwrap();
    assert_redacted("numbers and texts", &amount.entries());
    assert_redacted("ShopOrderRequest", &ShopOrderRequest::from_json(&json::parse(&shop).unwrap()).unwrap());
    let operator = OperatorOrderRequest::from_json(&json::parse(&operator).unwrap(), &origin).unwrap();
    assert_redacted("billing information", &operator.billing_information);
    assert_redacted("BillingInformation", &json::from_str::<BillingInformation>(BILLING).unwrap());
    assert_redacted("Payer", &json::from_str::<Payer>(BILLING).unwrap());
}

#[test]
fn a_call_and_its_answer_are_not_printed() {
    let input =
        json::parse(&format!(r#"{{"verificationAmount":"10.00","payer":{BILLING},"display":{{"mode":"LINK"}}}}"#));
    assert_redacted("input", &input.unwrap());
    let body = br#"{"status":"PENDING","description":"Qzxfirst Qzxlast","amount":12.5,"currency":"MXN"}"#.to_vec();
    let reply = Reply { status: 200, retry_after: None, body };
    assert_redacted("Reply", &reply);
    let input = json::parse(r#"{"id":"0f0e0d0c-1111-4222-8333-444455556666"}"#).unwrap();
    let outcome = operations::read("one-time-payment.get", &input, &reply);
    assert!(matches!(&outcome, CallOutcome::Answer(answer) if answer.contains("Qzxfirst")));
    assert_redacted("CallOutcome", &outcome);
    let request: Request = operations::prepare("one-time-payment.get", &input).unwrap();
    assert_redacted("Request", &Request { body: Some(BILLING.to_owned()), ..request });
}

#[test]
fn credentials_are_not_printed() {
    assert_redacted("IdempotencyKey", &"qzx-881881".parse::<IdempotencyKey>().unwrap());
    assert_redacted("Query", &Query::parse("search=qzxmail%40qzx.example").unwrap());
    let created = r#"{"order":"qzx881881","reference":"K7Q2-M9XD-3FHT","amount":"1.00","currency":"MXN",
        "checkoutUrl":"https://checkout.example/qzx","expiresAt":"2026-11-05T18:45:00Z"}"#;
    assert_redacted("OrderCreated", &json::from_str::<OrderCreated>(created).unwrap());
}
