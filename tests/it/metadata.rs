//! The limits of metadata, wherever it is taken.

use std::collections::BTreeMap;

use compago::edge::payment_intent::PaymentIntentRequest;
use compago::edge::saved_card::{ChargeRequest, RefundRequest};
use compago::edge::{OperatorOrderRequest, ShopOrderRequest};
use compago::json;
use compago::problem::{Locale, Problems};
use compago::value::{Metadata, MetadataError, MetadataKey, MetadataValue};
use serde_json::{Map, Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::orders::{operator_order, shop, shop_order};
use crate::wire::{to_value, tree};

fn read(metadata: &Value) -> Result<Metadata, Problems> {
    let body = json!({ "amount": "350.50", "metadata": metadata });
    ChargeRequest::from_json(&tree(&body)).map(|request| request.metadata)
}

fn problems(metadata: &Value) -> Vec<(String, &'static str)> {
    let problems = read(metadata).unwrap_err();
    problems.iter().map(|problem| (problem.pointer.clone(), problem.code.as_str())).collect()
}

/// That many entries whose names and texts have that many bytes together.
fn entries(count: usize, bytes: usize) -> Value {
    let mut map = Map::new();
    for at in 0..count {
        let key = format!("k{at}");
        let left = bytes - at * bytes / count - (bytes - (at + 1) * bytes / count);
        map.insert(key.clone(), json!("x".repeat(left - key.len())));
    }
    Value::Object(map)
}

#[test]
fn what_is_taken() {
    for metadata in [
        json!({}),
        json!({ "a": "1" }),
        json!({ "A-b_9": "texto con ñ" }),
        json!({ "k".repeat(40): "v".repeat(200) }),
        entries(10, 1_024),
        json!({ "5": "a number as key" }),
    ] {
        assert_eq!(to_value(&read(&metadata).unwrap()), metadata, "{metadata}");
    }
    assert_eq!(read(&Value::Null).unwrap(), Metadata::default());
    assert_eq!(to_value(&read(&json!({ "a": "  x\u{200B} \n y " })).unwrap()), json!({ "a": "x y" }));
}

#[test]
fn what_is_refused_and_where() {
    let at = |pointer: &str, code| (pointer.to_owned(), code);
    for (metadata, expected) in [
        (json!([]), vec![at("/metadata", "type-object")]),
        (json!("a=1"), vec![at("/metadata", "type-object")]),
        (json!({ "": "x" }), vec![at("/metadata", "metadata-key")]),
        (json!({ "a b": "x", "ñ": "x" }), vec![at("/metadata", "metadata-key")]),
        (json!({ "k".repeat(41): "x" }), vec![at("/metadata", "metadata-key")]),
        (json!({ "a.b": "x", "c": 5 }), vec![at("/metadata", "metadata-key"), at("/metadata/c", "type-string")]),
        (
            json!({ "a": 5, "b": null, "c": {} }),
            vec![at("/metadata/a", "type-string"), at("/metadata/b", "type-string"), at("/metadata/c", "type-string")],
        ),
        (json!({ "a": "" }), vec![at("/metadata/a", "required")]),
        (json!({ "a": "\u{200B}" }), vec![at("/metadata/a", "required")]),
        (json!({ "a": "x".repeat(201) }), vec![at("/metadata/a", "too-long")]),
        (json!({ "a": "x\u{0}" }), vec![at("/metadata/a", "control-character")]),
        (entries(11, 200), vec![at("/metadata", "metadata-too-many")]),
        (entries(10, 1_025), vec![at("/metadata", "metadata-too-large")]),
        (
            json!({ "a": "ñ".repeat(200), "b": "ñ".repeat(200), "c": "ñ".repeat(112) }),
            vec![at("/metadata", "metadata-too-large")],
        ),
    ] {
        assert_eq!(problems(&metadata), expected, "{metadata}");
    }
    let doubled = json::parse(r#"{"amount":"1.00","metadata":{"a":"1","a":"1"}}"#).unwrap();
    assert_eq!(ChargeRequest::from_json(&doubled).unwrap_err().first().code.as_str(), "doubled-field");
}

#[test]
fn a_problem_names_metadata_and_no_key() {
    let wrong = json!({ "5": 5 });
    let problems = read(&wrong).unwrap_err();
    assert!(!problems.to_string().contains("/metadata/5"), "{problems}");
    let detail = problems.first().detail(Locale::EsMx);
    assert!(detail.contains("los metadatos") && !detail.contains("renglón"), "{detail}");
    let many = read(&entries(11, 200)).unwrap_err();
    assert_eq!(many.first().detail(Locale::En), "Keep at most 10 keys in the metadata.");
}

#[test]
fn every_request_takes_it_and_writes_it_again() {
    let metadata = json!({ "table": "4" });
    let with = |mut body: Value| {
        body["metadata"] = metadata.clone();
        body
    };
    let body = with(shop_order());
    assert_eq!(to_value(&ShopOrderRequest::from_json(&tree(&body)).unwrap()), body);
    let body = with(operator_order());
    assert_eq!(to_value(&OperatorOrderRequest::from_json(&tree(&body), &shop()).unwrap()), body);
    let body = with(json!({ "amount": "1.00", "takeOver": false }));
    assert_eq!(to_value(&PaymentIntentRequest::from_json(&tree(&body)).unwrap()), body);
    let body = with(json!({ "amount": "1.00" }));
    assert_eq!(to_value(&ChargeRequest::from_json(&tree(&body)).unwrap()), body);
    let body = with(json!({ "reason": "Devuelto" }));
    assert_eq!(to_value(&RefundRequest::from_json(&tree(&body)).unwrap()), body);
}

#[test]
fn the_type_holds_the_limits_itself() {
    let map = |value: &Value| -> BTreeMap<MetadataKey, MetadataValue> {
        let entries = value.as_object().unwrap().iter();
        entries.map(|(key, value)| (key.parse().unwrap(), value.as_str().unwrap().parse().unwrap())).collect()
    };
    assert_eq!(Metadata::try_from(map(&entries(11, 200))), Err(MetadataError::TooMany));
    assert_eq!(Metadata::try_from(map(&entries(10, 1_025))), Err(MetadataError::TooLarge));
    assert!(json::from_str::<Metadata>(&entries(11, 200).to_string()).is_err());
    let read: Metadata = json::from_str(r#"{"secret":"qzx"}"#).unwrap();
    assert!(!format!("{read:?} {:?}", read.iter().next()).contains("qzx"));
    assert_eq!((read.get("secret").unwrap().as_str(), read.get("other")), ("qzx", None));
}
