//! The calls of the Worker's API: the shop's as a page makes them and how it reads what comes back, and all of them against the document.

use compago::edge::calls::shop::{CancelOrder, CreateOrder, ReadCatalog, ReadOrder, RetryOrder};
use compago::edge::order::{OrderStatus, OrderView};
use compago::edge::{Capability, IdempotencyKey, ProblemDetails, ShopOrderRequest};
use compago::endpoint::{CallError, DecodeError, Endpoint, Method, Reply, call};
use compago::value::Environment;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::orders::shop_order;
use crate::recording::{Recording, answer, now, reply};
use crate::wire::to_value;

mod answers;
mod documented;
mod every;
mod queries;
mod requests;

const ORDER: &str = "k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a";

#[test]
fn what_is_sent() {
    let path = |rest: &str| format!("/api/shop/orders/{ORDER}{rest}");
    assert_sent(&ReadCatalog, Method::Get, "/api/shop/catalog", view());
    assert_sent(&ReadOrder { order: order() }, Method::Get, &path(""), view());
    assert_sent(&RetryOrder { order: order() }, Method::Post, &path("/retry"), created());
    assert_sent(&CancelOrder { order: order() }, Method::Post, &path("/cancel"), view());
}

#[test]
fn creating_sends_key_and_body() {
    let request = ShopOrderRequest::from_json(&crate::wire::tree(&shop_order())).unwrap();
    for (key, header) in [("9b1d", r#""9b1d""#), (r#""a,b;c""#, r#""a,b;c""#), (r#""a\"b\\c""#, r#""a\"b\\c""#)] {
        let idempotency_key: IdempotencyKey = key.parse().unwrap();
        let transport = Recording::new([reply(201, created().to_string())]);
        let call_ = CreateOrder { idempotency_key: idempotency_key.clone(), request: request.clone() };
        let answer = now(call(&call_, &transport)).unwrap();
        assert_eq!(answer.order, ORDER);
        let [sent] = transport.requests().try_into().unwrap();
        assert_eq!((sent.method, sent.target.as_str()), (Method::Post, "/api/shop/orders"));
        assert_eq!(sent.headers, [("Idempotency-Key", header.to_owned())]);
        assert_eq!(header.parse::<IdempotencyKey>().unwrap(), idempotency_key, "the Worker reads the same key");
        assert_eq!(serde_json::from_str::<Value>(&sent.body.unwrap()).unwrap(), shop_order());
    }
}

#[test]
fn a_status_is_read() {
    let read = |body: Value| answer(&ReadOrder { order: order() }, reply(200, body.to_string()));
    let OrderView { reference, status, poll_after_ms, version, .. } = read(view()).unwrap();
    assert_eq!(
        (reference.as_str(), status, poll_after_ms, version),
        ("K7Q2-M9XD-3FHT", OrderStatus::Verifying, Some(1_500), 3)
    );
    let mut over = view();
    over["pollAfterMs"] = json!(null);
    assert_eq!(read(over).unwrap().poll_after_ms, None);
    for &status in OrderStatus::ALL {
        let mut body = view();
        body["status"] = json!(status.as_str());
        assert_eq!(read(body).unwrap().status, status);
    }
    let mut later = view();
    later["status"] = json!("refunded");
    assert_eq!(read(later), Err(CallError::Decode(DecodeError::Shape)));
}

#[test]
fn a_catalog_is_read_with_its_seller() {
    let whole = json!({
        "currency": "MXN",
        "items": [
            { "sku": "taza", "name": { "es-MX": "Taza", "en": "Mug" }, "unitAmount": "120.00", "available": true },
        ],
        "shippingMethods": [],
        "shippingRequired": false,
        "environment": "demo",
        "shop": {
            "name": "Taller Nube",
            "address": "Calle 60 491, Mérida",
            "email": "hola@tallernube.example",
            "languages": ["es-MX"],
            "timeZone": "America/Merida",
            "privacyNotice": "https://shop.example/aviso.html",
        },
    });
    let read = |body: &Value| answer(&ReadCatalog, reply(200, body.to_string()));
    let Ok(catalog) = read(&whole) else { panic!("a catalog") };
    assert_eq!(catalog.items[0].unit_amount.centavos(), 12_000);
    assert_eq!((catalog.environment, &*catalog.shop.name), (Environment::Demo, "Taller Nube"));
    assert_eq!(to_value(&catalog), whole);
    assert!(matches!(answer(&ReadCatalog, reply(200, "{")), Err(CallError::Decode(DecodeError::Json))));
    assert!(matches!(answer(&ReadCatalog, reply(200, [0xff])), Err(CallError::Decode(DecodeError::Json))));
    for field in ["currency", "items", "environment", "shop"] {
        let mut without = whole.clone();
        without.as_object_mut().unwrap().remove(field);
        assert!(matches!(read(&without), Err(CallError::Decode(DecodeError::Shape))), "{field}");
    }
}

#[test]
fn a_problem_is_read() {
    let body = json!({
        "type": "/problems/invalid-body", "title": "Datos", "status": 400, "detail": "Revisa.", "code": "invalid-body",
        "errors": [
            { "pointer": "/billingInformation/zip", "code": "zip-format", "detail": "Cinco dígitos." },
            { "pointer": "/x" }, 7, null,
            { "pointer": "", "code": "type-object" },
        ],
    });
    let refusal = refusal(&reply(400, body.to_string()));
    assert_eq!((refusal.code.as_str(), &*refusal.title, &*refusal.detail), ("invalid-body", "Datos", "Revisa."));
    let errors: Vec<_> = refusal.errors.iter().map(|error| (&*error.pointer, &*error.code, &*error.detail)).collect();
    assert_eq!(errors, [("/billingInformation/zip", "zip-format", "Cinco dígitos."), ("", "type-object", "")]);
    assert_eq!((refusal.reference, refusal.retry_after), (None, None));
}

#[test]
fn a_problem_names_the_order_the_minimum_and_the_wait() {
    let held = reply(502, json!({ "code": "payment-on-hold", "reference": "K7Q2-M9XD-3FHT" }).to_string());
    assert_eq!(refusal(&held).reference.as_deref(), Some("K7Q2-M9XD-3FHT"));
    let small = |minimum: Value| reply(422, json!({ "code": "amount-below-minimum", "minimum": minimum }).to_string());
    assert_eq!(refusal(&small(json!("10.00"))).minimum, "10".parse().ok());
    assert_eq!(refusal(&small(json!("ten"))).minimum, None);
    assert_eq!(refusal(&small(json!(10))).minimum, None);
    let busy = Reply { retry_after: Some(5), ..reply(503, json!({ "code": "provider-unavailable" }).to_string()) };
    assert_eq!(refusal(&busy).retry_after, Some(5));
}

/// A proxy's page, a captive portal, or a document of somebody else's: none of its words are shown.
#[test]
fn what_is_no_problem_of_ours_says_nothing() {
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "<html>",
        "{\"code\":",
        r#"{"code":7,"detail":"x"}"#,
        r#"{"code":"","detail":"x"}"#,
        r#"{"code":"<b>","detail":"x"}"#,
        r#"{"code":"Not Found","detail":"x"}"#,
        r#"{"code":"a--b","title":"x"}"#,
        r#"{"detail":"x","title":"x","errors":[{"pointer":"","code":"a","detail":"x"}]}"#,
    ] {
        let expected = json!({ "code": "unknown", "title": "", "status": 404, "detail": "", "errors": [] });
        assert_eq!(to_value(&refusal(&reply(404, body))), expected, "{body}");
    }
}

