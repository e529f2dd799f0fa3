//! Compago's calls by operation name: the vectors again, as sent by a caller without our types.

use compago::endpoint::Reply;
use compago::json::Json;
use compago::operations::{self, CallOutcome, NAMES, PrepareError};
use compago::value::amount::Pesos;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::vectors::VECTORS;
use crate::wire::from_value;

const ID: &str = "dddd0000-1111-4222-8333-444455556666";

fn json_of(value: &Value) -> Json {
    compago::json::parse(&value.to_string()).unwrap()
}

/// Returns the input that makes the vector's request: amounts as text, ids and filters as fields.
fn input(request: &Value) -> Value {
    let mut input = request.get("body").cloned().unwrap_or(json!({}));
    for field in ["amount", "verificationAmount"] {
        if let Some(amount) = input.get(field) {
            input[field] = json!(from_value::<Pesos>(amount).unwrap().0.to_string());
        }
    }
    let ids = request["path"].as_str().unwrap().split('/').filter(|segment| segment.len() == ID.len());
    for (name, id) in ["id", "paymentId"].into_iter().zip(ids) {
        input[name] = json!(id);
    }
    for (name, value) in
        request["query"].as_str().into_iter().flat_map(|query| query.split('&')).filter_map(|pair| pair.split_once('='))
    {
        input[name] = value.parse::<u32>().map_or(json!(value), |number| json!(number));
    }
    input
}

/// Returns the meaning of the vector's answer in the form that callers get.
fn meaning(call: &str, means: &Value) -> Value {
    let mut means = means.clone();
    let fields = means.as_object_mut().unwrap();
    match call {
        "one-time-payment.create" => {
            let candidate = fields.remove("candidate").unwrap();
            fields.insert("id".to_owned(), candidate);
        }
        "one-time-payment.list" => {
            let payments = fields.remove("payments").unwrap();
            fields.insert("items".to_owned(), payments);
        }
        "payment-intent.create" => {
            fields.remove("answers");
        }
        "payment-intent.get" => {
            let charge = fields.remove("charge").unwrap();
            fields.insert("paid".to_owned(), json!(charge == "success"));
        }
        "payment-intent.cancel" => means = json!({}),
        _ => {}
    }
    means
}

#[test]
fn every_vector_is_sent_and_read_by_operation_name() {
    let mut played = Vec::new();
    for (name, text) in VECTORS {
        let vector: Value = serde_json::from_str(text).unwrap();
        let (request, call) = (&vector["request"], vector["endpoint"].as_str().unwrap());
        let input = json_of(&input(request));
        let sent = match operations::prepare(call, &input) {
            Ok(sent) => sent,
            Err(problems) => {
                // Inputs that Compago would refuse are refused before they are sent.
                assert!(vector["means"]["refused"].is_string(), "{name}: {problems:?}");
                continue;
            }
        };
        played.push(call.to_owned());
        let query = request["query"].as_str().map(|query| format!("?{query}")).unwrap_or_default();
        assert_eq!(sent.target, format!("{}{query}", request["path"].as_str().unwrap()), "{name}");
        assert_eq!(sent.method.as_str(), request["method"].as_str().unwrap(), "{name}");
        let body: Option<Value> = sent.body.map(|body| serde_json::from_str(&body).unwrap());
        assert_eq!(body.as_ref(), request.get("body"), "{name}");

        let status = u16::try_from(vector["answer"]["status"].as_u64().unwrap()).unwrap();
        let body = vector["answer"]["body"].to_string().into_bytes();
        match operations::read(call, &input, &Reply { status, retry_after: None, body }) {
            CallOutcome::Answer(answer) => {
                let answer: Value = serde_json::from_str(&answer).unwrap();
                assert_eq!(answer, meaning(call, &vector["means"]), "{name}");
            }
            CallOutcome::Refused(refusal) => {
                let reason = compago::json::to_string(&refusal.reason);
                assert!(reason.contains(vector["means"]["refused"].as_str().unwrap()), "{name}: {reason}");
            }
            CallOutcome::Unusable => panic!("{name} is unusable"),
        }
    }
    for name in NAMES {
        assert!(played.iter().any(|played| played == name), "no vector for {name}");
    }
}

