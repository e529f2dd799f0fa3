//! Bodies composed of valid and invalid parts.

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::*;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[ -~áñ\u{202E}\n]{0,12}|10|5512345678|72000|PUE|a@b.co|1\\.50".prop_map(Value::from),
    ];
    let names = prop_oneof![
        Just("items"),
        Just("sku"),
        Just("quantity"),
        Just("billingInformation"),
        Just("email"),
        Just("firstName"),
        Just("lastName"),
        Just("phoneNumber"),
        Just("address"),
        Just("addressLine"),
        Just("city"),
        Just("state"),
        Just("zip"),
        Just("ttlMinutes"),
        Just("amount"),
        Just("description"),
        Just("returnUrl"),
        Just("a/b~"),
    ];
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..8).prop_map(|fields| {
                let object: Map<_, _> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                Value::from(object)
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_body_is_accepted_or_its_problems_are_located(body in any_json()) {
        for outcome in [
            ShopOrderRequest::from_json(&crate::wire::tree(&body)).map(|_| ()),
            OperatorOrderRequest::from_json(&crate::wire::tree(&body), &shop()).map(|_| ()),
        ] {
            if let Err(problems) = outcome {
                prop_assert!((1..=MAX_PROBLEMS).contains(&problems.len()));
                for problem in problems {
                    let there = body.pointer(&problem.pointer);
                    let missing = there.is_none_or(Value::is_null);
                    prop_assert!(!missing || matches!(problem.code, ProblemCode::Required | ProblemCode::UnknownField | ProblemCode::TypeObject));
                }
            }
        }
    }
}
