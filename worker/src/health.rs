//! `GET /healthz`: whether the Worker runs, and whether it is configured.

use serde_json::json;
use worker::{Env, Response};

use crate::env::Config;
use crate::fault::Fault;
use crate::respond::json_answer;

/// 200 when all is configured, else 503 with the names of what is not; never a value.
///
/// # Errors
/// [`Fault::Internal`] alone.
pub(crate) fn report(env: &Env) -> Result<Response, Fault> {
    Ok(match Config::read(env) {
        Ok(_) => json_answer(200, &json!({ "status": "ok", "missing": [], "malformed": [] }))?,
        Err(wrong) => {
            let body = json!({ "status": "misconfigured", "missing": wrong.missing, "malformed": wrong.malformed });
            json_answer(503, &body)?
        }
    })
}
