//! URLs of pages in request bodies, to which payers are redirected.

use super::Capability;
use crate::{
    body::string,
    json::Json,
    problem::{ProblemCode, Refusal},
    value::{HttpsUrl, Loopback, Origin, clean_code, percent},
};

/// Whether URLs on loopback http are taken beside that origin: if it is on loopback itself.
pub(super) fn loopback_of(shop: &Origin) -> Loopback {
    if shop.is_loopback() { Loopback::Allowed } else { Loopback::Refused }
}

/// Reads the URL of any page.
pub(super) fn read_url(value: &Json, loopback: Loopback) -> Result<HttpsUrl, Refusal> {
    Ok(HttpsUrl::parse(&clean_code(string(value)?), loopback)?)
}

/// Reads the URL of a page of the shop's own. Our pages send people there: on any other origin it would be an open redirect.
pub(super) fn read_own_url(value: &Json, shop: &Origin) -> Result<HttpsUrl, Refusal> {
    allowed(read_url(value, loopback_of(shop))?, |url| is_own_page(url, shop))
}

/// Reads the URL of the page to which payers return. The order's capability is appended then, so there is room for it.
pub(super) fn read_return_url(
    value: &Json,
    loopback: Loopback,
    is_allowed: impl FnOnce(&HttpsUrl) -> bool,
) -> Result<HttpsUrl, Refusal> {
    let url = read_url(value, loopback)?;
    url.with_sole_query_pair("order", &"0".repeat(Capability::CHARS))?;
    allowed(url, is_allowed)
}

/// Whether the URL is that of a page on the Worker's origin. The API is there as well, and its return route would redirect to itself.
pub(super) fn is_own_page(url: &HttpsUrl, own: &Origin) -> bool {
    url.origin() == own && !is_below_api(url.path())
}

/// Whether the path leads to the API, also where a server in front of the Worker decodes it, ignores capitals or joins slashes.
fn is_below_api(path: &str) -> bool {
    let decoded = percent::decode(path).unwrap_or_default();
    let mut segments = decoded.split(|byte| matches!(byte, b'/' | b'\\')).filter(|segment| !segment.is_empty());
    segments.next().is_some_and(|first| first.eq_ignore_ascii_case(b"api"))
}

fn allowed(url: HttpsUrl, is_allowed: impl FnOnce(&HttpsUrl) -> bool) -> Result<HttpsUrl, Refusal> {
    if is_allowed(&url) { Ok(url) } else { Err(ProblemCode::UrlOrigin.into()) }
}
