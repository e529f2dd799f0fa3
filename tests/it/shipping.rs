//! What an order costs with its delivery, and what of it cannot be ordered.

use compago::edge::catalog::MAX_SHIPPING_METHODS;
use compago::edge::shipping::DeliveryDetails;
use compago::edge::{Catalog, CatalogRules, FileError, OperatorOrderRequest, Priced, ShopOrderRequest};
use compago::edge::{FilePlace, FileProblemKind};
use compago::problem::{Locale, Problems};
use compago::value::BillingInformation;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::orders::{operator_order, shop, shop_order};
use crate::wire::{from_value, to_value, tree};

fn file() -> Value {
    let named = |es: &str, en: &str| json!({ "es-MX": es, "en": en });
    json!({
        "currency": "MXN",
        "items": [
            { "sku": "cafe", "name": named("Café", "Coffee"), "unitAmount": "300.00" },
            { "sku": "taza", "name": named("Taza", "Mug"), "unitAmount": "120.00", "available": true },
            { "sku": "olla", "name": named("Olla", "Pot"), "unitAmount": "10.00", "available": false },
        ],
        "shippingMethods": [
            { "method": "standard", "name": named("Envío", "Delivery"), "amount": "99.00", "freeFrom": "900.00" },
            { "method": "express", "name": named("Mañana", "Tomorrow"), "amount": "199" },
            { "method": "pickup", "name": named("Recoger", "Pick up"), "amount": "0.00", "pickup": true },
        ],
    })
}

fn catalog() -> Catalog {
    parse(&file()).unwrap()
}

fn parse(file: &Value) -> Result<Catalog, FileError> {
    Catalog::parse(&file.to_string(), CatalogRules::default())
}

fn request(items: &Value, shipping: &Value) -> ShopOrderRequest {
    let mut body = shop_order();
    body["items"] = items.clone();
    body["shipping"] = shipping.clone();
    ShopOrderRequest::from_json(&tree(&body)).unwrap()
}

fn line(sku: &str, quantity: u32) -> Value {
    json!({ "sku": sku, "quantity": quantity })
}

fn price(items: &[Value], shipping: &Value) -> Result<Priced, Problems> {
    catalog().price(&request(&json!(items), shipping), Locale::EsMx)
}

fn codes(problems: &Problems) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.pointer.as_str(), problem.code.as_str())).collect()
}

#[test]
fn the_fee_is_the_methods_and_nothing_from_its_sum_on() {
    for (items, method, amount, fee, description) in [
        (vec![line("cafe", 2)], Value::Null, "600.00", None, "2 × Café"),
        (vec![line("cafe", 2)], json!("standard"), "699.00", Some("99.00"), "2 × Café y envío"),
        (vec![line("cafe", 3)], json!("standard"), "900.00", Some("0.00"), "3 × Café y envío"),
        (vec![line("taza", 7)], json!("standard"), "939.00", Some("99.00"), "7 × Taza y envío"),
        (vec![line("taza", 8)], json!("standard"), "960.00", Some("0.00"), "8 × Taza y envío"),
        (vec![line("cafe", 99)], json!("express"), "29899.00", Some("199.00"), "99 × Café y envío"),
        (vec![line("cafe", 1), line("taza", 1)], json!("pickup"), "420.00", Some("0.00"), "1 × Café, 1 × Taza"),
    ] {
        let shipping = if method.is_null() { Value::Null } else { json!({ "method": method }) };
        let priced = price(&items, &shipping).unwrap();
        assert_eq!(priced.amount.to_string(), amount, "{items:?} {method}");
        assert_eq!(priced.shipping.map(|shipping| shipping.amount.to_string()).as_deref(), fee, "{items:?} {method}");
        assert_eq!(priced.description.as_str(), description);
        assert_eq!(priced.delivery.is_some(), !method.is_null());
        assert_eq!(priced.items.len(), items.len());
    }
}

