//! Why a person has to look at something, where the words come from more than one type.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use strum::VariantNames;

use super::values::words;
use crate::flow::order::attempt::ReviewReason;
use crate::flow::outbox::FailureReason;
use crate::flow::{charge, refund};

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
