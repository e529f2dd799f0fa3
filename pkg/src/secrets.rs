//! Validation of the Worker's secrets before they are deployed.

use core::fmt::Display;
use core::str::FromStr;

use compago::edge::{RotatedToken, SigningKeys, weak_settings};
use compago::value::ApiKey;
use compago::webhook::SigningSecrets;
use wasm_bindgen::prelude::*;

const COMPAGO_API_KEY: &str = "COMPAGO_API_KEY";
const OPERATOR_TOKEN: &str = "OPERATOR_TOKEN";
const CASHIER_TOKEN: &str = "CASHIER_TOKEN";
const SIGNING_KEY: &str = "SIGNING_KEY";
const WEBHOOK_SECRET: &str = "WEBHOOK_SECRET";

/// Returns a line for each secret that a deployed Worker refuses, such as "SIGNING_KEY: it repeats itself", without any of its value.
/// The deployment calls this: with such a secret the Worker would answer no order.
///
/// `names` and `values` are lists of equal length. A secret that they do not have is not judged.
#[wasm_bindgen(js_name = secretMistakes)]
#[must_use]
#[allow(clippy::needless_pass_by_value, reason = "the bindings pass lists by value")]
pub fn secret_mistakes(names: Vec<String>, values: Vec<String>) -> Vec<String> {
    let value_of = |name| names.iter().zip(&values).find(|(each, _)| *each == name).map(|(_, value)| value.as_str());
    let malformed = [
        refused::<ApiKey>(COMPAGO_API_KEY, value_of(COMPAGO_API_KEY)),
        refused::<RotatedToken>(OPERATOR_TOKEN, value_of(OPERATOR_TOKEN)),
        refused::<RotatedToken>(CASHIER_TOKEN, value_of(CASHIER_TOKEN)),
        refused::<SigningKeys>(SIGNING_KEY, value_of(SIGNING_KEY)),
        refused::<SigningSecrets>(WEBHOOK_SECRET, value_of(WEBHOOK_SECRET)),
    ];
    let malformed: Vec<(&str, String)> = malformed.into_iter().flatten().collect();
    let weak = weak_settings(|name| value_of(name).map(str::to_owned))
        .into_iter()
        .map(|(name, weakness)| (name, weakness.to_string()));
    let weak = weak.filter(|(name, _)| malformed.iter().all(|(each, _)| each != name));
    malformed.iter().cloned().chain(weak).map(|(name, reason)| format!("{name}: {reason}")).collect()
}

/// Why a secret cannot be used, if there is one.
fn refused<T: FromStr<Err: Display>>(name: &'static str, value: Option<&str>) -> Option<(&'static str, String)> {
    value?.parse::<T>().err().map(|error| (name, error.to_string()))
}