#[test]
fn a_checkout_url_of_another_form_has_no_candidate() {
    let create = json!({
        "amount": "350.50", "description": "Café", "externalId": "a-1",
        "redirectUrl": "https://shop.example/return", "homepageUrl": "https://shop.example/",
        "billingInformation": {
            "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "5512340000",
            "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "72000" },
        },
    });
    for (url, id) in [
        (format!("https://app.compago.com/checkout/otp/{ID}"), json!(ID)),
        (format!("http://127.0.0.1:4010/checkout/otp/{ID}"), json!(ID)),
        (format!("https://app.compago.com/checkout/otp/{ID}?lang=es"), Value::Null),
        (format!("https://app.compago.com/pay/{ID}"), Value::Null),
        (format!("javascript:{ID}"), Value::Null),
        (String::new(), Value::Null),
    ] {
        let body = json!({ "redirectUrl": url }).to_string().into_bytes();
        let reply = Reply { status: 201, retry_after: None, body };
        let CallOutcome::Answer(answer) = operations::read("one-time-payment.create", &json_of(&create), &reply) else {
            panic!("{url}")
        };
        assert_eq!(serde_json::from_str::<Value>(&answer).unwrap(), json!({ "checkoutUrl": url, "id": id }));
    }
}

#[test]
fn an_answer_about_another_object_is_unusable() {
    let other = "99999999-1111-4222-8333-444455556666";
    let charge = |amount: &str| json!({ "id": ID, "paymentId": ID, "amount": amount });
    for (call, input, body) in [
        ("one-time-payment.get", json!({ "id": ID }), json!({ "id": other, "status": "PENDING" })),
        ("one-time-payment.cancel", json!({ "id": ID }), json!({ "id": other, "status": "CANCELLED" })),
        ("payment-intent.get", json!({ "id": ID }), json!({ "id": other, "status": "PENDING", "expired": false })),
        ("payment-method.get", json!({ "id": ID }), json!({ "id": other, "status": "ACTIVE" })),
        (
            "payment-method.payment",
            json!({ "id": ID, "paymentId": ID }),
            json!({ "id": other, "status": "CONFIRMED", "amount": 1, "currency": "MXN" }),
        ),
        (
            "payment-method.charge",
            json!({ "id": ID, "amount": "120.00" }),
            json!({ "id": other, "status": "CONFIRMED", "amount": 120.5, "currency": "MXN" }),
        ),
        (
            "payment-intent.create",
            json!({ "amount": "80.00", "externalId": "a-1" }),
            json!({ "id": other, "status": "PENDING", "amount": 80, "currency": "MXN", "externalId": "a-2" }),
        ),
        ("one-time-payment.get", charge("1.00"), json!({ "status": "CONFIRMED" })),
    ] {
        let reply = Reply { status: 200, retry_after: None, body: body.to_string().into_bytes() };
        assert_eq!(operations::read(call, &json_of(&input), &reply), CallOutcome::Unusable, "{call} {body}");
    }
}

#[test]
fn all_problems_of_an_input_are_reported_by_field() {
    let problems_of = |call: &str, input: Value| -> Vec<String> {
        let Err(PrepareError::Input(problems)) = operations::prepare(call, &json_of(&input)) else { panic!("{call}") };
        problems.iter().map(|problem| format!("{} {}", problem.pointer, problem.code)).collect()
    };
    assert_eq!(problems_of("one-time-payment.get", json!({ "id": "../healthz" })), ["/id id-format"]);
    assert_eq!(
        problems_of("one-time-payment.get", json!({ "id": 5, "key": "x" })),
        ["/id type-string", "/key unknown-field"]
    );
    assert_eq!(
        problems_of("one-time-payment.list", json!({ "page": 0, "pageSize": 501, "currency": "USD", "status": 1 })),
        ["/status type-string", "/currency currency", "/page page-range", "/pageSize page-size-range"],
    );
    assert_eq!(problems_of("payment-method.charge", json!({ "id": ID, "amount": 120 })), ["/amount type-string"]);
    assert_eq!(
        problems_of("payment-method.charge", json!({ "id": ID, "amount": "0.99" })),
        ["/amount amount-below-one-peso"]
    );
    assert_eq!(problems_of("payment-method.refund", json!({})), ["/id required", "/paymentId required"]);
    assert_eq!(problems_of("one-time-payment.create", json!([])), [" type-object"]);
    let unknown = operations::prepare("one-time-payment.delete", &json_of(&json!({})));
    assert_eq!(unknown, Err(PrepareError::UnknownOperation));
}
