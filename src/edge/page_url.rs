//! URLs of pages in request bodies, to which payers are redirected.

use super::Capability;
use crate::{
    body::string,
    json::Json,
    problem::{ProblemCode, Refusal},
    value::{HttpsUrl, Loopback, Origin, clean_code},
};

/// Whether URLs on loopback http are taken beside that origin: if it is on loopback itself.
pub(super) fn loopback_of(shop: &Origin) -> Loopback {
    if shop.is_loopback() { Loopback::Allowed } else { Loopback::Refused }
}

/// Reads the URL of any page.
pub(super) fn read_url(value: &Json, loopback: Loopback) -> Result<HttpsUrl, Refusal> {
    Ok(HttpsUrl::parse(&clean_code(string(value)?), loopback)?)
}

/// Reads the URL of a page on the shop's own origin. Our pages send people there: on any other origin it would be an open redirect.
pub(super) fn read_own_url(value: &Json, shop: &Origin) -> Result<HttpsUrl, Refusal> {
    on_allowed_origin(read_url(value, loopback_of(shop))?, |origin| origin == shop)
}

/// Reads the URL of the page to which payers return. The order's capability is appended then, so there is room for it.
pub(super) fn read_return_url(
    value: &Json,
    loopback: Loopback,
    is_allowed: impl FnOnce(&Origin) -> bool,
) -> Result<HttpsUrl, Refusal> {
    let url = read_url(value, loopback)?;
    url.with_query_pair("order", &"0".repeat(Capability::CHARS))?;
    on_allowed_origin(url, is_allowed)
}

fn on_allowed_origin(url: HttpsUrl, is_allowed: impl FnOnce(&Origin) -> bool) -> Result<HttpsUrl, Refusal> {
    if is_allowed(url.origin()) { Ok(url) } else { Err(ProblemCode::UrlOrigin.into()) }
}
