//! The origins of pages that may ask.

use compago::value::Origin;

use super::error::ApiError;
use super::request::{Incoming, header};
use crate::config::Config;

/// Refuses what a page of another origin asks of the shop. Programs send no `Origin` and pass.
///
/// # Errors
/// [`ApiError::ForeignOrigin`].
pub(crate) fn refuse_foreign_page(request: &Incoming, config: &Config) -> Result<(), ApiError> {
    match is_from(config.site.shop(), request) {
        Some(false) => Err(ApiError::ForeignOrigin),
        Some(true) | None => Ok(()),
    }
}

/// Refuses a request with a cookie, or for one, that was not made by our own pages. A request that changes something names its
/// origin, which has to be ours. One that reads need not name one; `Sec-Fetch-Site`, which newer browsers add and no page can set,
/// says then whether it was our page (`same-origin`) or the person, who typed the address (`none`).
///
/// # Errors
/// [`ApiError::ForeignOrigin`].
pub(crate) fn refuse_other_site(reads: bool, request: &Incoming, config: &Config) -> Result<(), ApiError> {
    let own_origin = is_from(config.site.staff(), request).unwrap_or(reads);
    let own_site = match header(request, "sec-fetch-site").as_deref() {
        None | Some("same-origin") => true,
        Some("none") => reads,
        Some(_) => false,
    };
    if own_origin && own_site { Ok(()) } else { Err(ApiError::ForeignOrigin) }
}

/// Returns whether the request's `Origin` is `own`; `None` if it has none.
fn is_from(own: &Origin, request: &Incoming) -> Option<bool> {
    Some(own.as_str() == header(request, "origin")?)
}
