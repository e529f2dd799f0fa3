//! The `Retry-After` header: a table that is also used to test the package.

use std::collections::BTreeMap;

use compago::endpoint::retry_after;
use compago::value::UnixMillis;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The table, and the time for which it is valid.
fn table() -> (serde_json::Value, UnixMillis) {
    let table: serde_json::Value = serde_json::from_str(include_str!("../support/retry-after.json")).unwrap();
    let now = table["now"].as_str().unwrap().parse().unwrap();
    (table, now)
}

#[test]
fn seconds_and_all_three_forms_of_a_date_are_read() {
    let (table, now) = table();
    let read: BTreeMap<String, u32> = table["read"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(header, seconds)| (header.clone(), u32::try_from(seconds.as_u64().unwrap()).unwrap()))
        .collect();
    for (header, seconds) in read {
        assert_eq!(retry_after(&header, now), Some(seconds), "{header:?}");
    }
}

#[test]
fn other_texts_are_ignored() {
    let (table, now) = table();
    for header in table["ignored"].as_array().unwrap() {
        let header = header.as_str().unwrap();
        assert_eq!(retry_after(header, now), None, "{header:?}");
    }
}

#[test]
fn fractions_of_a_second_are_rounded_up() {
    let (_, now) = table();
    let date = "Sun, 06 Nov 1994 08:49:38 GMT";
    for (at, seconds) in [(now.0, 1), (now.0 + 1, 1), (now.0 + 999, 1), (now.0 + 1_000, 0), (i64::MIN, u32::MAX)] {
        assert_eq!(retry_after(date, UnixMillis(at)), Some(seconds), "{at}");
    }
}
