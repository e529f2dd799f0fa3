//! Reading types from JSON text and writing them.

use std::collections::BTreeMap;

use compago::json::{self, Json, ShapeError};
use compago::value::amount::Pesos;
use compago::value::{Amount, PaymentId, UnixMillis};
use serde::{Deserialize, Serialize};
use serde_json::Value;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn json_is_read_like_by_other_parsers() {
    for text in [
        "null",
        " true ",
        "\t\r\n[ ]",
        "{}",
        r#"{"a":[1,-2,0,{"b":"c"},[]],"":null}"#,
        "-0.5e+10",
        "1E2",
        "[0,0.0]",
        r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00 é 😀""#,
    ] {
        let tree = json::parse(text).unwrap();
        let same: Value = serde_json::from_str(&json::to_string(&tree)).unwrap();
        assert_eq!(same, serde_json::from_str::<Value>(text).unwrap(), "{text}");
    }
}

#[test]
fn invalid_json_is_refused() {
    for text in [
        "",
        " ",
        "nul",
        "nullx",
        "True",
        "1 2",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "{",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        r#"{a:1}"#,
        r#"{1:1}"#,
        r#"{"a":1 "b":2}"#,
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "Infinity",
        "\"",
        "\"\n\"",
        "\"\t\"",
        r#""\x""#,
        r#""\u12""#,
        r#""\u12g4""#,
        r#""\u+123""#,
        "'a'",
        "// a\n1",
        "\u{feff}1",
        "\u{a0}1",
    ] {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        assert!(json::parse(text).is_err(), "{text}");
    }
}

