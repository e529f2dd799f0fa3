//! `GET /healthz`: whether the Worker runs, and whether it is configured.

use compago::json::{IfSome, Object, ToJson};
use web_sys::Response;
use worker::Env;

use crate::env::{Config, Misconfigured};
use crate::fault::Fault;
use crate::respond::json_answer;

/// 200 when all is configured, else 503 with the names of what is not, and why secrets cannot be used; never a value.
///
/// # Errors
/// [`Fault::Internal`] alone.
pub(crate) fn report(env: &Env) -> Result<Response, Fault> {
    let (code, status, wrong) = match Config::read(env) {
        Ok(_) => (200, "ok", Misconfigured::default()),
        Err(wrong) => (503, "misconfigured", wrong),
    };
    let reasons: Vec<(&str, &dyn ToJson)> =
        wrong.reasons.iter().map(|(name, reason)| (*name, reason as &dyn ToJson)).collect();
    let reasons = (!reasons.is_empty()).then_some(Object(&reasons));
    let body = Object(&[
        ("status", &status),
        ("missing", &wrong.missing),
        ("malformed", &wrong.malformed),
        ("reasons", &IfSome(&reasons)),
    ]);
    Ok(json_answer(code, &body)?)
}