#[test]
fn an_order_names_its_items_and_its_delivery_in_its_own_language() {
    let wanted = request(&json!([line("taza", 2)]), &json!({ "method": "standard", "recipient": "Luz Vega" }));
    for (locale, item, method) in [(Locale::EsMx, "Taza", "Envío"), (Locale::En, "Mug", "Delivery")] {
        let priced = catalog().price(&wanted, locale).unwrap();
        assert_eq!(
            to_value(&priced.items),
            json!([{ "sku": "taza", "name": item, "quantity": 2, "unitAmount": "120.00" }])
        );
        assert_eq!(
            to_value(&priced.shipping),
            json!({ "method": "standard", "name": method, "amount": "99.00", "pickup": false })
        );
        assert_eq!(priced.description.as_str(), "2 × Taza y envío", "the checkout stays Spanish");
    }
}

#[test]
fn all_that_cannot_be_ordered_is_reported_at_once() {
    for (items, shipping, expected) in [
        (vec![line("olla", 1)], Value::Null, vec![("/items/0/sku", "sku-sold-out")]),
        (
            vec![line("cafe", 1), line("olla", 1), line("gato", 1)],
            json!({ "method": "dron" }),
            vec![
                ("/items/1/sku", "sku-sold-out"),
                ("/items/2/sku", "sku-unknown"),
                ("/shipping/method", "shipping-method-unknown"),
            ],
        ),
        (vec![line("cafe", 1)], json!({ "method": "dron" }), vec![("/shipping/method", "shipping-method-unknown")]),
    ] {
        assert_eq!(codes(&price(&items, &shipping).unwrap_err()), expected);
    }
    let rules = CatalogRules { shipping_required: true, ..CatalogRules::default() };
    let catalog = Catalog::parse(&file().to_string(), rules).unwrap();
    let without = catalog.price(&request(&json!([line("cafe", 1), line("olla", 1)]), &Value::Null), Locale::EsMx);
    assert_eq!(codes(&without.unwrap_err()), [("/items/1/sku", "sku-sold-out"), ("/shipping", "required")]);
    assert!(catalog.price(&request(&json!([line("cafe", 1)]), &json!({ "method": "pickup" })), Locale::EsMx).is_ok());
}

#[test]
fn a_total_with_its_fee_has_our_limit_too() {
    let mut file = file();
    file["items"][0]["unitAmount"] = json!("99999999.00");
    let catalog = parse(&file).unwrap();
    let of =
        |method: &str| catalog.price(&request(&json!([line("cafe", 1)]), &json!({ "method": method })), Locale::EsMx);
    assert_eq!(codes(&of("express").unwrap_err()), [("/items", "total-range")]);
    assert_eq!(of("standard").unwrap().amount.to_string(), "99999999.00");
}

#[test]
fn a_request_for_delivery_is_checked_field_by_field() {
    let mut body = shop_order();
    let address = json!({ "addressLine": "Calle 1", "city": "Puebla", "state": "PUE", "zip": "72000" });
    let whole = json!({
        "method": "standard", "recipient": "Luz Vega", "phoneNumber": "+525512340000", "address": address,
        "instructions": "Tocar el timbre",
    });
    body["shipping"] = whole;
    let read = ShopOrderRequest::from_json(&tree(&body)).unwrap();
    assert_eq!(to_value(&read), body);
    let shown = format!("{read:?}");
    assert!(["Luz", "timbre", "Calle", "5512340000"].iter().all(|secret| !shown.contains(secret)), "{shown}");
    body["shipping"] = json!({
        "method": "A b", "recipient": "x".repeat(101), "phoneNumber": "1", "address": { "city": "x" },
        "instructions": "x".repeat(201), "price": "0",
    });
    let problems = ShopOrderRequest::from_json(&tree(&body)).unwrap_err();
    assert_eq!(
        codes(&problems),
        [
            ("/shipping/method", "shipping-method-format"),
            ("/shipping/recipient", "too-long"),
            ("/shipping/phoneNumber", "phone-country-code"),
            ("/shipping/address/addressLine", "required"),
            ("/shipping/address/state", "required"),
            ("/shipping/address/zip", "required"),
            ("/shipping/instructions", "too-long"),
            ("/shipping/price", "unknown-field"),
        ]
    );
}

