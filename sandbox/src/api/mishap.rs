//! How a planned fault changes an answer.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::fault::Fault;

/// What happens to a finished answer: an extension of it, for what carries it to the caller.
#[derive(Clone, Debug)]
pub(crate) enum Outlook {
    Answered,
    Late(Duration),
    /// Once the receiver is notified.
    Held(
        #[cfg_attr(not(feature = "server"), expect(dead_code, reason = "only a connection is held"))]
        watch::Receiver<u64>,
    ),
    /// Its whole length is declared, half of its body sent.
    Halved,
    Lost,
}

/// Returns the answer of a fault that replaces the call, so that the call has no effect.
pub(crate) fn instead(fault: &Fault) -> Option<Response> {
    match fault {
        Fault::Refuse { status, body, content_type } => {
            let body = body.clone().unwrap_or_else(|| json!({ "message": "Refused by a planned fault" }));
            Some(written(*status, body, content_type.as_deref()))
        }
        Fault::Redirect { location } => {
            let mut response = StatusCode::FOUND.into_response();
            if let Ok(location) = HeaderValue::from_str(location) {
                response.headers_mut().insert(LOCATION, location);
            }
            Some(response)
        }
        Fault::LoseAnswer
        | Fault::Delay { .. }
        | Fault::Hold
        | Fault::Truncate
        | Fault::Answer { .. }
        | Fault::Huge { .. }
        | Fault::Drift { .. } => None,
    }
}

/// Applies a fault to the answer of a call that took effect; `release` is notified when the faults are cleared.
pub(crate) fn afterwards(
    fault: Option<Fault>,
    release: watch::Receiver<u64>,
    response: Response,
) -> (Response, Outlook) {
    match fault {
        Some(Fault::LoseAnswer) => (response, Outlook::Lost),
        Some(Fault::Delay { ms }) => (response, Outlook::Late(Duration::from_millis(ms))),
        Some(Fault::Hold) => (response, Outlook::Held(release)),
        Some(Fault::Truncate) => (response, Outlook::Halved),
        Some(Fault::Answer { status, body, content_type }) => {
            (written(status, body, content_type.as_deref()), Outlook::Answered)
        }
        Some(Fault::Huge { bytes }) => (huge(bytes), Outlook::Answered),
        None | Some(Fault::Refuse { .. } | Fault::Redirect { .. } | Fault::Drift { .. }) => {
            (response, Outlook::Answered)
        }
    }
}

/// Writes an answer: a text unchanged, anything else as JSON.
fn written(status: u16, body: Value, content_type: Option<&str>) -> Response {
    let (body, usual) = match body {
        Value::String(text) => (text, "text/plain; charset=utf-8"),
        json @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            (json.to_string(), "application/json")
        }
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(content_type) = HeaderValue::from_str(content_type.unwrap_or(usual)) {
        response.headers_mut().insert(CONTENT_TYPE, content_type);
    }
    response
}

/// Returns one JSON object of exactly this many bytes (at least the 13 of its frame), in chunks and without a declared
/// length.
fn huge(bytes: u64) -> Response {
    const OPEN: &[u8] = br#"{"filler":""#;
    const CLOSE: &[u8] = br#""}"#;
    static CHUNK: [u8; 65_536] = [b'x'; 65_536];

    let filler = usize::try_from(bytes).unwrap_or(usize::MAX).saturating_sub(OPEN.len() + CLOSE.len());
    let rest = CHUNK.get(..filler % CHUNK.len()).unwrap_or_default();
    let pieces = std::iter::once(OPEN)
        .chain(std::iter::repeat_n(CHUNK.as_slice(), filler / CHUNK.len()))
        .chain([rest, CLOSE])
        .map(|piece| Ok::<_, io::Error>(Bytes::from_static(piece)));
    let mut response = Response::new(Body::from_stream(stream::iter(pieces)));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
