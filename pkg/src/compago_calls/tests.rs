#![allow(clippy::unwrap_used, reason = "a test that cannot read what it made fails")]

use js_sys::JSON;
use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{prepare, read};

const ID: &str = "0f0e0d0c-1111-4222-8333-444455556666";

#[derive(Debug, Deserialize, PartialEq)]
struct Sent {
    method: String,
    target: String,
    body: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Wrong {
    errors: Vec<Error>,
}

#[derive(Debug, Deserialize)]
struct Error {
    pointer: String,
    code: String,
    detail: String,
}

fn js(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

#[wasm_bindgen_test]
fn a_call_is_returned_as_it_is_sent() {
    let input = js(&format!(r#"{{ "id": "{ID}", "amount": "120.5" }}"#));
    let sent: Sent = serde_wasm_bindgen::from_value(prepare("payment-method.charge", &input, "en")).unwrap();
    assert_eq!(
        sent,
        Sent {
            method: "POST".to_owned(),
            target: format!("/payment-method/{ID}/payment"),
            body: Some(r#"{"amount":120.5,"currency":"MXN"}"#.to_owned()),
        }
    );
}

#[wasm_bindgen_test]
fn problems_of_an_input_are_localized() {
    for (language, detail) in [("es-MX", "Escribe"), ("en", "Enter")] {
        let wrong: Wrong =
            serde_wasm_bindgen::from_value(prepare("one-time-payment.get", &js(r#"{ "id": "1" }"#), language)).unwrap();
        let [error] = wrong.errors.as_slice() else { return assert_eq!(wrong.errors.len(), 1) };
        assert_eq!((error.pointer.as_str(), error.code.as_str()), ("/id", "id-format"));
        assert!(error.detail.starts_with(detail), "{}", error.detail);
    }
}

#[wasm_bindgen_test]
fn an_answer_is_read_from_its_bytes() {
    let input = js(&format!(r#"{{ "id": "{ID}" }}"#));
    for (body, expected) in [
        (r#"{"status":"CONFIRMED","expired":false}"#, r#"{"answer":{"status":"CONFIRMED","expired":false,"id":null,"#),
        (r#"{"status":"REVERSED"}"#, r#"{"answer":{"status":"REVERSED","#),
        ("<html>", "undefined"),
        ("", "undefined"),
    ] {
        let read = read("one-time-payment.get", &input, 200, None, body.as_bytes().to_vec());
        let read = if read.is_undefined() { "undefined".to_owned() } else { text(&read) };
        assert!(read.starts_with(expected), "{body}: {read}");
    }
}

/// Numbers of an answer are numbers, and amounts are text with two decimals, however Compago wrote them.
#[wasm_bindgen_test]
fn an_answer_is_a_plain_value() {
    let payment = format!(
        r#"{{"id":"{ID}","status":"CONFIRMED","amount":120.5,"currency":"MXN","createdAt":"2026-05-02T00:00:00.000Z"}}"#
    );
    let input = js(&format!(r#"{{ "id": "{ID}" }}"#));
    let page = format!(r#"{{"count":1,"page":1,"pageSize":100,"items":[{payment}]}}"#);
    let answer = text(&read("payment-method.payments", &input, 200, None, page.into_bytes()));
    assert!(answer.starts_with(&format!(r#"{{"answer":{{"count":1,"items":[{{"id":"{ID}""#)), "{answer}");
    assert!(answer.contains(r#""amount":"120.50""#), "{answer}");
    assert!(!answer.contains('$'), "{answer}");
}

#[wasm_bindgen_test]
fn a_refusal_has_its_reason() {
    let input = js(&format!(r#"{{ "id": "{ID}" }}"#));
    let answer =
        |status, body: &str| text(&read("one-time-payment.get", &input, status, None, body.as_bytes().to_vec()));
    assert_eq!(answer(401, "{}"), r#"{"refusal":"unauthorized","didNothing":true}"#);
    assert_eq!(answer(404, "no"), r#"{"refusal":"not-found","didNothing":true}"#);
    assert_eq!(answer(503, ""), r#"{"refusal":"busy","didNothing":false}"#);
    let minimum = r#"{"message":"One time payment amount must be at least $10.50."}"#;
    assert_eq!(answer(400, minimum), r#"{"refusal":"below-minimum","minimum":"10.50","didNothing":true}"#);
}
