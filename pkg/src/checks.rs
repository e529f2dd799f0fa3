//! The Worker's validation of an order, for use before it is sent.

use compago::{
    edge::{ShopOrderRequest, form::BILLING_FIELDS, payment_intent::PaymentIntentRequest},
    json::Json,
    problem::{Locale, LocalizedProblem},
    value::StateCode,
};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::js_value::{from_js, locale, to_js};

/// Validates a customer's input with the Worker's own rules; messages are in one language.
#[wasm_bindgen]
#[derive(Debug, Clone, Copy)]
pub struct Checks {
    locale: Locale,
}

#[wasm_bindgen]
impl Checks {
    /// Creates checks with messages in this language: `es-MX` or `en`.
    #[wasm_bindgen(constructor)]
    pub fn new(language: &str) -> Self {
        Self { locale: locale(language) }
    }

    /// Returns all problems of a body of this kind. If there are none, the Worker accepts the body, except for what
    /// only it can decide, such as whether an item is on sale. The kinds are `order`, for `POST /api/shop/orders`, and
    /// `payment-intent`, for `POST /api/pos/payment-intents`.
    pub fn check(&self, kind: &str, body: &JsValue) -> JsValue {
        to_js(&self.problems(kind, &from_js(body)))
    }

    /// Returns the problem of one field of such a body, named by JSON pointer; undefined if there is none.
    #[wasm_bindgen(js_name = checkField)]
    pub fn check_field(&self, kind: &str, pointer: &str, value: &JsValue) -> JsValue {
        let body = body_with(pointer, from_js(value));
        let problem = self.problems(kind, &body).into_iter().find(|problem| problem.pointer == pointer);
        problem.map_or(JsValue::UNDEFINED, |problem| to_js(&problem))
    }

    /// Returns the 32 states in alphabetical order of their names.
    pub fn states() -> JsValue {
        let states = StateCode::ALL.iter().map(|state| State { code: state.code(), name: state.name() });
        to_js(&states.collect::<Vec<_>>())
    }

    /// Returns the fields of `billingInformation` in the order of a form, with the attributes for their input elements.
    #[wasm_bindgen(js_name = billingFields)]
    pub fn billing_fields() -> JsValue {
        to_js(BILLING_FIELDS)
    }

    fn problems(self, kind: &str, body: &Json) -> Vec<LocalizedProblem> {
        let problems = match kind {
            "payment-intent" => PaymentIntentRequest::from_json(body).err(),
            _ => ShopOrderRequest::from_json(body).err(),
        };
        problems.map(|problems| problems.localized(self.locale)).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct State {
    code: &'static str,
    name: &'static str,
}

/// Returns a body that contains only the field at this pointer. The fields of our bodies have no names that a pointer
/// would escape, and no numeric names but those of metadata: elsewhere a number is an index of an array.
fn body_with(pointer: &str, value: Json) -> Json {
    let path = pointer.strip_prefix('/').unwrap_or_default();
    let names = path.rsplit('/');
    names.fold(value, |inner, name| {
        // A larger index, which no array of ours has, would allocate memory for as many entries.
        let index = name.parse::<u8>().ok().filter(|_| !path.starts_with("metadata/"));
        let Some(index) = index else { return Json::Object(vec![(name.to_owned(), inner)]) };
        let mut entries = vec![Json::Null; index.into()];
        entries.push(inner);
        Json::Array(entries)
    })
}

#[cfg(test)]
mod tests;
