//! Which state a postal code belongs to, and which pairs of the two are refused.

use compago::edge::{OperatorOrderRequest, ShopOrderRequest};
use compago::problem::ProblemCode;
use compago::value::{StateCode, Zip};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::orders::{operator_order, shop, shop_order};
use crate::wire::tree;

/// The state of each prefix from 00 to 99; `-` for one that no state has.
const STATES: [&str; 100] = [
    "-", "CDMX", "CDMX", "CDMX", "CDMX", "CDMX", "CDMX", "CDMX", "CDMX", "CDMX", // 00
    "CDMX", "CDMX", "CDMX", "CDMX", "CDMX", "CDMX", "CDMX", "-", "-", "-", // 10
    "AGU", "BCN", "BCN", "BCS", "CAM", "COA", "COA", "COA", "COL", "CHP", // 20
    "CHP", "CHH", "CHH", "CHH", "DUR", "DUR", "GUA", "GUA", "GUA", "GRO", // 30
    "GRO", "GRO", "HID", "HID", "JAL", "JAL", "JAL", "JAL", "JAL", "JAL", // 40
    "MEX", "MEX", "MEX", "MEX", "MEX", "MEX", "MEX", "MEX", "MIC", "MIC", // 50
    "MIC", "MIC", "MOR", "NAY", "NLE", "NLE", "NLE", "NLE", "OAX", "OAX", // 60
    "OAX", "OAX", "PUE", "PUE", "PUE", "PUE", "QUE", "ROO", "SLP", "SLP", // 70
    "SIN", "SIN", "SIN", "SON", "SON", "SON", "TAB", "TAM", "TAM", "TAM", // 80
    "TLA", "VER", "VER", "VER", "VER", "VER", "VER", "YUC", "ZAC", "ZAC", // 90
];

#[test]
fn every_prefix_has_its_state() {
    for (prefix, code) in STATES.iter().enumerate() {
        for rest in ["000", "500", "999"] {
            let zip: Zip = format!("{prefix:02}{rest}").parse().unwrap();
            assert_eq!(StateCode::of_zip(&zip).map_or("-", StateCode::code), *code, "{prefix:02}{rest}");
        }
    }
    for state in StateCode::ALL {
        assert!(STATES.contains(&state.code()), "{state} has no prefix");
    }
}

#[test]
fn a_shop_order_takes_the_state_of_its_postal_code_alone() {
    for (prefix, code) in STATES.iter().enumerate() {
        for state in StateCode::ALL {
            let zip = format!("{prefix:02}100");
            let mut body = shop_order();
            body["billingInformation"]["address"]["zip"] = json!(zip);
            body["billingInformation"]["address"]["state"] = json!(state.code());
            let read = ShopOrderRequest::from_json(&tree(&body));
            if *code == "-" || *code == state.code() {
                assert!(read.is_ok(), "{zip} {state}");
            } else {
                let problems = read.unwrap_err();
                assert_eq!(problems.len(), 1);
                let problem = problems.first();
                assert_eq!(problem.pointer, "/billingInformation/address/zip", "{zip} {state}");
                assert_eq!(problem.code, ProblemCode::ZipStateMismatch);
            }
        }
    }
}

#[test]
fn the_address_of_the_delivery_is_checked_as_well_and_an_operators_is_not() {
    let mut body = shop_order();
    let address = json!({ "addressLine": "Calle 1", "city": "Puebla", "state": "OAX", "zip": "72000" });
    body["shipping"] = json!({ "method": "standard", "address": address });
    let problems = ShopOrderRequest::from_json(&tree(&body)).unwrap_err();
    assert_eq!(problems.first().pointer, "/shipping/address/zip");
    let mut body = operator_order();
    body["billingInformation"]["address"]["state"] = json!("OAX");
    assert!(OperatorOrderRequest::from_json(&tree(&body), &shop()).is_ok());
}
