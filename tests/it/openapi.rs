//! The part of `www/openapi.json` that is written by hand names what the types name. Its schemas are generated from them
//! (`src/openapi.rs`), and the tests of the Worker check every answer against it.

use std::collections::BTreeSet;

use compago::api::list::PageSize;
use compago::edge::Capability;
use compago::edge::shop_calls::{CancelOrder, CreateOrder, ReadCatalog, ReadOrder, RetryOrder};
use compago::endpoint::Endpoint;
use compago::webhook::EventKind;
use serde_json::Value;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_webhook_for_each_type_of_event() {
    let document = document();
    let webhooks: BTreeSet<&str> = document["webhooks"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(webhooks, EventKind::ALL.iter().map(|kind| kind.as_str()).collect());
}

#[test]
fn the_same_page_sizes() {
    let document = document();
    assert_eq!(document["components"]["parameters"]["PageSize"]["schema"]["maximum"], PageSize::MAX.get());
    assert_eq!(document["components"]["parameters"]["PageSize"]["schema"]["default"], PageSize::DEFAULT.get());
}

#[test]
fn the_same_paths() {
    let document = document();
    assert_documented::<ReadCatalog>(&document, &ReadCatalog.path());
    let order: Capability = "k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a".parse().unwrap();
    let template = |path: String| path.replace(order.as_str(), "{order}");
    assert_documented::<CreateOrder>(&document, "/api/shop/orders");
    assert_documented::<ReadOrder>(&document, &template(ReadOrder { order: order.clone() }.path()));
    assert_documented::<RetryOrder>(&document, &template(RetryOrder { order: order.clone() }.path()));
    assert_documented::<CancelOrder>(&document, &template(CancelOrder { order: order.clone() }.path()));
}

fn document() -> Value {
    serde_json::from_str(include_str!("../../www/openapi.json")).unwrap()
}

fn assert_documented<E: Endpoint>(document: &Value, path: &str) {
    let method = E::METHOD.as_str().to_ascii_lowercase();
    assert!(document["paths"][path][&method].is_object(), "{method} {path}");
}
