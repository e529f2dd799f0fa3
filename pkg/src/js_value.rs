//! Values across the border between JavaScript and Rust.

use compago::problem::Locale;
use js_sys::{Array, JSON, Object};
use serde::Serialize;
use serde_json::{Map, Number, Value};
use wasm_bindgen::{JsCast, JsValue};

/// What a value is in JSON. What JSON does not know is null, or left out of an object, as `JSON.stringify` does it; and
/// so is what lies deeper than any body of ours.
pub(crate) fn from_js(value: &JsValue) -> Value {
    from_js_within(value, MAX_DEPTH)
}

/// The language that a page names by its tag; Spanish of Mexico for what we do not speak.
pub(crate) fn locale(tag: &str) -> Locale {
    Locale::ALL.iter().copied().find(|locale| locale.as_str() == tag).unwrap_or_default()
}

/// A plain JavaScript value; undefined if the value has no JSON form, which no type of ours is without.
pub(crate) fn to_js(value: &(impl Serialize + ?Sized)) -> JsValue {
    let text = serde_json::to_string(value).ok();
    text.and_then(|text| JSON::parse(&text).ok()).unwrap_or(JsValue::UNDEFINED)
}

/// More than any body of ours has; an object that contains itself ends here.
const MAX_DEPTH: u32 = 16;

fn from_js_within(value: &JsValue, depth: u32) -> Value {
    let Some(deeper) = depth.checked_sub(1) else { return Value::Null };
    if let Some(text) = value.as_string() {
        return Value::String(text);
    }
    if let Some(number) = value.as_f64() {
        return from_number(number);
    }
    if let Some(truth) = value.as_bool() {
        return Value::Bool(truth);
    }
    if let Some(array) = value.dyn_ref::<Array>() {
        return Value::Array(array.iter().map(|entry| from_js_within(&entry, deeper)).collect());
    }
    if value.is_function() {
        return Value::Null;
    }
    value.dyn_ref::<Object>().map_or(Value::Null, |object| Value::Object(from_object(object, deeper)))
}

fn from_object(object: &Object, deeper: u32) -> Map<String, Value> {
    // One by one: collecting would sort first, and a sort is a tenth of the module.
    let mut map = Map::new();
    for pair in Object::entries(object).iter().map(JsCast::unchecked_into::<Array>) {
        if let (Some(name), false) = (pair.get(0).as_string(), pair.get(1).is_undefined()) {
            map.insert(name, from_js_within(&pair.get(1), deeper));
        }
    }
    map
}

fn from_number(number: f64) -> Value {
    /// 2⁵³: below it every whole number of JavaScript is exact.
    const SAFE: f64 = 9_007_199_254_740_992.0;

    if number.abs() < SAFE && number.fract() == 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number within ±2⁵³ is an i64")]
        return Value::from(number as i64);
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}
