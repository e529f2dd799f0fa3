//! A record that is not of its type is refused, and the refusal names the field.

use compago::flow::charge::Charge;
use compago::flow::intent::Intent;
use compago::flow::order::Order;
use compago::flow::outbox::Delivery;
use compago::flow::reconciliation::run::Run;
use compago::flow::record::Record;
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::fixtures::records_of;
use super::read;

/// Reads the first record of a type after a change of its text.
fn refused<T: Record>(name: &str, from: &str, to: &str, field: &str) {
    let record = records_of(name).find(|record| record.text.contains(from)).unwrap_or_else(|| panic!("{name}: {from}"));
    let changed = record.text.replacen(from, to, 1);
    let Err(error) = read::<T>(&changed) else { panic!("{name}: {changed} was read") };
    assert!(error.contains(&format!("`{field}`")), "{name}: {error}");
    assert!(!error.contains("ana@example.com") && !error.contains("Ruiz"), "{error}");
}

#[test]
fn a_field_that_is_missing() {
    refused::<Order>("order", r#""terms":"#, r#""other":"#, "terms");
    refused::<Order>("order", r#""lastReadAt":"#, r#""other":"#, "lastReadAt");
    refused::<Intent>("intent", r#""endsAt":"#, r#""other":"#, "endsAt");
    refused::<Charge>("charge", r#""flights":"#, r#""other":"#, "flights");
    refused::<Refund>("refund", r#""sends":"#, r#""other":"#, "sends");
    refused::<SavedCard>("saved-card", r#""begunAt":"#, r#""other":"#, "begunAt");
    refused::<Delivery>("delivery", r#""state":"#, r#""other":"#, "state");
    refused::<Run>("run", r#""sweep":"#, r#""other":"#, "sweep");
}

#[test]
fn a_field_that_is_doubled() {
    refused::<Order>("order", r#""version":"#, r#""version":1,"version":"#, "version");
    refused::<Intent>("intent", r#""stage":"#, r#""stage":{"creating":{"sends":1}},"stage":"#, "stage");
    refused::<Delivery>("delivery", r#""tries":"#, r#""tries":0,"tries":"#, "tries");
}

#[test]
fn a_field_of_another_type() {
    refused::<Order>("order", r#""version":"#, r#""version":-"#, "version");
    refused::<Order>("order", r#""agreement":"agreed""#, r#""agreement":"disagreed""#, "agreement");
    refused::<Order>("order", r#""amount":"350.50""#, r#""amount":"350.505""#, "amount");
    refused::<Intent>("intent", r#""stage":{"creating""#, r#""stage":{"beginning""#, "stage");
    refused::<Charge>("charge", r#""stage":"following""#, r#""stage":"leading""#, "stage");
    refused::<Refund>("refund", r#""kind":"read""#, r#""kind":"write""#, "kind");
    refused::<Delivery>("delivery", r#""kind":"order.paid""#, r#""kind":"order.eaten""#, "kind");
    refused::<Run>("run", r#""startedBy":"schedule""#, r#""startedBy":"moon""#, "startedBy");
}
