//! What is not documented about payment intents: every form of it is accepted, and none of it counts as paid.

use compago::api::payment_intent::Status;
use compago::api::payment_intent::cancel::{Acknowledged, CancelPaymentIntent};
use compago::api::payment_intent::get::{Charge, GetPaymentIntent, IntentReading};
use compago::value::Card;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::recording::{answer, reply};

const ID: &str = "12121212-3434-4565-8787-909090909090";

fn read(summary: &Value) -> IntentReading {
    let body = json!({ "id": ID, "status": "PENDING", "paymentSummary": summary }).to_string();
    answer(&GetPaymentIntent { id: ID.parse().unwrap() }, reply(200, body)).unwrap()
}

#[test]
fn values_of_a_summary_that_mean_no_success() {
    for status in ["DECLINED", "FAILED", "PENDING", "success", "SUCCESSFUL", ""] {
        assert_eq!(read(&json!({ "status": status })).charge, Some(Charge::Other), "{status}");
    }
    for summary in [Value::Null, json!({}), json!({ "status": null })] {
        assert_eq!(read(&summary).charge, None, "{summary}");
    }
    for summary in [json!([]), json!("SUCCESS"), json!(true), json!(1)] {
        assert_eq!(read(&summary).charge, Some(Charge::Other), "{summary}");
    }
}

#[test]
fn fields_of_the_card() {
    let card = |card: Value| read(&json!({ "status": "SUCCESS", "cardInformation": card })).card;
    assert_eq!(card(json!({ "networkType": "VISA", "lastFourDigits": "0001" })), Card::new("VISA", "0001"));
    assert_eq!(card(json!({ "networkType": "AMEX" })), Card::new("AMEX", ""));
    for odd in [
        Value::Null,
        json!([]),
        json!("VISA 1111"),
        json!({ "networkType": 5, "lastFourDigits": 1111 }),
        json!({ "networkType": "", "lastFourDigits": "11112222" }),
        json!({ "networkType": "<b>VISA</b>", "lastFourDigits": "4111111111111111" }),
        json!({ "networkType": "V".repeat(21), "lastFourDigits": "١١١١" }),
    ] {
        assert!(card(odd.clone()).is_unknown(), "{odd}");
        let paid = read(&json!({ "status": "SUCCESS", "cardInformation": odd }));
        assert_eq!(paid.charge, Some(Charge::Succeeded), "a card that cannot be shown was charged all the same");
    }
}

#[test]
fn states_and_flags_that_are_not_documented() {
    for expired in [Value::Null, json!(false), json!(true)] {
        let body = json!({ "id": ID, "status": "ON_HOLD", "expired": expired, "extra": [{}] }).to_string();
        let reading = answer(&GetPaymentIntent { id: ID.parse().unwrap() }, reply(200, body)).unwrap();
        assert_eq!(reading.status, Status::Unknown("ON_HOLD".to_owned()));
    }
}

#[test]
fn what_a_cancel_call_answers() {
    for body in ["{}", "", "null", "[]", r#"{"status":"CANCELLED"}"#, "OK"] {
        for status in [200, 201, 204] {
            assert_eq!(
                answer(&CancelPaymentIntent { id: ID.parse().unwrap() }, reply(status, body)),
                Ok(Acknowledged {})
            );
        }
    }
}
