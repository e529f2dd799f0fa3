//! What is ordered, and what it costs.

use compago::{
    edge::{Catalog, CatalogRules, OperatorOrderRequest, ShopOrderRequest, form::BILLING_FIELDS},
    problem::{Locale, ProblemCode, Problems},
    value::{Description, Origin},
};
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

pub(crate) fn shop() -> Origin {
    "https://shop.example".parse().unwrap()
}

fn billing() -> Value {
    json!({
        "email": "ana@example.com",
        "firstName": "Ana",
        "lastName": "Ruiz",
        "phoneNumber": "+525512340000",
        "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "72000" },
    })
}

pub(crate) fn shop_order() -> Value {
    json!({
        "items": [{ "sku": "taza", "quantity": 2 }],
        "billingInformation": billing(),
        "ttlMinutes": 30,
        "returnUrl": "https://blog.example/tienda/",
    })
}

pub(crate) fn operator_order() -> Value {
    json!({
        "amount": "350.50",
        "description": "Factura 881",
        "externalId": "factura-881",
        "billingInformation": billing(),
        "ttlMinutes": 30,
        "homepageUrl": "https://tienda.example/",
        "returnUrl": "https://shop.example/gracias",
    })
}

fn ordered(lines: &[(&str, u32)]) -> ShopOrderRequest {
    let items: Vec<Value> = lines.iter().map(|(sku, quantity)| json!({ "sku": sku, "quantity": quantity })).collect();
    ShopOrderRequest::from_json(&crate::wire::tree(&json!({ "items": items, "billingInformation": billing() })))
        .unwrap()
}

fn catalog(items: &[(&str, &str, &str)]) -> Catalog {
    let items: Vec<Value> = items
        .iter()
        .map(|(sku, name, amount)| json!({ "sku": sku, "name": { "es-MX": name, "en": name }, "unitAmount": amount }))
        .collect();
    Catalog::parse(&json!({ "currency": "MXN", "items": items }).to_string(), CatalogRules::default()).unwrap()
}

fn codes(problems: &Problems) -> Vec<(&str, ProblemCode)> {
    problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect()
}

#[test]
fn what_a_client_writes_is_what_the_server_reads() {
    let order = ShopOrderRequest::from_json(&crate::wire::tree(&shop_order())).unwrap();
    assert_eq!(crate::wire::to_value(&order), shop_order());
    let order = OperatorOrderRequest::from_json(&crate::wire::tree(&operator_order()), &shop()).unwrap();
    assert_eq!(crate::wire::to_value(&order), operator_order());
}

#[test]
fn what_may_be_left_out_may() {
    let mut body = shop_order();
    for name in ["ttlMinutes", "returnUrl"] {
        body.as_object_mut().unwrap().remove(name);
    }
    let order = ShopOrderRequest::from_json(&crate::wire::tree(&body)).unwrap();
    assert_eq!(crate::wire::to_value(&order), body);
    let mut body = operator_order();
    for name in ["externalId", "ttlMinutes", "homepageUrl", "returnUrl"] {
        body.as_object_mut().unwrap().remove(name);
    }
    let order = OperatorOrderRequest::from_json(&crate::wire::tree(&body), &shop()).unwrap();
    assert_eq!(crate::wire::to_value(&order), body);
}

#[test]
fn a_sku_named_twice_is_refused_at_its_second_line() {
    let mut body = shop_order();
    body["items"] = json!([
        { "sku": "taza", "quantity": 1 },
        { "sku": "cafe", "quantity": 1 },
        { "sku": "taza", "quantity": 1 },
    ]);
    let problems = ShopOrderRequest::from_json(&crate::wire::tree(&body)).unwrap_err();
    assert_eq!(codes(&problems), [("/items/2/sku", ProblemCode::SkuRepeated)]);
}