#[test]
fn an_operators_items_and_the_shops_fee_are_the_amount() {
    let item = |price: &str, quantity: u32| json!({ "name": "Factura", "quantity": quantity, "unitAmount": price });
    let read = |amount: &str, items: Value, shipping: Value| {
        let mut body = operator_order();
        body["amount"] = json!(amount);
        body["items"] = items;
        body["shipping"] = shipping;
        OperatorOrderRequest::from_json(&tree(&body), &shop())
    };
    assert!(read("300.00", json!([item("100", 3)]), Value::Null).is_ok());
    let refused = read("300.01", json!([item("100", 3)]), Value::Null).unwrap_err();
    assert_eq!(codes(&refused), [("/amount", "total-mismatch")]);
    assert!(refused.first().detail(Locale::En).contains("300.00"), "{}", refused.first().detail(Locale::En));
    assert!(refused.first().detail(Locale::EsMx).contains("300.00"));
    let too_much = read("1.00", json!([item("99999999.99", 99)]), Value::Null).unwrap_err();
    assert_eq!(codes(&too_much), [("/items", "total-range")]);
    assert_eq!(codes(&read("1.00", json!([]), Value::Null).unwrap_err()), [("/items", "items-empty")]);
    assert_eq!(
        codes(&read("1.00", json!(vec![item("1", 1); 51]), Value::Null).unwrap_err()),
        [("/items", "items-too-many")]
    );

    let by = |amount: &str, items: Value, method: &str| {
        let wanted = read(amount, items, json!({ "method": method })).unwrap();
        wanted.shipping_by(&catalog(), Locale::EsMx).map(|found| found.unwrap().0.amount.to_string())
    };
    assert_eq!(by("399.00", json!([item("100", 3)]), "standard").unwrap(), "99.00");
    assert_eq!(by("900.00", json!([item("100", 9)]), "standard").unwrap(), "0.00");
    let refused = by("300.00", json!([item("100", 3)]), "standard").unwrap_err();
    assert_eq!(codes(&refused), [("/amount", "total-mismatch")]);
    assert!(refused.first().detail(Locale::En).contains("399.00"));
    assert_eq!(
        codes(&by("300.00", json!([item("100", 3)]), "dron").unwrap_err()),
        [("/shipping/method", "shipping-method-unknown")]
    );
    assert_eq!(by("899.99", Value::Null, "standard").unwrap(), "99.00");
    assert_eq!(by("900.00", Value::Null, "standard").unwrap(), "0.00");
    assert_eq!(by("99.00", Value::Null, "standard").unwrap(), "99.00");
    assert_eq!(codes(&by("98.99", Value::Null, "standard").unwrap_err()), [("/amount", "total-mismatch")]);
    let none = read("1.00", Value::Null, Value::Null).unwrap().shipping_by(&catalog(), Locale::EsMx);
    assert_eq!(none, Ok(None));
}

#[test]
fn where_an_order_goes_is_what_the_payer_said_of_the_delivery_or_else_of_themselves() {
    let payer: BillingInformation = from_value(&shop_order()["billingInformation"]).unwrap();
    let of = |shipping: &Value| {
        let priced = price(&[line("cafe", 1)], shipping).unwrap();
        to_value(&DeliveryDetails::new(&payer, priced.delivery.as_ref(), priced.shipping.as_ref()))
    };
    let own = of(&json!({ "method": "standard" }));
    assert_eq!(
        own,
        json!({
            "recipient": "Ana Ruiz", "email": "ana@example.com", "phoneNumber": "+525512340000",
            "address": shop_order()["billingInformation"]["address"],
            "shipping": { "method": "standard", "name": "Envío", "amount": "99.00" },
        })
    );
    let address = json!({ "addressLine": "Calle 1", "city": "Oaxaca", "state": "OAX", "zip": "68000" });
    let other = json!({
        "recipient": "Luz Vega", "phoneNumber": "+525598765432", "address": address, "instructions": "Timbre 2",
    });
    let with = |method: &str| {
        let mut shipping = other.clone();
        shipping["method"] = json!(method);
        shipping
    };
    let sent = of(&with("express"));
    assert_eq!(
        (&sent["recipient"], &sent["address"], &sent["instructions"]),
        (&json!("Luz Vega"), &address, &json!("Timbre 2"))
    );
    assert_eq!((&sent["phoneNumber"], &sent["email"]), (&json!("+525598765432"), &json!("ana@example.com")));
    assert_eq!(of(&with("pickup"))["address"], Value::Null);
    let details = DeliveryDetails::new(&payer, None, None);
    assert_eq!(to_value(&details)["address"], shop_order()["billingInformation"]["address"], "an invoice's link");
    assert!(!format!("{details:?}").contains("Ana"));
}

