//! Requests and answers as the runtime has them and as the sandbox has them.

use axum::body::{Body, HttpBody, to_bytes};
use axum::http::{self, HeaderName, HeaderValue, StatusCode};
use futures_util::TryStreamExt;
use worker::{Error, Headers, Request, Response, ResponseBody, Result};

/// Reads a request with its whole body. Its address is the path and the query, as in a request line.
///
/// # Errors
/// A body that did not arrive whole; a method or an address that is none.
pub(crate) async fn incoming(mut request: Request) -> Result<http::Request<Body>> {
    let body = request.bytes().await?;
    // The crate's own `method` calls every method that it does not know GET.
    let method = request.inner().method();
    let url = request.url()?;
    let address = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let mut incoming =
        http::Request::builder().method(method.as_str()).uri(address).body(Body::from(body)).map_err(in_words)?;
    for (name, value) in request.headers() {
        // A name or value that HTTP does not allow cannot have come over HTTP.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            incoming.headers_mut().append(name, value);
        }
    }
    Ok(incoming)
}

/// Writes an answer. One whose length is known is sent whole, so that the runtime declares it.
///
/// # Errors
/// Those of the runtime.
pub(crate) async fn outgoing(response: http::Response<Body>) -> Result<Response> {
    let (parts, body) = response.into_parts();
    let headers = Headers::new();
    for (name, value) in &parts.headers {
        headers.append(name.as_str(), value.to_str().map_err(in_words)?)?;
    }
    let written = if has_no_body(parts.status) {
        Response::from_body(ResponseBody::Empty)?
    } else if body.size_hint().exact().is_some() {
        Response::from_body(ResponseBody::Body(to_bytes(body, usize::MAX).await.map_err(in_words)?.into()))?
    } else {
        Response::from_stream(body.into_data_stream().map_err(in_words))?
    };
    Ok(written.with_status(parts.status.as_u16()).with_headers(headers))
}

/// Whether an answer of this status never has a body; the runtime refuses even an empty one.
fn has_no_body(status: StatusCode) -> bool {
    matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
}

fn in_words(problem: impl ToString) -> Error {
    Error::RustError(problem.to_string())
}
