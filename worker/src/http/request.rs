//! Reads what a client sent: headers, query and a JSON body within bounds.

use core::error::Error;
use std::pin::pin;
use std::time::Duration;

use compago::edge::IdempotencyKey;
use compago::json::{self, Json};
use compago::problem::Locale;
use compago_client::transport::bounds::{BodyError, read_bounded};
use futures_util::future::{Either, select};
use worker::web_sys;
use worker::{ByteStream, Delay, FromRequest, Headers};

use crate::http::error::ApiError;

/// The largest body that is read.
const MAX_BODY: usize = 16 * 1024;

/// How long a body may take to arrive, from the moment its headers are read. The words of
/// [`ApiError::BodyIncomplete`] name it.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// A request that came in, as it was sent.
///
/// It is read through the crate's headers and streams, but is not the crate's `Request`: that has the runtime parse `request.cf`,
/// which nobody reads here, and calls every method that it does not know `GET`.
pub(crate) struct Incoming {
    raw: web_sys::Request,
    method: String,
    url: String,
    headers: Headers,
}

impl FromRequest for Incoming {
    fn from_raw(raw: web_sys::Request) -> Result<Self, impl Into<Box<dyn Error>>> {
        let (method, url, headers) = (raw.method(), raw.url(), Headers(raw.headers()));
        Ok::<_, worker::Error>(Self { raw, method, url, headers })
    }
}

impl Incoming {
    /// The method, in capitals if it is one that HTTP knows.
    pub(crate) fn method(&self) -> &str {
        &self.method
    }

    /// The absolute URL.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The body, if there is one; it can be read once.
    fn body(&self) -> Option<ByteStream> {
        self.raw.body().map(ByteStream::from)
    }
}

/// A header's value, if it is there.
pub(crate) fn header(request: &Incoming, name: &str) -> Option<String> {
    request.headers.get(name).ok().flatten()
}

/// The language that the client prefers; English for one that says nothing, which is a program.
pub(crate) fn locale(request: &Incoming) -> Locale {
    header(request, "accept-language").map_or(Locale::En, |text| Locale::from_accept_language(&text))
}

/// The `Idempotency-Key` that making something needs.
///
/// # Errors
/// [`ApiError::KeyMissing`], [`ApiError::KeyMalformed`].
pub(crate) fn idempotency_key(request: &Incoming) -> Result<IdempotencyKey, ApiError> {
    let text = header(request, "idempotency-key").ok_or(ApiError::KeyMissing)?;
    text.parse().map_err(|_| ApiError::KeyMalformed)
}

/// A JSON body, as text and as a value.
///
/// # Errors
/// [`ApiError::MediaType`], [`ApiError::TooLarge`], [`ApiError::BodyIncomplete`], [`ApiError::NotJson`].
pub(crate) async fn json_body(request: &Incoming) -> Result<(String, Json), ApiError> {
    let media_type = header(request, "content-type").unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(ApiError::MediaType);
    }
    let bytes = bounded_body(request).await?;
    let text = String::from_utf8(bytes).map_err(|_| ApiError::NotJson)?;
    let value = json::parse(&text).map_err(|_| ApiError::NotJson)?;
    Ok((text, value))
}

async fn bounded_body(request: &Incoming) -> Result<Vec<u8>, ApiError> {
    if let Some(length) = header(request, "content-length") {
        refuse_length(&length)?;
    }
    let Some(body) = request.body() else { return Ok(Vec::new()) };
    match select(pin!(read_bounded(body, MAX_BODY)), Delay::from(BODY_TIMEOUT)).await {
        Either::Left((Ok(bytes), _)) => Ok(bytes),
        Either::Left((Err(BodyError::TooLarge), _)) => Err(ApiError::TooLarge),
        Either::Left((Err(BodyError::Incomplete), _)) | Either::Right(((), _)) => Err(ApiError::BodyIncomplete),
    }
}

/// Refuses a body by the length that its header declares, which may be more than any integer type holds.
fn refuse_length(declared: &str) -> Result<(), ApiError> {
    if declared.is_empty() || !declared.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ApiError::NotJson);
    }
    // Only a number that is too large for the type fails to parse here.
    let fits = declared.parse::<usize>().is_ok_and(|length| length <= MAX_BODY);
    if fits { Ok(()) } else { Err(ApiError::TooLarge) }
}
