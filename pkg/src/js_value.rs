//! Conversion of values between JavaScript and Rust.

use compago::{
    json::{self, Json},
    problem::Locale,
};
use js_sys::JSON;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// Converts a value of any shape through `JSON.stringify`; null if that throws or returns undefined.
pub(crate) fn from_js(value: &JsValue) -> Json {
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.and_then(|text| json::parse(&text).ok()).unwrap_or_default()
}

/// Returns the language with this tag; Mexican Spanish for any other tag.
pub(crate) fn locale(tag: &str) -> Locale {
    Locale::ALL.iter().copied().find(|locale| locale.as_str() == tag).unwrap_or_default()
}

/// Converts into a plain JavaScript value, as `JSON.parse` would create it.
///
/// Types with [`Json`] numbers or Compago's numeric amounts cannot be converted: both serialise as the text of a
/// number, which only a JSON writer supports.
pub(crate) fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}
