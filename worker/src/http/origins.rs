//! The origins of pages that may ask.

use compago::edge::{PageOrigin, Site};

use super::error::ApiError;
use super::request::{Incoming, header};

/// Refuses what a page of another origin asks of the shop, unless it is on an embed origin. Programs send no `Origin` and pass.
///
/// # Errors
/// [`ApiError::ForeignPage`].
pub(crate) fn refuse_foreign_page(request: &Incoming, site: &Site) -> Result<(), ApiError> {
    match header(request, "origin").map(|origin| site.page_origin(&origin)) {
        Some(PageOrigin::Foreign) => Err(ApiError::ForeignPage { expected: site.shop().to_string() }),
        Some(PageOrigin::Shop | PageOrigin::Embed) | None => Ok(()),
    }
}

/// Refuses a request with a cookie, or for one, that was not made by our own pages. A request that changes something names its
/// origin, which has to be ours. One that reads need not name one; `Sec-Fetch-Site`, which newer browsers add and no page can set,
/// says then whether it was our page (`same-origin`) or the person, who typed the address (`none`).
///
/// # Errors
/// [`ApiError::ForeignOrigin`].
pub(crate) fn refuse_other_site(reads: bool, request: &Incoming, site: &Site) -> Result<(), ApiError> {
    let own_origin = header(request, "origin").map_or(reads, |origin| origin == site.staff().as_str());
    let own_site = match header(request, "sec-fetch-site").as_deref() {
        None | Some("same-origin") => true,
        Some("none") => reads,
        Some(_) => false,
    };
    if own_origin && own_site { Ok(()) } else { Err(ApiError::ForeignOrigin { expected: site.staff().to_string() }) }
}
