//! Values across the border between JavaScript and Rust.

use compago::{
    json::{self, Json, ToJson},
    problem::Locale,
};
use js_sys::{Array, JSON, Number, Object};
use wasm_bindgen::{JsCast, JsValue};

/// What a value is in JSON. What JSON does not know is null, or left out of an object, as `JSON.stringify` does it; and
/// so is what lies deeper than any body of ours.
pub(crate) fn from_js(value: &JsValue) -> Json {
    from_js_within(value, MAX_DEPTH)
}

/// The language that a page names by its tag; Spanish of Mexico for what we do not speak.
pub(crate) fn locale(tag: &str) -> Locale {
    Locale::ALL.iter().copied().find(|locale| locale.as_str() == tag).unwrap_or_default()
}

/// A plain JavaScript value; undefined if the value has no JSON form, which no type of ours is without.
pub(crate) fn to_js(value: &dyn ToJson) -> JsValue {
    JSON::parse(&json::to_string(value)).unwrap_or(JsValue::UNDEFINED)
}

/// More than any body of ours has; an object that contains itself ends here.
const MAX_DEPTH: u32 = 16;

fn from_js_within(value: &JsValue, depth: u32) -> Json {
    let Some(deeper) = depth.checked_sub(1) else { return Json::Null };
    if let Some(text) = value.as_string() {
        return Json::Text(text);
    }
    if let Some(number) = value.as_f64() {
        return from_number(number);
    }
    if let Some(truth) = value.as_bool() {
        return Json::Bool(truth);
    }
    if let Some(array) = value.dyn_ref::<Array>() {
        return Json::Array(array.iter().map(|entry| from_js_within(&entry, deeper)).collect());
    }
    if value.is_function() {
        return Json::Null;
    }
    value.dyn_ref::<Object>().map_or(Json::Null, |object| Json::Object(from_object(object, deeper)))
}

fn from_object(object: &Object, deeper: u32) -> Vec<(String, Json)> {
    // One by one: collecting would sort first, and a sort is a tenth of the module.
    let mut fields = Vec::new();
    for pair in Object::entries(object).iter().map(JsCast::unchecked_into::<Array>) {
        if let (Some(name), false) = (pair.get(0).as_string(), pair.get(1).is_undefined()) {
            fields.push((name, from_js_within(&pair.get(1), deeper)));
        }
    }
    fields
}

fn from_number(number: f64) -> Json {
    let text = Number::from(number).to_string_with_radix(10).map(String::from);
    text.ok().filter(|_| number.is_finite()).map_or(Json::Null, Json::Number)
}
