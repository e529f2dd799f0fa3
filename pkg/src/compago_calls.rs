//! Compago's own calls: builds requests and interprets answers. JavaScript sends them with the API key, which never
//! enters this module.

use compago::{
    endpoint::Reply,
    error::{Reason, Refusal},
    operations::{self, CallOutcome, PrepareError},
    problem::LocalizedProblem,
    value::Amount,
};
use js_sys::JSON;
use serde::Serialize;
use serde_wasm_bindgen::preserve;
use wasm_bindgen::prelude::*;

use crate::js_value::{from_js, locale, to_js};

/// Returns the request of a call, `{ method, target, body? }`, or `{ errors }` with all problems of the input.
#[wasm_bindgen]
pub fn prepare(name: &str, input: &JsValue, language: &str) -> JsValue {
    let prepared = match operations::prepare(name, &from_js(input)) {
        Ok(request) => {
            Prepared::Request { method: request.method.as_str(), target: request.target, body: request.body }
        }
        Err(PrepareError::Input(problems)) => Prepared::Invalid { errors: problems.localized(locale(language)) },
        Err(PrepareError::UnknownOperation) => Prepared::Invalid { errors: Vec::new() },
    };
    to_js(&prepared)
}

/// Interprets an answer: `{ answer }`, `{ refusal }`, or undefined if it is not an answer to this call.
#[wasm_bindgen]
pub fn read(name: &str, input: &JsValue, status: u16, retry_after: Option<u32>, body: Vec<u8>) -> JsValue {
    let outcome = match operations::read(name, &from_js(input), &Reply { status, retry_after, body }) {
        CallOutcome::Answer(text) => JSON::parse(&text).ok().map(|answer| Outcome::Answered { answer }),
        CallOutcome::Refused(refusal) => Some(refused(&refusal)),
        CallOutcome::Unusable => None,
    };
    outcome.map_or(JsValue::UNDEFINED, |outcome| to_js(&outcome))
}

#[derive(Serialize)]
#[serde(untagged)]
enum Prepared {
    Request {
        method: &'static str,
        target: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        body: Option<String>,
    },
    Invalid {
        errors: Vec<LocalizedProblem>,
    },
}

#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum Outcome {
    Answered {
        #[serde(with = "preserve")]
        answer: JsValue,
    },
    Refused {
        refusal: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        minimum: Option<Amount>,
        did_nothing: bool,
    },
}

fn refused(refusal: &Refusal) -> Outcome {
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
    Outcome::Refused { refusal: refusal.reason.code(), minimum, did_nothing: refusal.reason.did_nothing() }
}

#[cfg(test)]
mod tests;
