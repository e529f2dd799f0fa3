//! The part of `www/openapi.json` that is written by hand names what the types name. Its schemas are generated from them
//! (`src/openapi.rs`), and the tests of the Worker check every answer against it.

use std::collections::BTreeSet;

use compago::api::list::PageSize;
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

pub(crate) fn document() -> Value {
    serde_json::from_str(include_str!("../../www/openapi.json")).unwrap()
}
