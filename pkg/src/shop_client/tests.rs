#![allow(clippy::unwrap_used, reason = "a test that cannot read what it made fails")]

use js_sys::{Array, Function, JSON, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::ShopClient;

const ORDER: &str = "k7q2m9xd3fht00000000000000000000000000";
const BODY: &str = r#"{
    "items": [{ "sku": "taza-barro", "quantity": 1 }],
    "billingInformation": {
        "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "55 1234 5678",
        "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "72000" }
    }
}"#;

#[wasm_bindgen_test]
async fn an_order_is_posted_with_its_key_and_typed_body() {
    let seen = answering(201, &format!(r#"{{"order":"{ORDER}","checkoutUrl":"https://app.compago.com/"}}"#), "");
    let created = settled(client().create_order(&JSON::parse(BODY).unwrap(), "key-1")).await.unwrap();
    assert_eq!(text(&created, "order"), ORDER);
    let request = seen.get(0);
    assert_eq!(text(&request, "method"), "POST");
    assert_eq!(text(&request, "url"), "https://shop.example/api/shop/orders");
    assert_eq!(header(&request, "idempotency-key"), "\"key-1\"");
    assert_eq!(header(&request, "accept-language"), "en");
    assert_eq!(header(&request, "content-type"), "application/json");
    let body = call(&request, "text");
    let body = JsFuture::from(body.unchecked_into::<Promise>()).await.unwrap().as_string().unwrap();
    assert!(body.contains(r#""phoneNumber":"+525512345678""#), "{body}");
}

#[wasm_bindgen_test]
async fn a_body_with_problems_is_not_sent() {
    let seen = answering(201, "{}", "");
    let error = settled(client().create_order(&JSON::parse(r#"{"items":[]}"#).unwrap(), "key-1")).await.unwrap_err();
    assert_eq!(seen.length(), 0);
    let problem = Reflect::get(&error, &"problem".into()).unwrap();
    assert_eq!(text(&problem, "code"), "invalid-body");
    let errors: Array = Reflect::get(&problem, &"errors".into()).unwrap().unchecked_into();
    assert_eq!(text(&errors.get(0), "pointer"), "/items");
    assert_eq!(text(&errors.get(0), "detail"), "Add at least one product.");
}

#[wasm_bindgen_test]
async fn a_key_that_is_none_is_not_sent() {
    let seen = answering(201, "{}", "");
    let error = settled(client().create_order(&JSON::parse(BODY).unwrap(), "")).await.unwrap_err();
    assert_eq!((seen.length(), code(&error)), (0, "idempotency-key-malformed".to_owned()));
}

#[wasm_bindgen_test]
async fn text_that_is_no_order_cannot_become_a_path() {
    let seen = answering(200, "{}", "");
    for order in ["", "../catalog", "K7Q2", "k7q2m9xd3fht000000000000000000000000/0"] {
        for call in [client().order_status(order), client().retry_order(order), client().cancel_order(order)] {
            assert_eq!(code(&settled(call).await.unwrap_err()), "not-found", "{order}");
        }
    }
    assert_eq!(seen.length(), 0);
}

#[wasm_bindgen_test]
async fn each_call_has_its_own_method_and_path() {
    let seen = answering(200, "{}", "");
    let shop = client();
    for call in [shop.catalog(), shop.order_status(ORDER), shop.retry_order(ORDER), shop.cancel_order(ORDER)] {
        settled(call).await.unwrap();
    }
    let asked: Vec<_> =
        seen.iter().map(|request| format!("{} {}", text(&request, "method"), text(&request, "url"))).collect();
    let path = |method, path: String| format!("{method} https://shop.example/api/shop/{path}");
    assert_eq!(
        asked,
        [
            path("GET", "catalog".to_owned()),
            path("GET", format!("orders/{ORDER}")),
            path("POST", format!("orders/{ORDER}/retry")),
            path("POST", format!("orders/{ORDER}/cancel")),
        ]
    );
}

#[wasm_bindgen_test]
async fn a_refusal_brings_problem_status_and_patience() {
    answering(503, r#"{"code":"provider-unavailable","detail":"Later."}"#, "5");
    let error = settled(client().order_status(ORDER)).await.unwrap_err();
    assert_eq!(code(&error), "provider-unavailable");
    assert_eq!(number(&error, "status"), 503.0);
    assert_eq!(text(&error, "retryAfter"), "5");
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_is_as_good_as_no_answer() {
    for (status, told) in [(200, 0.0), (502, 502.0)] {
        answering(status, "<html>", "");
        let error = settled(client().order_status(ORDER)).await.unwrap_err();
        assert_eq!(number(&error, "status"), told);
        assert!(Reflect::get(&error, &"problem".into()).unwrap().is_undefined());
    }
}

#[wasm_bindgen_test]
async fn silence_has_status_zero() {
    replace_fetch("return () => Promise.reject(new TypeError('no network'))", &Array::new());
    let error = settled(client().order_status(ORDER)).await.unwrap_err();
    assert_eq!(number(&error, "status"), 0.0);
}

fn client() -> ShopClient {
    let maker = "return Object.assign(new Error('shop'), { problem, status, retryAfter })";
    ShopClient::new("https://shop.example/", "en", Function::new_with_args("problem, status, retryAfter", maker))
}

/// Makes every later `fetch` answer so; the requests it was asked for gather in the array.
fn answering(status: u16, body: &str, retry_after: &str) -> Array {
    let seen = Array::new();
    let quoted = JSON::stringify(&body.into()).unwrap();
    let headers =
        if retry_after.is_empty() { "{}".to_owned() } else { format!("{{ 'retry-after': '{retry_after}' }}") };
    replace_fetch(
        &format!(
            "return (request) => {{ seen.push(request); \
             return Promise.resolve(new Response({quoted}, {{ status: {status}, headers: {headers} }})); }}"
        ),
        &seen,
    );
    seen
}

fn replace_fetch(source: &str, seen: &Array) {
    let fetch = Function::new_with_args("seen", source).call1(&JsValue::NULL, seen).unwrap();
    Reflect::set(&js_sys::global(), &"fetch".into(), &fetch).unwrap();
}

async fn settled(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

fn code(error: &JsValue) -> String {
    text(&Reflect::get(error, &"problem".into()).unwrap(), "code")
}

fn text(object: &JsValue, name: &str) -> String {
    Reflect::get(object, &name.into()).unwrap().as_string().unwrap()
}

fn number(object: &JsValue, name: &str) -> f64 {
    Reflect::get(object, &name.into()).unwrap().as_f64().unwrap()
}

fn header(request: &JsValue, name: &str) -> String {
    let headers = Reflect::get(request, &"headers".into()).unwrap();
    let get: Function = Reflect::get(&headers, &"get".into()).unwrap().unchecked_into();
    get.call1(&headers, &name.into()).unwrap().as_string().unwrap()
}

fn call(object: &JsValue, method: &str) -> JsValue {
    let method: Function = Reflect::get(object, &method.into()).unwrap().unchecked_into();
    method.call0(object).unwrap()
}
