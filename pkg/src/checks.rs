//! The Worker's checks of an order, before it is sent.

use compago::{
    edge::{ShopOrderRequest, form::BILLING_FIELDS},
    json::Json,
    problem::{Locale, ToldProblem},
    value::StateCode,
};
use wasm_bindgen::prelude::*;

use crate::js_value::{from_js, locale, to_js};

/// Checks what a customer typed by the same rules as the Worker, in one language.
#[wasm_bindgen]
#[derive(Debug, Clone, Copy)]
pub struct Checks {
    locale: Locale,
}

#[wasm_bindgen]
impl Checks {
    /// Checks that speak this language: `es-MX` or `en`.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "Language")] language: &str) -> Self {
        Self { locale: locale(language) }
    }

    /// All that is wrong with the body of `POST /api/shop/orders`; empty if the Worker will take it (but for what only it
    /// knows, such as whether a thing is on sale).
    #[wasm_bindgen(js_name = checkOrder, unchecked_return_type = "Problem[]")]
    pub fn check_order(&self, #[wasm_bindgen(unchecked_param_type = "OrderRequest")] body: &JsValue) -> JsValue {
        to_js(&self.problems(&from_js(body)))
    }

    /// What is wrong with one field of that body, named by JSON pointer; undefined if nothing is.
    #[wasm_bindgen(js_name = checkField, unchecked_return_type = "Problem | undefined")]
    pub fn check_field(
        &self,
        pointer: &str,
        #[wasm_bindgen(unchecked_param_type = "unknown")] value: &JsValue,
    ) -> JsValue {
        let body = body_with(pointer, from_js(value));
        let problem = self.problems(&body).into_iter().find(|problem| problem.pointer == pointer);
        problem.map_or(JsValue::UNDEFINED, |problem| to_js(&problem))
    }

    /// The 32 states in the alphabetical order of their names.
    #[wasm_bindgen(unchecked_return_type = "State[]")]
    pub fn states() -> JsValue {
        let states = StateCode::ALL.iter().map(|state| State { code: state.code(), name: state.name() });
        to_js(&states.collect::<Vec<_>>())
    }

    /// The fields of `billingInformation` in the order in which people think of them, with the attributes that their
    /// input elements need.
    #[wasm_bindgen(js_name = billingFields, unchecked_return_type = "BillingField[]")]
    pub fn billing_fields() -> JsValue {
        to_js(&BILLING_FIELDS)
    }

    fn problems(self, body: &Json) -> Vec<ToldProblem> {
        let problems = ShopOrderRequest::from_json(body).err().unwrap_or_default();
        problems.iter().map(|problem| problem.told(self.locale)).collect()
    }
}

struct State {
    code: &'static str,
    name: &'static str,
}

compago::record_to_json!(State { code: "code", name: "name" });

/// A body in which that field stands alone. No field of ours has a name that a pointer would have to escape.
fn body_with(pointer: &str, value: Json) -> Json {
    let names = pointer.strip_prefix('/').unwrap_or_default().rsplit('/');
    names.fold(value, |inner, name| Json::Object(vec![(name.to_owned(), inner)]))
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"
/** A language that we speak. */
export type Language = 'es-MX' | 'en';

/** One thing that is wrong with a body. Match on `code`; `detail` is for people. */
export interface Problem { pointer: string; code: string; detail: string }

/** A state of Mexico, by Compago's code. */
export interface State { code: string; name: string }

/** What an input element for one field needs; the values are those of HTML's attributes. */
export interface BillingField {
  pointer: string; inputType: string; inputMode: string; autocomplete: string; maxLength: number;
}
";

#[cfg(test)]
mod tests;
