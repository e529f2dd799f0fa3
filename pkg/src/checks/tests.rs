#![allow(clippy::unwrap_used, reason = "a test that cannot read what it made fails")]

use compago::endpoint::{Method, Request, Transport};
use compago_client::Limits;
use compago_client::transport::gloo_net::EdgeTransport;
use js_sys::{Array, BigInt, Date, Function, JSON, Map, Object, Reflect, Set, Symbol, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::Checks;

const GOOD: &str = r#"{
    "items": [{ "sku": "cafe-altos-340", "quantity": 2 }],
    "billingInformation": {
        "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "55 1234 5678",
        "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "72000" }
    }
}"#;

#[wasm_bindgen_test]
fn a_good_body_has_no_problems() {
    assert!(problems("es-MX", &body(GOOD)).is_empty());
}

#[wasm_bindgen_test]
fn all_problems_are_reported_at_once_in_the_order_of_the_form() {
    let found = problems("es-MX", &body(r#"{ "items": [], "billingInformation": { "email": "ana" } }"#));
    let pointers: Vec<_> = found.iter().map(|problem| text(problem, "pointer")).collect();
    assert_eq!(
        pointers,
        [
            "/items",
            "/billingInformation/email",
            "/billingInformation/firstName",
            "/billingInformation/lastName",
            "/billingInformation/phoneNumber",
            "/billingInformation/address",
        ]
    );
    assert_eq!(text(found.get(1).unwrap(), "code"), "email-format");
}

/// A Rust program in a page can read the results like any other plain value.
#[wasm_bindgen_test]
fn problems_are_plain_values_that_serde_reads() {
    #[derive(serde::Deserialize)]
    struct Found {
        pointer: String,
        code: String,
        detail: String,
    }

    let value = Checks::new("en").check("order", &body(r#"{ "items": [] }"#));
    let problems: Vec<Found> = serde_wasm_bindgen::from_value(value).unwrap();
    let found: Vec<_> = problems.iter().map(|problem| (problem.pointer.as_str(), problem.code.as_str())).collect();
    assert_eq!(found, [("/items", "items-empty"), ("/billingInformation", "required")]);
    assert!(problems.iter().all(|problem| !problem.detail.is_empty()));
}

#[wasm_bindgen_test]
fn messages_are_localized() {
    let pointer = "/billingInformation/address/zip";
    let detail = |language| text(&Checks::new(language).check_field("order", pointer, &"72".into()), "detail");
    assert_eq!(detail("es-MX"), "Escribe los cinco dígitos del código postal.");
    assert_eq!(detail("en"), "Enter the five-digit postal code.");
    assert_eq!(detail("fr"), detail("es-MX"));
}

#[wasm_bindgen_test]
fn fields_of_shipping_and_metadata_are_checked_alone() {
    let checks = Checks::new("en");
    let code = |kind, pointer, value: &str| {
        let problem = checks.check_field(kind, pointer, &value.into());
        (!problem.is_undefined()).then(|| text(&problem, "code"))
    };
    assert_eq!(code("order", "/shipping/method", "express"), None);
    assert_eq!(code("order", "/shipping/method", "Express!").as_deref(), Some("shipping-method-format"));
    assert_eq!(code("order", "/shipping/address/zip", "441").as_deref(), Some("zip-format"));
    assert_eq!(code("order", "/shipping/recipient", " ").as_deref(), Some("required"));
    // Names of metadata may be numbers, which are no indexes there.
    for kind in ["order", "payment-intent"] {
        assert_eq!(code(kind, "/metadata/4", "Ana"), None);
        assert_eq!(code(kind, "/metadata/4", &"a".repeat(201)).as_deref(), Some("too-long"));
    }
}

#[wasm_bindgen_test]
fn one_field_is_checked_alone() {
    let checks = Checks::new("en");
    assert!(
        checks.check_field("order", "/billingInformation/phoneNumber", &"+52 1 55 1234 5678".into()).is_undefined()
    );
    let problem = checks.check_field("order", "/billingInformation/phoneNumber", &"1234".into());
    assert_eq!(text(&problem, "pointer"), "/billingInformation/phoneNumber");
    assert_eq!(text(&problem, "code"), "phone-country-code");
    let empty = checks.check_field("order", "/billingInformation/firstName", &"  ".into());
    assert_eq!(text(&empty, "code"), "required");
    let unknown = checks.check_field("order", "/billingInformation/nickname", &"Ani".into());
    assert_eq!(text(&unknown, "code"), "unknown-field");
}

/// Invisible characters from pasting are accepted, and errors have the same codes as in the Worker.
#[wasm_bindgen_test]
fn pasted_text_is_cleaned_before_it_is_checked() {
    let checks = Checks::new("en");
    for (field, pasted, code) in [
        ("email", "\u{FEFF}ana@example.com\u{A0}", ""),
        ("email", "ana..ruiz@example.com", "email-dots"),
        ("firstName", "Ana\u{AD}\tMar\u{200B}ía\n", ""),
        ("firstName", "\u{3164}", "required"),
        ("firstName", "\u{E000}", "control-character"),
        ("lastName", "Z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", "stacked-marks"),
        ("phoneNumber", "+52\u{200B} 55\u{2212}1234 0000\u{200D}", ""),
        ("phoneNumber", "55 1234 0000 ext. 102", "phone-extension"),
        ("phoneNumber", "1111111111", "phone-repeated"),
        ("address/state", " mx-cmx\u{200B}", ""),
        ("address/zip", "\u{202D}07200\u{202C}", ""),
    ] {
        let problem = checks.check_field("order", &format!("/billingInformation/{field}"), &pasted.into());
        let found = if problem.is_undefined() { String::new() } else { text(&problem, "code") };
        assert_eq!(found, code, "{field} {pasted:?}");
    }
}

#[wasm_bindgen_test]
fn values_that_are_not_bodies_are_refused_without_exceptions() {
    let round = Object::new();
    Reflect::set(&round, &"items".into(), &round).unwrap();
    for body in
        [JsValue::NULL, JsValue::UNDEFINED, 5.into(), f64::NAN.into(), "text".into(), Array::new().into(), round.into()]
    {
        assert!(!problems("en", &body).is_empty(), "{body:?}");
    }
}

/// The value counts as missing, and the rest of the body is still checked.
#[wasm_bindgen_test]
fn values_without_a_json_form_are_invalid_and_hide_no_other_problem() {
    let line = Map::new();
    line.set(&"sku".into(), &"cafe-altos-340".into()).set(&"quantity".into(), &2.into());
    let values: [JsValue; 7] = [
        f64::INFINITY.into(),
        Function::new_no_args("return 2").into(),
        Symbol::for_("2").into(),
        Date::new_0().into(),
        line.into(),
        Set::new(&JsValue::NULL).into(),
        Uint8Array::new_with_length(2).into(),
    ];
    for value in values {
        let body = body(&GOOD.replace("72000", "7"));
        let items: Array = Reflect::get(&body, &"items".into()).unwrap().unchecked_into();
        Reflect::set(&items.get(0), &"quantity".into(), &value).unwrap();
        let pointers: Vec<_> = problems("en", &body).iter().map(|problem| text(problem, "pointer")).collect();
        assert_eq!(pointers, ["/items/0/quantity", "/billingInformation/address/zip"], "{value:?}");
        items.set(0, value);
        assert!(problems("en", &body).iter().any(|problem| text(problem, "pointer").starts_with("/items/0")));
    }
}

/// `JSON.stringify` throws for them, as it would when they are sent.
#[wasm_bindgen_test]
fn values_that_json_cannot_write_are_not_bodies() {
    let deep = "[".repeat(5_000) + &"]".repeat(5_000);
    let round = Array::new();
    round.push(&round);
    let items = Object::new();
    for value in [BigInt::from(2).into(), BigInt::from(u64::MAX).into(), round.clone().into(), body(&deep)] {
        Reflect::set(&items, &"items".into(), &value).unwrap();
        let found = problems("en", &items);
        assert_eq!(found.iter().map(|problem| text(problem, "code")).collect::<Vec<_>>(), ["type-object"], "{value:?}");
    }
    let problem = Checks::new("en").check_field("order", "/items/0/sku", &round);
    assert_eq!(text(&problem, "code"), "required");
}

#[wasm_bindgen_test]
fn numbers_keep_their_kind() {
    for (quantity, code) in [
        ("1.5", "type-integer"),
        ("0", "quantity-range"),
        ("1e21", "type-integer"),
        ("1e300", "type-integer"),
        ("-3", "quantity-range"),
        ("9007199254740992", "quantity-range"),
    ] {
        let body = body(&GOOD.replace(r#""quantity": 2"#, &format!(r#""quantity": {quantity}"#)));
        let found = problems("en", &body);
        assert_eq!(found.iter().map(|problem| text(problem, "code")).collect::<Vec<_>>(), [code], "{quantity}");
    }
}

#[wasm_bindgen_test]
fn fields_that_are_undefined_are_missing() {
    let body = body(GOOD);
    Reflect::set(&body, &"ttlMinutes".into(), &JsValue::UNDEFINED).unwrap();
    assert!(problems("en", &body).is_empty());
}

/// A page in Rust sends what it has checked: the stand-in for the Worker returns the body that it received.
#[wasm_bindgen_test]
async fn a_body_is_sent_as_it_was_checked() {
    let order = body(GOOD);
    Reflect::set(&order, &"ttlMinutes".into(), &JsValue::UNDEFINED).unwrap();
    assert!(problems("en", &order).is_empty());
    js_sys::eval(
        "globalThis.realFetch = fetch; globalThis.fetch = async (request) => new Response(await request.text());",
    )
    .unwrap();
    let request = Request {
        name: "shop.order.create",
        method: Method::Post,
        target: "/api/shop/orders".to_owned(),
        headers: Vec::new(),
        body: Some(JSON::stringify(&order).unwrap().into()),
    };
    let worker = EdgeTransport::new("http://127.0.0.1:8787".parse().unwrap(), Limits::default());
    let reply = worker.send(request).await;
    js_sys::eval("globalThis.fetch = globalThis.realFetch;").unwrap();
    let received = String::from_utf8(reply.unwrap().body).unwrap();
    assert_eq!(received, String::from(JSON::stringify(&body(GOOD)).unwrap()));
    assert!(problems("en", &body(&received)).is_empty());
}

#[wasm_bindgen_test]
fn states_and_fields_are_listed_for_a_form() {
    let states: Array = Checks::states().unchecked_into();
    assert_eq!(states.length(), 32);
    assert_eq!(
        (text(&states.get(6), "code"), text(&states.get(6), "name")),
        ("CDMX".into(), "Ciudad de México".into())
    );
    let fields: Array = Checks::billing_fields().unchecked_into();
    assert_eq!(text(&fields.get(0), "pointer"), "/billingInformation/email");
    assert_eq!(text(&fields.get(0), "inputType"), "email");
}

fn body(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

fn problems(language: &str, body: &JsValue) -> Vec<JsValue> {
    Checks::new(language).check("order", body).unchecked_into::<Array>().to_vec()
}

fn text(object: &JsValue, name: &str) -> String {
    Reflect::get(object, &name.into()).unwrap().as_string().unwrap()
}