#[test]
fn a_document_does_not_change_the_status_that_came() {
    assert_eq!(refusal(&reply(404, r#"{"code":"not-found","status":200}"#)).status, 404);
}

fn refusal(reply: &Reply) -> ProblemDetails {
    match answer(&ReadOrder { order: order() }, reply.clone()) {
        Err(CallError::Refused(refusal)) => *refusal,
        other => panic!("{other:?}"),
    }
}

fn assert_sent<E: Endpoint<Host = compago::edge::Edge>>(endpoint: &E, method: Method, target: &str, body: Value) {
    let transport = Recording::new([reply(200, body.to_string())]);
    let _ = now(call(endpoint, &transport));
    let [sent] = transport.requests().try_into().unwrap();
    assert_eq!((sent.method, sent.target.as_str()), (method, target));
    assert_eq!((sent.headers, sent.body), (Vec::new(), None));
}

fn order() -> Capability {
    ORDER.parse().unwrap()
}

fn view() -> Value {
    json!({
        "reference": "K7Q2-M9XD-3FHT", "status": "verifying", "amount": "240.00", "currency": "MXN",
        "description": "2 × Taza", "items": [], "createdAt": "2026-11-05T17:45:00.000Z", "expiresAt": "2026-11-05T18:45:00.000Z", "attempt": 1, "pollAfterMs": 1_500, "version": 3,
    })
}

fn created() -> Value {
    json!({
        "order": ORDER, "reference": "K7Q2-M9XD-3FHT", "amount": "240.00", "currency": "MXN",
        "checkoutUrl": "https://app.compago.com/checkout/otp/7c9e2b64-3f0a-4d15-9a4e-5b8d1c60f2a7",
        "expiresAt": "2026-11-05T18:45:00.000Z",
    })
}