#[test]
fn a_file_says_what_is_wrong_with_its_delivery() {
    let kinds = |change: &dyn Fn(&mut Value)| -> Vec<(FilePlace, Option<&'static str>, FileProblemKind)> {
        let mut file = file();
        change(&mut file);
        let error = parse(&file).unwrap_err();
        for problem in error.problems() {
            for locale in [Locale::EsMx, Locale::En] {
                let message = problem.message("catalog.json", locale);
                assert!(problem.field.path().is_none_or(|path| message.contains(path)), "{message}");
            }
        }
        error
            .problems()
            .iter()
            .map(|problem| (problem.place.clone(), problem.field.path(), problem.kind.clone()))
            .collect()
    };
    let method = |number: usize, code: Option<&str>| FilePlace::ShippingMethod {
        number,
        method: code.map(|code| code.parse().unwrap()),
    };
    use FileProblemKind::{
        AmountIsNumber, MethodFormat, MethodRepeated, Missing, Moved, NotArray, NotBoolean, NotObject, TooManyMethods,
    };
    assert_eq!(
        kinds(&|file| file["shippingMethods"][1] =
            json!({ "method": "standard", "amount": 5, "pickup": "yes", "freeFrom": 900 })),
        [
            (method(2, Some("standard")), Some("method"), MethodRepeated { first: 1 }),
            (method(2, Some("standard")), Some("name"), Missing),
            (method(2, Some("standard")), Some("amount"), AmountIsNumber),
            (method(2, Some("standard")), Some("freeFrom"), AmountIsNumber),
            (method(2, Some("standard")), Some("pickup"), NotBoolean),
        ]
    );
    assert_eq!(
        kinds(&|file| file["shippingMethods"][0]["method"] = json!("Envío")),
        [(method(1, None), Some("method"), MethodFormat)]
    );
    assert_eq!(kinds(&|file| file["shippingMethods"][0] = json!(5)), [(method(1, None), None, NotObject)]);
    assert_eq!(
        kinds(&|file| file["shippingMethods"] = json!({})),
        [(FilePlace::File, Some("shippingMethods"), NotArray)]
    );
    assert_eq!(
        kinds(&|file| file["shippingMethods"] = json!(vec![json!({}); MAX_SHIPPING_METHODS + 1])),
        [(FilePlace::File, Some("shippingMethods"), TooManyMethods { limit: MAX_SHIPPING_METHODS })]
    );
    assert_eq!(
        kinds(&|file| file["shippingRequired"] = json!(true)),
        [(FilePlace::File, Some("shippingRequired"), Moved)]
    );
    let sku = FilePlace::Item { number: 1, sku: Some("cafe".parse().unwrap()) };
    assert_eq!(kinds(&|file| file["items"][0]["available"] = json!(1)), [(sku, Some("available"), NotBoolean)]);
    let mut free = file();
    free["shippingMethods"][2]["amount"] = json!(0);
    let message = parse(&free).unwrap_err().message("catalog.json", Locale::En);
    assert!(message.starts_with(r#"catalog.json, shipping method 3 ("pickup"): amount is a number"#), "{message}");
}

#[test]
fn a_shop_that_asks_for_a_shipping_method_has_one() {
    let rules = CatalogRules { shipping_required: true, ..CatalogRules::default() };
    let mut file = file();
    for methods in [Value::Null, json!([])] {
        file["shippingMethods"] = methods;
        let error = Catalog::parse(&file.to_string(), rules).unwrap_err();
        assert_eq!(
            error.message("catalog.json", Locale::En),
            "catalog.json: shippingMethods is empty and shop.json asks for a shipping method in each order; add one, or write \"shippingRequired\": false in shop.json."
        );
    }
    assert!(!catalog().shipping_required());
}
