//! Invisible characters around or within pasted text do not change the body.

use std::fmt::Debug;

use compago::edge::OperatorOrderRequest;
use compago::edge::ShopOrderRequest;
use compago::edge::payment_intent::PaymentIntentRequest;
use compago::edge::saved_card::{ChargeRequest, RefundRequest, SaveCardRequest};
use compago::json::{self, Json};
use compago::operations;
use compago::problem::Problems;
use serde::Serialize;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::orders::{operator_order, shop, shop_order};
use crate::wire::tree;

/// One of each kind of removed character, except direction controls.
const INVISIBLE: [char; 7] = ['\u{AD}', '\u{200B}', '\u{2060}', '\u{FE0F}', '\u{FEFF}', '\u{FFF9}', '\u{E0020}'];
const DIRECTION: [char; 5] = ['\u{61C}', '\u{200E}', '\u{202A}', '\u{202E}', '\u{2068}'];
const JOINERS: [char; 2] = ['\u{200C}', '\u{200D}'];
const SPACE: [char; 6] = [' ', '\t', '\n', '\u{A0}', '\u{202F}', '\u{3000}'];

/// Fields with prose, where a joiner may be needed.
const PROSE: [&str; 7] = ["firstName", "lastName", "addressLine", "city", "description", "reason", "buttonText"];
const AMOUNTS: [&str; 2] = ["amount", "verificationAmount"];

/// Each text of the body, by pointer and name.
fn texts(body: &Value, pointer: &str) -> Vec<(String, String)> {
    let children: Vec<(String, &Value)> = match body {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    let mut found = Vec::new();
    for (name, value) in children {
        let pointer = format!("{pointer}/{name}");
        if value.is_string() {
            found.push((pointer.clone(), name));
        }
        found.extend(texts(value, &pointer));
    }
    found
}

/// Variants of the text as pasted; each is read like the original.
fn pastes(name: &str, text: &str) -> Vec<String> {
    let mut characters = INVISIBLE.to_vec();
    if !AMOUNTS.contains(&name) {
        characters.extend(DIRECTION);
    }
    if !PROSE.contains(&name) {
        characters.extend(JOINERS);
    }
    let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let (start, end) = text.split_at(middle);
    let invisible = characters.iter().map(|character| format!("{character}{start}{character}{end}{character}"));
    invisible.chain(SPACE.iter().map(|space| format!("{space}{text}{space}\u{200B}{space}"))).collect()
}

fn holds<T: Debug + PartialEq, E: Debug + PartialEq>(clean: &Value, read: impl Fn(&Json) -> Result<T, E>) {
    let expected = read(&tree(clean)).unwrap();
    let texts = texts(clean, "");
    assert!(!texts.is_empty());
    for (pointer, name) in texts {
        let text = clean.pointer(&pointer).unwrap().as_str().unwrap();
        for pasted in pastes(&name, text) {
            let mut body = clean.clone();
            *body.pointer_mut(&pointer).unwrap() = json!(pasted);
            assert_eq!(read(&tree(&body)).as_ref(), Ok(&expected), "{pointer} {pasted:?}");
        }
    }
}

fn card() -> Value {
    json!({
        "billingInformation":
            { "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "+525512340000" },
        "externalId": "cli-7",
        "verificationAmount": "2.00",
        "displayMode": "EMBEDDED",
        "buttonText": "Guardar tarjeta",
        "buttonColor": "#16A34A",
        "returnUrl": "https://shop.example/gracias",
    })
}

#[test]
fn every_text_of_every_body_is_cleaned() {
    holds(&shop_order(), ShopOrderRequest::from_json);
    holds(&operator_order(), |body| OperatorOrderRequest::from_json(body, &shop()));
    let intent = json!({ "amount": "350.50", "terminalCode": "TERM-01", "reference": "mesa-4" });
    holds(&intent, PaymentIntentRequest::from_json);
    holds(&card(), |body| SaveCardRequest::from_json(body, &shop()));
    let charge = json!({ "amount": "120.00", "currency": "MXN", "description": "Mensualidad de marzo" });
    holds(&charge, ChargeRequest::from_json);
    holds(&json!({ "reason": "Producto devuelto" }), RefundRequest::from_json);
}

#[test]
fn every_text_of_every_operation_is_cleaned() {
    let id = "dddd0000-1111-4222-8333-444455556666";
    let mut payment = operator_order();
    let fields = payment.as_object_mut().unwrap();
    let url = fields.remove("returnUrl").unwrap();
    fields.insert("redirectUrl".to_owned(), url);
    fields.insert("currency".to_owned(), json!("MXN"));
    let mut saved = card();
    let fields = saved.as_object_mut().unwrap();
    let url = fields.remove("returnUrl").unwrap();
    fields.insert("redirectUrl".to_owned(), url);
    for (name, input) in [
        ("one-time-payment.create", payment),
        ("one-time-payment.get", json!({ "id": id })),
        ("one-time-payment.list", json!({ "status": "CONFIRMED", "currency": "MXN" })),
        ("payment-intent.create", json!({ "amount": "1.00", "externalId": "a-1", "terminalCode": "TERM-01" })),
        ("payment-method.create", saved),
        ("payment-method.list", json!({ "status": "ACTIVE" })),
        ("payment-method.charge", json!({ "id": id, "amount": "120.00", "currency": "MXN", "description": "Marzo" })),
        ("payment-method.payments", json!({ "id": id, "status": "REFUNDED" })),
        ("payment-method.payment", json!({ "id": id, "paymentId": id })),
        ("payment-method.refund", json!({ "id": id, "paymentId": id, "reason": "Devuelto" })),
    ] {
        holds(&input, |input| {
            operations::prepare(name, input).map(|sent| (sent.target, sent.body.map(|body| body.to_string())))
        });
    }
}

#[test]
fn an_amount_with_a_direction_control_is_refused() {
    for control in DIRECTION {
        for amount in [format!("12{control}34"), format!("{control}1234"), format!("1234{control}")] {
            let body = tree(&json!({ "amount": amount }));
            let problems = PaymentIntentRequest::from_json(&body).unwrap_err();
            assert_eq!(problems.first().code.as_str(), "amount-format", "{amount:?}");
        }
    }
}

/// What a Rust program serialises is what our API reads.
#[test]
fn every_request_is_read_as_it_is_written() {
    fn check<T: Serialize + PartialEq + Debug>(body: &Value, read: impl Fn(&Json) -> Result<T, Problems>) {
        let request = read(&tree(body)).unwrap();
        assert_eq!(read(&json::parse(&json::to_string(&request)).unwrap()), Ok(request));
    }
    check(&shop_order(), ShopOrderRequest::from_json);
    check(&operator_order(), |body| OperatorOrderRequest::from_json(body, &shop()));
    check(&json!({ "amount": "350.50", "terminalCode": "TERM-01" }), PaymentIntentRequest::from_json);
    check(&card(), |body| SaveCardRequest::from_json(body, &shop()));
    let mut linked = card();
    linked.as_object_mut().unwrap().retain(|name, _| name == "billingInformation");
    check(&linked, |body| SaveCardRequest::from_json(body, &shop()));
    check(&json!({ "amount": "120.00" }), ChargeRequest::from_json);
    check(&json!({}), RefundRequest::from_json);
    check(&json!({ "reason": "Producto devuelto" }), RefundRequest::from_json);
}
