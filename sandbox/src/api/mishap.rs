//! How a planned fault changes an answer.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use crate::fault::Fault;

/// What happens to a finished answer.
pub(crate) enum Outlook {
    Answered,
    Late(Duration),
    Held,
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

/// Applies a fault to the answer of a call that took effect.
pub(crate) async fn afterwards(fault: Option<Fault>, response: Response) -> (Response, Outlook) {
    match fault {
        Some(Fault::LoseAnswer) => (response, Outlook::Lost),
        Some(Fault::Delay { ms }) => (response, Outlook::Late(Duration::from_millis(ms))),
        Some(Fault::Hold) => (response, Outlook::Held),
        Some(Fault::Truncate) => (truncated(response).await, Outlook::Answered),
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

/// Declares the whole length, sends half of the body, then disconnects.
async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(whole.len()));
    let half = whole.slice(..whole.len() / 2);
    let sent = stream::once(async move { Ok(half) });
    let broken = stream::once(async {
        // The server flushes when the next part is not ready yet; without the pause it would send nothing.
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    Response::from_parts(parts, Body::from_stream(sent.chain(broken)))
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
