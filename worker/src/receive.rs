//! Reads what a client sent: headers, query and a JSON body within bounds.

use std::pin::pin;
use std::time::Duration;

use compago::edge::IdempotencyKey;
use compago::json::{self, Json};
use compago::problem::Locale;
use futures_util::future::{Either, select};
use worker::{Delay, Request};

use crate::body::{Unread, read_bounded};
use crate::fault::Fault;

/// The largest body that is read.
const MAX_BODY: usize = 16 * 1024;

/// How long a body may take to arrive, from the moment its headers are read. The words of
/// [`Fault::BodyIncomplete`] name it.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// A header's value, if it is there.
pub(crate) fn header(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name).ok().flatten()
}

/// The language that the client prefers; English for one that says nothing, which is a program.
pub(crate) fn locale(request: &Request) -> Locale {
    header(request, "accept-language").map_or(Locale::En, |text| Locale::from_accept_language(&text))
}

/// The `Idempotency-Key` that making something needs.
///
/// # Errors
/// [`Fault::KeyMissing`], [`Fault::KeyMalformed`].
pub(crate) fn idempotency_key(request: &Request) -> Result<IdempotencyKey, Fault> {
    let text = header(request, "idempotency-key").ok_or(Fault::KeyMissing)?;
    text.parse().map_err(|_| Fault::KeyMalformed)
}

/// A JSON body, as text and as a value.
///
/// # Errors
/// [`Fault::MediaType`], [`Fault::TooLarge`], [`Fault::BodyIncomplete`], [`Fault::NotJson`].
pub(crate) async fn json_body(request: &mut Request) -> Result<(String, Json), Fault> {
    let media_type = header(request, "content-type").unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Fault::MediaType);
    }
    let bytes = bounded_body(request).await?;
    let text = String::from_utf8(bytes).map_err(|_| Fault::NotJson)?;
    let value = json::parse(&text).map_err(|_| Fault::NotJson)?;
    Ok((text, value))
}

async fn bounded_body(request: &mut Request) -> Result<Vec<u8>, Fault> {
    if let Some(length) = header(request, "content-length") {
        refuse_length(&length)?;
    }
    // A request without a body has no stream.
    let Ok(body) = request.stream() else { return Ok(Vec::new()) };
    match select(pin!(read_bounded(body, MAX_BODY)), Delay::from(BODY_TIMEOUT)).await {
        Either::Left((Ok(bytes), _)) => Ok(bytes),
        Either::Left((Err(Unread::TooLarge), _)) => Err(Fault::TooLarge),
        Either::Left((Err(Unread::Broken(_)), _)) | Either::Right(((), _)) => Err(Fault::BodyIncomplete),
    }
}

/// Refuses a body by the length that its header declares, which may be more than any integer type holds.
fn refuse_length(declared: &str) -> Result<(), Fault> {
    if declared.is_empty() || !declared.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::NotJson);
    }
    // Only a number that is too large for the type fails to parse here.
    let fits = declared.parse::<usize>().is_ok_and(|length| length <= MAX_BODY);
    if fits { Ok(()) } else { Err(Fault::TooLarge) }
}
