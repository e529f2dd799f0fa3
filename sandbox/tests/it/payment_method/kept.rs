//! What a data file keeps of saved cards.

use serde_json::{Value, json};

use super::{active, charge, charged, created, get, method, method_with, payments, refund, revoke, stored};
use crate::harness::Running;
use crate::program::{Scratch, options};

fn without_port(methods: Vec<Value>) -> Vec<Value> {
    methods
        .into_iter()
        .map(|mut method| {
            method["checkoutUrl"] = Value::Null;
            method
        })
        .collect()
}

#[test]
fn methods_and_charges_survive_a_restart() {
    let scratch = Scratch::new("methods");
    let (id, before) = {
        let sandbox = Running::start_with(options(&scratch.file()));
        let id = active(&sandbox, "good");
        let refunded = charged(&sandbox, &id, 10);
        refund(&sandbox, &id, &refunded);
        sandbox.set(json!({ "chargeOutcome": "pending", "chargeSettleSeconds": 60 }));
        charge(&sandbox, &id, &json!({ "amount": 20.5, "description": "Cuota" }));
        let embedded = json!({ "displayMode": "EMBEDDED", "buttonText": "Guardar", "buttonColor": "#16A34A" });
        created(&sandbox, &method_with(embedded));
        revoke(&sandbox, &active(&sandbox, "amex"));
        (id, stored(&sandbox))
    };
    let sandbox = Running::start_with(options(&scratch.file()));
    assert_eq!(without_port(stored(&sandbox)), without_port(before));
    assert_eq!(get(&sandbox, &id).json()["status"], "ACTIVE");
    sandbox.advance_minutes(1);
    assert_eq!(payments(&sandbox, &id, "?status=CONFIRMED").json()["count"], 1, "the clock still ends it");
}

#[test]
fn a_refused_charge_that_is_listed_is_kept_as_well() {
    let scratch = Scratch::new("refused-charge");
    let id = {
        let sandbox = Running::start_with(options(&scratch.file()));
        let id = active(&sandbox, "good");
        sandbox.set(json!({ "chargeOutcome": "declined-error", "declinedErrorListed": true }));
        assert_eq!(charge(&sandbox, &id, &json!({ "amount": 10 })).status, 400);
        id
    };
    let sandbox = Running::start_with(options(&scratch.file()));
    assert_eq!(payments(&sandbox, &id, "?status=CANCELLED").json()["count"], 1);
}

#[test]
fn a_data_file_without_saved_cards_is_read() {
    let scratch = Scratch::new("before-methods");
    std::fs::create_dir_all(scratch.file().parent().unwrap()).unwrap();
    let older = r#"{"version":1,"clockOffsetMs":60000,"oneTimePayments":[],"paymentIntents":[]}"#;
    std::fs::write(scratch.file(), older).unwrap();
    let sandbox = Running::start_with(options(&scratch.file()));
    assert!(stored(&sandbox).is_empty());
    assert_eq!(sandbox.control("GET", "/clock", Value::Null).json()["offsetMs"], 60_000);
    created(&sandbox, &method());
    assert_eq!(stored(&sandbox).len(), 1);
}
