//! The one reader and the one writer of JSON.

use compago::json::{self, IfSome, Json, Object};
use serde_json::Value;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn what_is_json_is_read_as_others_read_it() {
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
fn what_is_no_json_is_refused() {
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
fn half_a_character_does_not_make_a_document_unreadable() {
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
fn deep_nesting_ends_somewhere() {
    assert!(json::parse(&format!("{}{}", "[".repeat(128), "]".repeat(128))).is_ok());
    assert!(json::parse(&format!("{}{}", "[".repeat(129), "]".repeat(129))).is_err());
    assert!(json::parse(&r#"{"a":"#.repeat(1_000_000)).is_err());
}

#[test]
fn a_field_is_read_once_or_not_at_all() {
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
fn numbers_are_what_they_are_written_as() {
    for text in ["256", "-1", "1.0", "1e1", "\"1\"", "true", "99999999999999999999"] {
        assert!(json::from_str::<u8>(text).is_err(), "{text}");
    }
    assert_eq!(json::from_str::<i64>("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(json::from_str::<u64>("18446744073709551615"), Ok(u64::MAX));
}

#[test]
fn what_is_written_is_json() {
    let none: Option<u8> = None;
    let object = Object(&[
        ("text", &"a\"b\\c\n\u{1}\u{7f}é"),
        ("list", &vec![Some(1_u8), None]),
        ("left out", &IfSome(&none)),
        ("null", &none),
        ("empty", &Object(&[])),
    ]);
    let text = json::to_string(&object);
    assert_eq!(text, "{\"text\":\"a\\\"b\\\\c\\n\\u0001\u{7f}é\",\"list\":[1,null],\"null\":null,\"empty\":{}}");
    assert!(serde_json::from_str::<Value>(&text).is_ok());
}

#[cfg(not(target_family = "wasm"))]
mod properties {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_told_json_or_not_as_others_tell_it(text in r#"[\[\]{}:,"\\0-9eE.+\-tfnu a\n]{0,24}"#) {
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
