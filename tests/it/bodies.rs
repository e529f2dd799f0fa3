//! A refused body reports all its problems, always in the same order, and never repeats its values.

use compago::{
    body::{self, MAX_PROBLEMS},
    edge::{OperatorOrderRequest, ShopOrderRequest},
    json,
    problem::{Locale, ProblemCode, Problems},
    value::{Sku, Ttl},
};
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::orders::{operator_order, shop, shop_order};

#[cfg(not(target_family = "wasm"))]
mod properties;
mod return_urls;

fn found(problems: &Problems) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.pointer.as_str(), problem.code.as_str())).collect()
}

fn shop_problems(body: &Value) -> Problems {
    ShopOrderRequest::from_json(&crate::wire::tree(body)).unwrap_err()
}

#[test]
fn all_problems_are_reported_in_the_order_of_the_form() {
    let problems = shop_problems(&json!({
        "aUnknown": 1,
        "billingInformation": {
            "address": { "zip": "3100", "state": "California", "city": "a\u{7}b", "unknown": null },
            "phoneNumber": "1234",
            "lastName": "x".repeat(81),
            "firstName": " ",
            "email": 5,
        },
        "items": [{ "sku": "taza", "quantity": 0 }, { "sku": "t a", "quantity": "2", "price": "0.01" }, 7],
        "ttlMinutes": 9,
    }));
    assert_eq!(
        found(&problems),
        [
            ("/items/0/quantity", "quantity-range"),
            ("/items/1/sku", "sku-format"),
            ("/items/1/quantity", "type-integer"),
            ("/items/2", "type-object"),
            ("/billingInformation/email", "type-string"),
            ("/billingInformation/firstName", "required"),
            ("/billingInformation/lastName", "too-long"),
            ("/billingInformation/phoneNumber", "phone-country-code"),
            ("/billingInformation/address/addressLine", "required"),
            ("/billingInformation/address/city", "control-character"),
            ("/billingInformation/address/state", "state-code"),
            ("/billingInformation/address/zip", "zip-format"),
            ("/ttlMinutes", "ttl-range"),
            ("/items/1/price", "unknown-field"),
            ("/billingInformation/address/unknown", "unknown-field"),
            ("/aUnknown", "unknown-field"),
        ]
    );
}