#[test]
fn an_unpaired_surrogate_does_not_make_a_document_unreadable() {
    for (text, read) in [
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""\ude00a""#, "\u{fffd}a"),
        (r#""\ud83d\n""#, "\u{fffd}\n"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
        (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
    ] {
        assert_eq!(json::parse(text), Ok(Json::Text(read.to_owned())), "{text}");
    }
}

#[test]
fn nesting_depth_is_limited() {
    assert!(json::parse(&format!("{}{}", "[".repeat(128), "]".repeat(128))).is_ok());
    assert!(json::parse(&format!("{}{}", "[".repeat(129), "]".repeat(129))).is_err());
    assert!(json::parse(&r#"{"a":"#.repeat(1_000_000)).is_err());
}

#[test]
fn a_duplicate_field_is_not_read() {
    let tree = json::parse(r#"{"a":1,"b":2,"b":2,"c":null,"d":{"e":"x"}}"#).unwrap();
    assert_eq!(tree.field::<u8>("a"), Ok(1));
    assert_eq!(tree.field::<u8>("b").unwrap_err().field, "b");
    assert_eq!(tree.field::<Option<u8>>("c"), Ok(None));
    assert_eq!(tree.field::<Option<u8>>("f"), Ok(None));
    assert_eq!(tree.field::<u8>("f").unwrap_err().field, "f");
    assert_eq!(tree.get("d").and_then(|inner| inner.field::<bool>("e")).unwrap_err().field, "e");
    assert!(json::parse("[1]").unwrap().field::<Option<u8>>("a").is_err(), "an array is no object");
}

#[test]
fn numbers_have_their_written_type() {
    for text in ["256", "-1", "1.0", "1e1", "\"1\"", "true", "99999999999999999999"] {
        assert!(json::from_str::<u8>(text).is_err(), "{text}");
    }
    assert_eq!(json::from_str::<i64>("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(json::from_str::<u64>("18446744073709551615"), Ok(u64::MAX));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sale {
    amount: Amount,
    paid_at: Option<UnixMillis>,
    lines: Vec<Line>,
    #[serde(default)]
    anything: Json,
    #[serde(default, deserialize_with = "json::if_readable")]
    note: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Line(String, u8);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase")]
enum Stage {
    AtRest,
    Open { sent_at: Option<u64> },
    Closed(Option<Box<Self>>),
}

fn refused_field<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> &'static str {
    json::parse(text).unwrap().read::<T>().unwrap_err().field
}

#[test]
fn a_struct_is_read_from_an_object_by_the_names_of_its_fields() {
    let sale: Sale = json::from_str(
        r#"{"note":7,"lines":[["taza",2]],"unknown":{"a":[1]},"anything":{"b":1.50,"b":2},"amount":"3.5"}"#,
    )
    .unwrap();
    let anything = json::parse(r#"{"b":1.50,"b":2}"#).unwrap();
    let lines = vec![Line("taza".to_owned(), 2)];
    assert_eq!(sale, Sale { amount: "3.50".parse().unwrap(), paid_at: None, lines, anything, note: None });
    assert_eq!(
        json::to_string(&sale),
        r#"{"amount":"3.50","paidAt":null,"lines":[["taza",2]],"anything":{"b":1.50,"b":2},"note":null}"#
    );
}

#[test]
fn errors_name_the_innermost_field() {
    for (text, field) in [
        (r#"["3.50",null,[],null,null]"#, ""),
        (r#""3.50""#, ""),
        ("null", ""),
        (r#"{"lines":[]}"#, "amount"),
        (r#"{"amount":null,"lines":[]}"#, "amount"),
        (r#"{"amount":3.5,"lines":[]}"#, "amount"),
        (r#"{"amount":"3.505","lines":[]}"#, "amount"),
        (r#"{"amount":"1","amount":"1","lines":[]}"#, "amount"),
        (r#"{"amount":"1"}"#, "lines"),
        (r#"{"amount":"1","lines":{}}"#, "lines"),
        (r#"{"amount":"1","lines":[["taza"]]}"#, "lines"),
        (r#"{"amount":"1","lines":[["taza",1,1]]}"#, "lines"),
        (r#"{"amount":"1","lines":[["taza",256]]}"#, "lines"),
        (r#"{"amount":"1","lines":[["taza","1"]]}"#, "lines"),
        (r#"{"amount":"1","lines":[[1,1]]}"#, "lines"),
        (r#"{"amount":"1","lines":[],"paidAt":0}"#, "paidAt"),
        (r#"{"amount":"1","lines":[],"paidAt":null,"paidAt":null}"#, "paidAt"),
    ] {
        assert_eq!(refused_field::<Sale>(text), field, "{text}");
    }
    assert!(json::from_str::<Sale>(r#"{"amount":"1","lines":[],"note":"a","note":"b"}"#).unwrap().note.is_none());
}

#[test]
fn a_variant_is_its_name_or_an_object_with_its_name() {
    for (stage, text) in [
        (Stage::AtRest, r#""at-rest""#),
        (Stage::Open { sent_at: Some(1) }, r#"{"open":{"sentAt":1}}"#),
        (Stage::Open { sent_at: None }, r#"{"open":{"sentAt":null}}"#),
        (Stage::Closed(None), r#"{"closed":null}"#),
        (Stage::Closed(Some(Box::new(Stage::AtRest))), r#"{"closed":"at-rest"}"#),
    ] {
        assert_eq!(json::to_string(&stage), text);
        assert_eq!(json::from_str(text), Ok(stage), "{text}");
    }
    assert_eq!(json::from_str(r#"{"open":{}}"#), Ok(Stage::Open { sent_at: None }));
    assert_eq!(json::from_str(r#"{"at-rest":{"since":1}}"#), Ok(Stage::AtRest), "of a later version");
    for text in [
        r#""AtRest""#,
        r#""opened""#,
        "0",
        "null",
        "[]",
        "{}",
        r#"{"open":[1]}"#,
        r#"{"open":null}"#,
        r#"{"open":{},"closed":null}"#,
        r#""open""#,
    ] {
        assert_eq!(refused_field::<Stage>(text), "", "{text}");
    }
    assert_eq!(refused_field::<Stage>(r#"{"open":{"sentAt":"1"}}"#), "sentAt");
}

#[test]
fn errors_never_repeat_the_input() {
    for text in [
        r#"{"amount":"4111111111111111","lines":[]}"#,
        r#"{"amount":"1","lines":"4111111111111111"}"#,
        r#"{"amount":"1","lines":[],"paidAt":"4111111111111111"}"#,
        r#"{"amount":"1","lines":[],"4111111111111111":4111111111111111,"paidAt":4111111111111111}"#,
    ] {
        let error = json::from_str::<Sale>(text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("4111"), "{error:?}");
    }
    for text in [r#""4111111111111111""#, r#"{"4111111111111111":{}}"#] {
        let error = json::from_str::<Stage>(text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("4111"), "{error:?}");
        assert!(!format!("{:?}", json::from_str::<PaymentId>(text).unwrap_err()).contains("4111"));
    }
}

#[test]
fn the_tree_keeps_numbers_as_they_were_written() {
    let text = r#"{"a":1.500,"b":[1e2,-0,12345678901234567890123],"a":null}"#;
    let tree: Json = json::from_str(text).unwrap();
    assert_eq!(json::to_string(&tree), text);
    assert_eq!(tree.read::<Json>(), Ok(tree.clone()));
    assert!(json::from_str::<f64>("1.5").is_err(), "no floating point comes near the money");
    assert!(json::from_str::<Amount>("1.5").is_err());
    assert!(json::from_str::<String>("1").is_err());
}

/// By `serde_json`'s rules: users of this crate may use it directly.
#[test]
fn the_same_types_are_read_by_serde_json() {
    let text =
        r#"{"amount":"3.50","paidAt":"2026-03-01T18:00:00.000Z","lines":[["taza",2]],"anything":{"b":1.5},"note":"a"}"#;
    assert_eq!(serde_json::from_str::<Sale>(text).unwrap(), json::from_str(text).unwrap());
    assert_eq!(serde_json::from_str::<Pesos>("350.5").unwrap().0, "350.50".parse().unwrap());
    assert_eq!(serde_json::from_str::<Pesos>("350").unwrap().0, "350.00".parse().unwrap());
    assert_eq!(serde_json::from_str::<Stage>(r#"{"open":{"sentAt":1}}"#).unwrap(), Stage::Open { sent_at: Some(1) });
}

/// A merchant's backend may read values that this crate does not define.
#[test]
fn values_of_any_shape_have_their_integers() {
    let event: Value = json::from_str(r#"{"data":{"attempt":1,"late":-2,"list":[null,true,"a"]}}"#).unwrap();
    assert_eq!(event, serde_json::json!({ "data": { "attempt": 1, "late": -2, "list": [null, true, "a"] } }));
    for number in ["1.5", "-0", "1e2", "18446744073709551616"] {
        assert!(json::from_str::<Value>(number).is_err(), "{number}");
        assert_eq!(json::to_string(&json::from_str::<Json>(number).unwrap()), number);
    }
}

#[test]
fn a_map_has_the_names_that_were_sent() {
    let map: BTreeMap<String, u8> = json::from_str(r#"{"b":2,"a":1}"#).unwrap();
    assert_eq!(map, BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]));
    assert!(json::from_str::<BTreeMap<String, u8>>(r#"{"a":1,"a":1}"#).is_err());
    assert_eq!(
        json::from_str::<BTreeMap<String, u8>>("[]").map_err(|error| error.to_string()).unwrap_err(),
        ShapeError::HERE.to_string()
    );
}

#[test]
fn written_values_are_json() {
    #[derive(Serialize)]
    struct Written<'a> {
        text: &'a str,
        list: Vec<Option<u8>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<u8>,
        null: Option<u8>,
    }
    let text = json::to_string(&Written {
        text: "a\"b\\c\n\u{8}\u{c}\u{1}\u{7f}é",
        list: vec![Some(1), None],
        left_out: None,
        null: None,
    });
    assert_eq!(text, "{\"text\":\"a\\\"b\\\\c\\n\\b\\f\\u0001\u{7f}é\",\"list\":[1,null],\"null\":null}");
    assert!(serde_json::from_str::<Value>(&text).is_ok());
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_json_or_not_like_for_other_parsers(text in r#"[\[\]{}:,"\\0-9eE.+\-tfnu a\n]{0,24}"#) {
            let theirs = serde_json::from_str::<Value>(&text);
            let out_of_range = theirs.as_ref().is_err_and(|error| error.to_string().contains("number out of range"));
            prop_assert_eq!(json::parse(&text).is_ok(), theirs.is_ok() || out_of_range, "{}", text);
        }

        #[test]
        fn any_string_is_read_as_it_was_written(text in any::<String>()) {
            let written = json::to_string(&text);
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text.clone());
            prop_assert_eq!(json::from_str::<String>(&written), Ok(text.clone()));
            prop_assert_eq!(json::from_str::<String>(&serde_json::to_string(&text).unwrap()), Ok(text));
        }
    }
}
