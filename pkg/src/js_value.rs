//! Values across the border between JavaScript and Rust.

use compago::{
    json::{self, Json},
    problem::Locale,
};
use js_sys::JSON;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// Returns a value as `JSON.stringify` writes it, for bodies of any shape; null for what it refuses to write or writes nothing of.
pub(crate) fn from_js(value: &JsValue) -> Json {
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.and_then(|text| json::parse(&text).ok()).unwrap_or_default()
}

/// Returns the language with this tag; Spanish of Mexico for any other tag.
pub(crate) fn locale(tag: &str) -> Locale {
    Locale::ALL.iter().copied().find(|locale| locale.as_str() == tag).unwrap_or_default()
}

/// Returns a plain JavaScript value, such as `JSON.parse` makes.
///
/// A type that holds [`Json`] numbers or Compago's numeric amounts does not cross: both serialise to the text of a number, which
/// only a writer of JSON text can write.
pub(crate) fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}