#[test]
fn the_price_is_the_catalogs() {
    let catalog = catalog(&[("taza", "Taza", "120.00"), ("cafe", "Café, 500 g", "189.90")]);
    let priced = catalog.price(&ordered(&[("cafe", 3), ("taza", 1)]), Locale::EsMx).unwrap();
    assert_eq!(priced.amount.to_string(), "689.70");
    assert_eq!(priced.description.as_str(), "3 × Café, 500 g, 1 × Taza");
}

#[test]
fn each_product_that_is_not_for_sale_is_told() {
    let problems = catalog(&[("taza", "Taza", "1")])
        .price(&ordered(&[("a", 1), ("taza", 1), ("b", 1)]), Locale::EsMx)
        .unwrap_err();
    assert_eq!(
        codes(&problems),
        [("/items/0/sku", ProblemCode::SkuUnknown), ("/items/2/sku", ProblemCode::SkuUnknown)]
    );
}

#[test]
fn a_total_above_our_limit_is_refused() {
    let catalog = catalog(&[("a", "A", "99999999.99"), ("b", "B", "0.01"), ("c", "C", "99999999.98")]);
    for lines in [&[("a", 2)][..], &[("a", 1), ("b", 1)]] {
        let problems = catalog.price(&ordered(lines), Locale::EsMx).unwrap_err();
        assert_eq!(codes(&problems), [("/items", ProblemCode::TotalRange)]);
    }
    assert_eq!(catalog.price(&ordered(&[("c", 1), ("b", 1)]), Locale::EsMx).unwrap().amount.to_string(), "99999999.99");
}

#[test]
fn a_long_cart_is_described_within_the_limit() {
    let skus: Vec<String> = (0..50).map(|at| format!("s{at}")).collect();
    for length in 1..=80 {
        let name = "ñ".repeat(length);
        let items: Vec<_> = skus.iter().map(|sku| (sku.as_str(), name.as_str(), "1.00")).collect();
        let lines: Vec<_> = skus.iter().map(|sku| (sku.as_str(), 99)).collect();
        let description = catalog(&items).price(&ordered(&lines), Locale::EsMx).unwrap().description;
        assert_eq!(description.as_str().parse::<Description>().as_ref(), Ok(&description));
        assert!(description.as_str().ends_with(" productos más"), "{description}");
        let shown = description.as_str().matches('×').count();
        assert!(description.as_str().contains(&format!(" y {} productos más", 50 - shown)), "{description}");
    }
}

#[test]
fn a_catalog_is_read_with_its_display_fields() {
    let catalog = Catalog::parse(
        r#"{ "currency": "MXN", "items": [ { "sku": "taza", "unitAmount": "120.00",
             "name": { "es-MX": "Taza", "en": "Mug" }, "description": { "en": "x" }, "picture": "/img/mug.svg" } ] }"#,
        CatalogRules::default(),
    )
    .unwrap();
    assert_eq!(
        crate::wire::to_value(&catalog.items()),
        json!([{ "sku": "taza", "name": { "es-MX": "Taza", "en": "Mug" }, "unitAmount": "120.00", "available": true }])
    );
}

#[test]
fn the_shops_own_catalog_can_be_sold() {
    let catalog = Catalog::parse(include_str!("../shop/catalog.json"), CatalogRules::default()).unwrap();
    assert!(!catalog.items().is_empty());
}

#[test]
fn the_form_asks_for_every_field_that_is_checked() {
    let empty = json!({ "items": [{ "sku": "a", "quantity": 1 }], "billingInformation": { "address": {} } });
    let mut required: Vec<String> = ShopOrderRequest::from_json(&crate::wire::tree(&empty))
        .unwrap_err()
        .into_iter()
        .map(|problem| problem.pointer)
        .collect();
    let mut asked: Vec<String> = BILLING_FIELDS.iter().map(|field| field.pointer.to_owned()).collect();
    required.sort();
    asked.sort();
    assert_eq!(asked, required);
}
