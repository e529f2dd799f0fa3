//! Why a person has to look at something, where the words come from more than one type.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use strum::VariantNames;

use super::values::words;
use crate::edge::payment_intent::IntentStatus;
use crate::flow::order::attempt::ReviewReason;
use crate::flow::outbox::FailureReason;
use crate::flow::{charge, intent, refund};

/// Of the data of an order's webhook.
pub(crate) type OrderReason = ReviewReason;
/// Of the data of a terminal's webhook.
pub(crate) type IntentReason = intent::stage::ReviewReason;
/// How an unpaid charge at a terminal ends.
pub(crate) const CLOSED: [IntentStatus; 2] = [IntentStatus::Expired, IntentStatus::Cancelled];

/// The reason of an order or a charge that is no longer where it was stored.
const STORAGE_LOST: &str = "storage-lost";

impl JsonSchema for ReviewReason {
    fn schema_name() -> Cow<'static, str> {
        "HoldReason".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        words(
            Self::VARIANTS.iter().copied().chain([STORAGE_LOST]),
            "Why a person has to look at an order. Lists alone have `storage-lost`: the order is no longer where it was stored, and the \
             list shows it as it was last known.",
        )
    }
}

impl JsonSchema for FailureReason {
    fn schema_name() -> Cow<'static, str> {
        "FailureReason".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        words(Self::VARIANTS.iter().copied(), "Why a try to deliver a webhook failed.")
    }
}

/// Why a person has to look at a charge of a saved card, or at its refund.
pub(crate) struct CardPaymentReason;

impl JsonSchema for CardPaymentReason {
    fn schema_name() -> Cow<'static, str> {
        "CardPaymentReason".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut reasons = charge::stage::ReviewReason::json_schema(generator);
        let choices = reasons.remove("oneOf").unwrap();
        let of_charges = choices.as_array().unwrap().iter().filter_map(|choice| choice["const"].as_str());
        words(of_charges.chain([refund::UNRESOLVED, refund::MISMATCH]), "Why a person has to look at it.")
    }
}

#[test]
fn a_receiver_knows_every_reason() {
    use crate::webhook::HoldReason;

    let card_payments = CardPaymentReason::json_schema(&mut SchemaGenerator::default());
    let intents = IntentReason::json_schema(&mut SchemaGenerator::default());
    let codes = |schema: &Schema| -> Vec<String> {
        let listed = schema.get("enum").and_then(serde_json::Value::as_array).into_iter().flatten();
        let choices = schema.get("oneOf").and_then(serde_json::Value::as_array).into_iter().flatten();
        let texts = listed.chain(choices.map(|choice| &choice["const"]));
        texts.map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let of_orders = ReviewReason::VARIANTS.iter().map(|code| (*code).to_owned());
    let all: Vec<String> = of_orders.chain(codes(&card_payments)).chain(codes(&intents)).collect();
    assert!(all.len() > 15, "{all:?}");
    for code in all {
        assert!(!matches!(HoldReason::from(&*code), HoldReason::Other(_)), "{code}");
    }
}
