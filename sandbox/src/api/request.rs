//! Shared by the calls of all resources: bodies, queries, ids in paths, the success code of a create call.

use axum::body::Bytes;
use axum::extract::Query;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use uuid::Uuid;

use crate::refusal::Refusal;
use crate::settings::Settings;

/// Returns the body if its content type is JSON.
pub(super) fn json(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Bytes, Refusal> {
    let body = body.map_err(|rejection| Refusal::new(rejection.status(), rejection.body_text()))?;
    if is_json(headers) { Ok(body) } else { Err(Refusal::bad_request("Content-Type must be application/json")) }
}

/// The query parameters of a list, in their order.
pub(super) type Parameters = Result<Query<Vec<(String, String)>>, QueryRejection>;

pub(super) fn parameters(parameters: Parameters) -> Result<Vec<(String, String)>, Refusal> {
    let Query(parameters) = parameters.map_err(|rejection| Refusal::bad_request(rejection.body_text()))?;
    Ok(parameters)
}

/// Parses an id in the form in which it was issued: lower case with hyphens.
pub(super) fn issued(id: &str) -> Option<Uuid> {
    Uuid::try_parse(id).ok().filter(|parsed| parsed.to_string() == id)
}

pub(super) fn create_status(settings: &Settings) -> StatusCode {
    StatusCode::from_u16(settings.create_status.into()).unwrap_or(StatusCode::CREATED)
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
