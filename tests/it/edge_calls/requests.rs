//! The Worker reads each body as the value that was sent.

use compago::edge::calls::operator::orders;
use compago::edge::calls::operator::payment_methods::{ChargeCard, RefundCardPayment, SaveCard};
use compago::edge::calls::pos::{CreatePaymentIntent, ReadTerminal};
use compago::edge::calls::session::SignIn;
use compago::edge::payment_intent::PaymentIntentRequest;
use compago::edge::saved_card::{ChargeRequest, RefundRequest, SaveCardRequest};
use compago::edge::{IdempotencyKey, OperatorOrderRequest};
use compago::endpoint::{Endpoint, Request};
use compago::json::{self, Json};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::every::{UUID, card_to_save, charge_at_a_terminal, charge_of_a_card};
use crate::orders::{operator_order, shop};
use crate::wire::tree;

#[test]
fn an_operators_order() {
    for body in [operator_order(), without(operator_order(), &["externalId", "ttlMinutes", "homepageUrl", "returnUrl"])]
    {
        let request = OperatorOrderRequest::from_json(&tree(&body), &shop()).unwrap();
        let call = orders::CreateOrder { idempotency_key: key(), request: request.clone() };
        assert_eq!(OperatorOrderRequest::from_json(&sent(&call), &shop()), Ok(request));
    }
}

#[test]
fn a_charge_at_a_terminal() {
    for body in [charge_at_a_terminal(), json!({ "amount": "0.01" })] {
        let request = PaymentIntentRequest::from_json(&tree(&body)).unwrap();
        let call = CreatePaymentIntent { idempotency_key: key(), request: request.clone() };
        assert_eq!(PaymentIntentRequest::from_json(&sent(&call)), Ok(request));
    }
}

#[test]
fn a_card_to_save() {
    let link = without(card_to_save(), &["displayMode", "buttonText", "buttonColor", "externalId", "returnUrl"]);
    for body in [card_to_save(), link] {
        let request = SaveCardRequest::from_json(&tree(&body), &shop()).unwrap();
        let call = SaveCard { idempotency_key: key(), request: request.clone() };
        assert_eq!(SaveCardRequest::from_json(&sent(&call), &shop()), Ok(request));
    }
}

#[test]
fn a_charge_of_a_card_and_its_refund() {
    let (id, payment) = (UUID.parse().unwrap(), UUID.parse().unwrap());
    for body in [charge_of_a_card(), json!({ "amount": "1.00" })] {
        let request = ChargeRequest::from_json(&tree(&body)).unwrap();
        let call = ChargeCard { id, idempotency_key: key(), request: request.clone() };
        assert_eq!(ChargeRequest::from_json(&sent(&call)), Ok(request));
    }
    for body in [json!({ "reason": "Devuelto" }), json!({})] {
        let request = RefundRequest::from_json(&tree(&body)).unwrap();
        let call = RefundCardPayment { id, payment, idempotency_key: key(), request: request.clone() };
        assert_eq!(RefundRequest::from_json(&sent(&call)), Ok(request));
    }
}

#[test]
fn a_token_is_sent_and_never_printed() {
    let call = SignIn { token: "operator-token-1".parse().unwrap() };
    assert_eq!(sent(&call).field::<String>("token").unwrap(), "operator-token-1");
    assert!(!format!("{call:?} {:?}", Request::of(&call)).contains("operator-token"));
}

#[test]
fn segments_of_a_path_are_encoded() {
    let path = ReadTerminal { terminal_code: "TERM-01".parse().unwrap() }.path();
    assert_eq!(path, "/api/pos/terminals/TERM-01/payment-intent");
    let call = compago::edge::calls::operator::attention::MarkDone {
        kind: compago::edge::index_answers::AttentionKind::Webhook,
        key: "a/b c?".to_owned(),
    };
    assert_eq!(call.path(), "/api/operator/attention/webhook/a%2Fb%20c%3F/done");
}

fn sent(call: &impl Endpoint) -> Json {
    json::parse(&Request::of(call).body.unwrap()).unwrap()
}

fn key() -> IdempotencyKey {
    "9b1d".parse().unwrap()
}

fn without(mut body: serde_json::Value, names: &[&str]) -> serde_json::Value {
    body.as_object_mut().unwrap().retain(|name, _| !names.contains(&name.as_str()));
    body
}
