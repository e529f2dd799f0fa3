//! `www/openapi.json` names what the types name: neither may change without the other. That the Worker answers so is
//! checked against the running Worker.

use std::collections::BTreeSet;

use compago::api::list::PageSize;
use compago::edge::Capability;
use compago::edge::order::OrderStatus;
use compago::edge::shop_calls::{CancelOrder, CreateOrder, ReadCatalog, ReadOrder, RetryOrder};
use compago::endpoint::Endpoint;
use compago::problem::ProblemCode;
use compago::value::{
    ButtonText, Description, Environment, ExternalId, FormTtl, ItemName, SaleReference, StateCode, TerminalCode, Ttl,
};
use compago::webhook::EventKind;
use serde_json::Value;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_same_words() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    let state = &schemas["BillingInformation"]["properties"]["address"]["properties"]["state"];
    assert_same(&schemas["FieldProblemCode"], ProblemCode::ALL.iter().map(|code| code.as_str()));
    assert_same(&schemas["OrderStatus"], OrderStatus::ALL.iter().map(|status| status.as_str()));
    assert_same(&schemas["EventType"], EventKind::ALL.iter().map(|kind| kind.as_str()));
    assert_same(&schemas["Environment"], Environment::ALL.iter().map(|environment| environment.as_str()));
    assert_same(state, StateCode::ALL.iter().map(|state| state.code()));
    let webhooks: BTreeSet<&str> = document["webhooks"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(webhooks, EventKind::ALL.iter().map(|kind| kind.as_str()).collect());
}

#[test]
fn the_same_limits() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    let ordered = &schemas["OperatorOrderRequest"]["properties"];
    assert_eq!(ordered["description"]["maxLength"], Description::MAX_CHARS);
    assert_eq!(ordered["ttlMinutes"]["minimum"], Ttl::MIN.minutes());
    assert_eq!(ordered["ttlMinutes"]["maximum"], Ttl::MAX.minutes());
    assert_eq!(schemas["ExternalId"]["pattern"], format!("^[A-Za-z0-9_-]{{1,{}}}$", ExternalId::MAX_CHARS));
    let name = &schemas["CatalogItem"]["properties"]["name"]["properties"]["es-MX"];
    assert_eq!(name["maxLength"], ItemName::MAX_CHARS);
    let word = |limit: usize| format!("^[A-Za-z0-9][A-Za-z0-9._-]{{0,{}}}$", limit - 1);
    assert_eq!(schemas["TerminalCode"]["pattern"], word(TerminalCode::MAX_CHARS));
    assert_eq!(schemas["SaleReference"]["pattern"], word(SaleReference::MAX_CHARS));
    let saved = &schemas["SaveCardRequest"]["properties"];
    assert_eq!(saved["ttlMinutes"]["minimum"], FormTtl::MIN.minutes());
    assert_eq!(saved["ttlMinutes"]["maximum"], FormTtl::MAX.minutes());
    assert_eq!(saved["ttlMinutes"]["default"], FormTtl::DEFAULT.minutes());
    assert_eq!(saved["buttonText"]["maxLength"], ButtonText::MAX_CHARS);
    assert_eq!(schemas["ChargeCardRequest"]["properties"]["description"]["maxLength"], Description::MAX_CHARS);
    assert_eq!(document["components"]["parameters"]["PageSize"]["schema"]["maximum"], PageSize::MAX.get());
    assert_eq!(document["components"]["parameters"]["PageSize"]["schema"]["default"], PageSize::DEFAULT.get());
    let lines = &schemas["ShopOrderRequest"]["properties"]["items"];
    assert_eq!(lines["maxItems"], compago::edge::shop::MAX_LINES);
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

fn assert_same<'a>(schema: &Value, expected: impl Iterator<Item = &'a str>) {
    let told: BTreeSet<&str> = schema["enum"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    assert_eq!(told, expected.collect());
}

fn assert_documented<E: Endpoint>(document: &Value, path: &str) {
    let method = E::METHOD.as_str().to_ascii_lowercase();
    assert!(document["paths"][path][&method].is_object(), "{method} {path}");
}