#[test]
fn a_duplicate_field_is_refused_even_if_both_values_are_equal() {
    let body = shop_order().to_string();
    for (one, two, expected) in [
        (r#""quantity":2"#, r#""quantity":2,"quantity":2"#, vec![("/items/0/quantity", "doubled-field")]),
        (r#""zip":"#, r#""zip":"72999","zip":"#, vec![("/billingInformation/address/zip", "doubled-field")]),
        (
            r#""email":"#,
            r#""email":"no","email":"#,
            vec![("/billingInformation/email", "doubled-field"), ("/billingInformation/email", "email-format")],
        ),
        (r#""items":"#, r#""items":null,"items":"#, vec![("/items", "doubled-field"), ("/items", "required")]),
    ] {
        assert!(body.contains(one), "{one}: {body}");
        let doubled = json::parse(&body.replacen(one, two, 1)).unwrap();
        assert_eq!(found(&ShopOrderRequest::from_json(&doubled).unwrap_err()), expected, "{two}");
    }
}

#[test]
fn a_body_that_is_not_an_object_has_one_problem() {
    for body in [json!(null), json!([]), json!("x"), json!(1), json!(true)] {
        assert_eq!(found(&shop_problems(&body)), [("", "type-object")]);
    }
    assert_eq!(found(&shop_problems(&json!({}))), [("/items", "required"), ("/billingInformation", "required")]);
}

#[test]
fn an_operators_body_is_read_the_same_way() {
    let problems = OperatorOrderRequest::from_json(
        &crate::wire::tree(&json!({
            "amount": 350.5, "description": "a\u{E000}b", "externalId": "a b", "ttlMinutes": 2.5,
            "homepageUrl": "http://shop.example/", "returnUrl": "https://evil.example/", "currency": "MXN",
        })),
        &shop(),
    )
    .unwrap_err();
    assert_eq!(
        found(&problems),
        [
            ("/amount", "type-string"),
            ("/description", "control-character"),
            ("/externalId", "external-id-format"),
            ("/billingInformation", "required"),
            ("/ttlMinutes", "type-integer"),
            ("/homepageUrl", "url-https"),
            ("/returnUrl", "url-origin"),
            ("/currency", "unknown-field"),
        ]
    );
}

#[test]
fn each_error_in_an_amount_has_its_own_code() {
    for (amount, code) in [
        ("", "amount-format"),
        ("1,000.00", "amount-format"),
        ("-1", "amount-format"),
        ("1.005", "amount-decimals"),
        ("0.00", "amount-range"),
        ("100000000", "amount-range"),
    ] {
        let mut body = operator_order();
        body["amount"] = json!(amount);
        let problems = OperatorOrderRequest::from_json(&crate::wire::tree(&body), &shop()).unwrap_err();
        assert_eq!(found(&problems), [("/amount", code)], "{amount}");
    }
}

#[test]
fn whole_numbers_are_neither_text_nor_fractions() {
    for (value, refused) in [
        (json!(10), None),
        (json!(2880), None),
        (json!(9), Some(ProblemCode::TtlRange)),
        (json!(-30), Some(ProblemCode::TtlRange)),
        (json!(4_294_967_306_u64), Some(ProblemCode::TtlRange)),
        (json!(u64::MAX), Some(ProblemCode::TtlRange)),
        (json!(30.0), Some(ProblemCode::TypeInteger)),
        (json!(30.5), Some(ProblemCode::TypeInteger)),
        (json!("30"), Some(ProblemCode::TypeInteger)),
        (json!(true), Some(ProblemCode::TypeInteger)),
    ] {
        assert_eq!(
            body::integer::<Ttl>(&crate::wire::tree(&value)).err().map(|refusal| refusal.code),
            refused,
            "{value}"
        );
    }
}

#[test]
fn names_in_pointers_are_escaped() {
    let mut body = shop_order();
    body["a/b~c"] = json!(1);
    assert_eq!(found(&shop_problems(&body)), [("/a~1b~0c", "unknown-field")]);
}

#[test]
fn null_is_the_same_as_missing() {
    let mut body = shop_order();
    body["ttlMinutes"] = json!(null);
    assert!(ShopOrderRequest::from_json(&crate::wire::tree(&body)).is_ok());
    body["items"] = json!(null);
    assert_eq!(found(&shop_problems(&body)), [("/items", "required")]);
}

#[test]
fn lists_are_neither_empty_nor_endless() {
    let mut body = shop_order();
    for (items, code) in
        [(json!([]), "items-empty"), (json!({}), "type-array"), (json!(vec![json!({ "x": 1 }); 51]), "items-too-many")]
    {
        body["items"] = items;
        assert_eq!(found(&shop_problems(&body)), [("/items", code)]);
    }
}

#[test]
fn many_small_errors_do_not_make_a_large_answer() {
    let mut body = shop_order();
    for at in 0..3_000 {
        body[format!("k{at}")] = json!(0);
    }
    body["ttlMinutes"] = json!(1);
    let problems = shop_problems(&body);
    assert_eq!(problems.len(), MAX_PROBLEMS);
    assert_eq!(problems.first().code, ProblemCode::TtlRange);
}

#[test]
fn no_rejected_value_is_repeated() {
    let marker = "zq9marker\u{7}";
    let mut bodies = vec![json!(marker), json!([marker])];
    for pointer in ["/items", "/items/0", "/items/0/sku", "/items/0/quantity", "/billingInformation", "/ttlMinutes"] {
        let mut body = shop_order();
        *body.pointer_mut(pointer).unwrap() = json!(marker);
        bodies.push(body);
    }
    for field in ["email", "firstName", "lastName", "phoneNumber", "address"] {
        let mut body = shop_order();
        body["billingInformation"][field] = json!(marker);
        bodies.push(body);
    }
    for field in ["addressLine", "city", "state", "zip"] {
        let mut body = shop_order();
        body["billingInformation"]["address"][field] = json!(marker);
        bodies.push(body);
    }
    for body in bodies {
        for problem in shop_problems(&body) {
            let messages = Locale::ALL.iter().map(|locale| problem.detail(*locale)).collect::<String>();
            assert!(!format!("{problem:?}{messages}").contains("zq9"), "{problem:?}");
        }
    }
}

#[test]
fn errors_of_stored_text_do_not_repeat_it_either() {
    let line = compago::json::parse(r#"{"sku":"zq9 marker"}"#).unwrap();
    let error = line.field::<Sku>("sku").unwrap_err().to_string();
    assert!(error.contains("sku") && !error.contains("zq9"), "{error}");
}
