//! Compago's own calls: what to send, and what an answer means. Who sends it is JavaScript's, with a key that never comes
//! here.

use compago::{
    by_name::{self, Told},
    endpoint::{Reply, Request},
    error::{Reason, Refusal},
    json::{IfSome, Object, ToJson, Writer},
    problem::{Problem, ToldProblem},
};
use wasm_bindgen::prelude::*;

use crate::js_value::{from_js, locale, to_js};

/// What to send for a call: `{ method, target, body? }`, or `{ errors }` with all that is wrong with the input.
#[wasm_bindgen]
pub fn prepare(name: &str, input: &JsValue, language: &str) -> JsValue {
    match by_name::prepare(name, &from_js(input)) {
        Ok(request) => to_js(&Prepared(&request)),
        Err(problems) => {
            let errors: Vec<ToldProblem> =
                problems.iter().map(|problem: &Problem| problem.told(locale(language))).collect();
            to_js(&Object(&[("errors", &errors)]))
        }
    }
}

/// What an answer means: `{ answer }`, `{ refusal }` or nothing, if it is no answer to this call.
#[wasm_bindgen]
pub fn read(name: &str, input: &JsValue, status: u16, retry_after: Option<u32>, body: Vec<u8>) -> JsValue {
    match by_name::read(name, &from_js(input), &Reply { status, retry_after, body }) {
        Told::Answer(answer) => to_js(&Object(&[("answer", &Written(answer))])),
        Told::Refused(refusal) => to_js(&Refused(refusal)),
        Told::Unreadable => JsValue::UNDEFINED,
    }
}

struct Prepared<'a>(&'a Request);

impl ToJson for Prepared<'_> {
    fn to_json(&self, out: &mut Writer) {
        let Self(request) = self;
        out.object()
            .field("method", &request.method.as_str())
            .field("target", &request.target)
            .field("body", &IfSome(&request.body))
            .end();
    }
}

/// JSON that was written before.
struct Written(String);

impl ToJson for Written {
    fn to_json(&self, out: &mut Writer) {
        out.literal(&self.0);
    }
}

struct Refused(Refusal);

impl ToJson for Refused {
    fn to_json(&self, out: &mut Writer) {
        let Self(refusal) = self;
        let minimum = match refusal.reason {
            Reason::BelowMinimum(minimum) => minimum,
            Reason::DuplicateExternalId
            | Reason::Currency
            | Reason::MissingOrganization
            | Reason::Unauthorized
            | Reason::NotFound
            | Reason::Busy
            | Reason::Server
            | Reason::Redirect
            | Reason::Other => None,
        };
        out.object()
            .field("refusal", &refusal.reason.code())
            .field("minimum", &IfSome(&minimum))
            .field("didNothing", &refusal.reason.did_nothing())
            .end();
    }
}

#[cfg(test)]
mod tests;
