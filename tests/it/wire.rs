//! Converts between the core's JSON and `serde_json`'s, which the tests use for documents.

use compago::json::{self, Json, JsonError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(crate) fn tree(value: &Value) -> Json {
    json::parse(&value.to_string()).unwrap()
}

pub(crate) fn to_value(value: &(impl Serialize + ?Sized)) -> Value {
    serde_json::from_str(&json::to_string(value)).unwrap()
}

pub(crate) fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, JsonError> {
    json::from_str(&value.to_string())
}
