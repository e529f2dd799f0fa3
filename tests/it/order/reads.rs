//! Who read the payer's data: kept apart, so that reads push nothing out of the history.

use compago::edge::Role;
use compago::flow::machine::Input;
use compago::flow::order::{Event, SAME_READ};
use compago::json;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, full_terms, seconds};
use super::delivering::report;

fn delivery_read() -> Event {
    Event::DeliveryRead { by: Role::Operator }
}

/// The words of the history, each with its role.
fn history(bench: &Bench) -> Vec<String> {
    let entries = bench.detail()["history"].as_array().unwrap().clone();
    let times: Vec<&str> = entries.iter().map(|entry| entry["at"].as_str().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    let word = |entry: &Value| match entry["role"].as_str() {
        Some(role) => format!("{} {role}", entry["what"].as_str().unwrap()),
        None => entry["what"].as_str().unwrap().to_owned(),
    };
    entries.iter().map(word).collect()
}

#[test]
fn reads_push_nothing_out_and_are_bounded_themselves() {
    let mut bench = Bench::paid_with(full_terms());
    bench.wait(seconds(60));
    bench.feed(report(&json!({ "status": "prepared" })));
    let before = history(&bench);
    let first = bench.now;
    for _ in 0..200 {
        bench.wait(seconds(1));
        bench.feed(delivery_read());
    }
    let after = history(&bench);
    assert_eq!(after[..before.len()], before);
    assert_eq!(after.len() - before.len(), 32);
    let entries = bench.detail()["history"].as_array().unwrap()[before.len()..].to_vec();
    let at = |nth: usize| entries[nth]["at"].as_str().unwrap().to_owned();
    assert_eq!(at(0), first.plus(seconds(1)).to_string());
    assert_eq!(at(3), first.plus(seconds(4)).to_string());
    assert_eq!(at(4), first.plus(seconds(173)).to_string());
    assert_eq!(at(31), first.plus(seconds(200)).to_string());
}

#[test]
fn a_page_that_follows_an_order_reads_it_once_in_ten_minutes() {
    let roles = [Role::Operator, Role::Cashier];
    for event in [|by| Event::CustomerRead { by }, |by| Event::Exported { by }] {
        let mut bench = Bench::paid_with(full_terms());
        let before = history(&bench).len();
        let start = bench.now;
        while bench.now < start.plus(SAME_READ) {
            roles.iter().for_each(|by| bench.feed(event(*by)));
            bench.wait(seconds(5));
        }
        assert_eq!(history(&bench).len(), before + 2, "one for each role");
        let stored = json::to_string(&bench.order);
        bench.now = start.plus(SAME_READ).minus(seconds(1));
        bench.feed(event(Role::Operator));
        assert_eq!(json::to_string(&bench.order), stored);
        bench.now = start.plus(SAME_READ);
        bench.feed(event(Role::Operator));
        assert_eq!(history(&bench).len(), before + 3);
    }
}

#[test]
fn each_read_of_where_it_goes_is_one_entry_among_what_happened() {
    let mut bench = Bench::paid_with(full_terms());
    let before = history(&bench);
    let version = bench.order.view(bench.now).version;
    for event in [delivery_read(), delivery_read(), Event::CustomerRead { by: Role::Operator }] {
        bench.wait(seconds(2));
        bench.feed(event);
    }
    assert_eq!(bench.order.view(bench.now).version, version, "the payer sees nothing of it");
    bench.wait(seconds(2));
    bench.feed(report(&json!({ "status": "prepared" })));
    bench.wait(seconds(2));
    bench.feed(Event::Exported { by: Role::Operator });
    bench.wait(seconds(2));
    bench.feed(report(&json!({ "status": "undone" })));
    let expected = [
        "delivery-read operator",
        "delivery-read operator",
        "customer-read operator",
        "prepared operator",
        "exported operator",
        "fulfilment-undone operator",
    ];
    assert_eq!(history(&bench)[before.len()..], expected);
}

#[test]
fn nothing_is_read_once_it_is_deleted() {
    let mut bench = Bench::paid_with(full_terms());
    bench.ring();
    let stored = json::to_string(&bench.order);
    for event in [delivery_read(), Event::CustomerRead { by: Role::Operator }, Event::Exported { by: Role::Operator }] {
        bench.take(Input::Event(event));
    }
    assert_eq!(json::to_string(&bench.order), stored);
}
