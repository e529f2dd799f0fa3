//! Orders that older releases have stored, with more than one attempt.

use compago::flow::order::Order;
use compago::flow::record::{self, RecordError};
use serde_json::{Map, Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::Bench;
use super::returning::retried;

/// An order's record, changed.
fn changed(order: &Order, change: impl FnOnce(&mut Map<String, Value>)) -> String {
    let mut record: Value = serde_json::from_str(&record::to_string(order)).unwrap();
    change(record.as_object_mut().unwrap());
    record.to_string()
}

/// An order's record of before there were versions: no attempt has an `agreement`, and the order has the one recheck.
fn version_0(order: &Order, recheck: &Value) -> String {
    changed(order, |record| {
        record.remove("schemaVersion");
        record.insert("recheck".to_owned(), recheck.clone());
        let (mut earlier, mut current) = (record["earlier"].clone(), record["current"].clone());
        for attempt in earlier.as_array_mut().unwrap().iter_mut().chain([&mut current]) {
            attempt.as_object_mut().unwrap().remove("agreement");
        }
        record.insert("earlier".to_owned(), earlier);
        record.insert("current".to_owned(), current);
    })
}

#[test]
fn every_attempt_gets_what_the_order_had() {
    let order = retried().order;
    let own = order.attempts().next().unwrap().recheck_at.unwrap();
    for (at, expected) in [("2026-03-03T18:05:00Z", "2026-03-03T18:05:00Z"), ("2026-03-09T18:00:00Z", &own.to_string())]
    {
        let read: Order = record::from_str(&version_0(&order, &json!({ "attempt": 1, "at": at }))).unwrap();
        let [first, second] = read.attempts().collect::<Vec<_>>()[..] else { panic!("two attempts") };
        assert_eq!(first.recheck_at, Some(expected.parse().unwrap()), "{at}");
        assert_eq!((second.recheck_at, second.agreement), (None, order.current().agreement));
        assert!(!first.is_contradicted());
    }
    let read: Order = record::from_str(&version_0(&order, &Value::Null)).unwrap();
    assert_eq!(read, order);
}

#[test]
fn a_record_of_no_version_that_this_release_knows_is_refused() {
    let order = Bench::opened().order;
    let with = |version: Value| changed(&order, |record| drop(record.insert("schemaVersion".to_owned(), version)));
    for known in [json!(3), json!(2), json!(1), Value::Null] {
        assert_eq!(record::from_str::<Order>(&with(known)).as_ref(), Ok(&order));
    }
    assert_eq!(record::from_str::<Order>(&with(json!(4))), Err(RecordError::Newer { found: 4, known: 3 }));
    for version in [json!(-1), json!("1"), json!(1.5), json!([1])] {
        let error = record::from_str::<Order>(&with(version)).unwrap_err();
        assert!(error.to_string().contains("`schemaVersion`"), "{error}");
    }
    let twice = record::to_string(&order).replacen('{', r#"{"schemaVersion":1,"#, 1);
    assert!(record::from_str::<Order>(&twice).unwrap_err().to_string().contains("`schemaVersion`"));
}
