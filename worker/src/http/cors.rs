//! Cross-origin resource sharing (<https://fetch.spec.whatwg.org/#http-cors-protocol>): which pages of other origins may call the shop's
//! API and read its answers, and what every site may load.
//!
//! No other route has any of these headers, so no page of another origin reads what staff see.

use compago::edge::{PageOrigin, Site};
use worker::{Response, Result};

use super::error::ApiError;
use super::request::{Incoming, header};
use super::respond;

/// The paths of the shop's API begin with it.
pub(crate) const SHOP_API: &str = "/api/shop/";
/// The paths of the package's files begin with it.
const PACKAGE: &str = "/pkg/";

/// What a page may send: the methods and headers of the shop's API. Credentials are never allowed.
const PREFLIGHT: [(&str, &str); 3] = [
    ("access-control-allow-methods", "GET, POST"),
    ("access-control-allow-headers", "content-type, idempotency-key, accept-language"),
    ("access-control-max-age", "600"),
];

/// Who may read the answer to a request, beside pages of the Worker's own origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Readers {
    /// The page on this embed origin, which made the request.
    Page(String),
    /// Every page: they load the files of the package.
    Everybody,
    /// Nobody else.
    Nobody,
}

impl Readers {
    /// Returns who may read the answer, whatever it is: a refusal as well.
    pub(crate) fn of(request: &Incoming, path: &str, site: Option<&Site>) -> Self {
        if path.starts_with(PACKAGE) {
            return Self::Everybody;
        }
        let origin = if path.starts_with(SHOP_API) { header(request, "origin") } else { None };
        match origin.zip(site) {
            Some((origin, site)) if site.page_origin(&origin) == PageOrigin::Embed => Self::Page(origin),
            Some(_) | None => Self::Nobody,
        }
    }

    /// Returns the answer with the headers by which they can read it.
    pub(crate) fn allow(&self, answer: Response) -> Result<Response> {
        // Those of an answer that an object gave cannot be changed, so they are copied.
        match self {
            Self::Page(origin) => {
                let headers = answer.headers().clone();
                headers.set("access-control-allow-origin", origin)?;
                headers.set("access-control-expose-headers", "retry-after")?;
                headers.append("vary", "origin")?;
                Ok(answer.with_headers(headers))
            }
            Self::Everybody => {
                let headers = answer.headers().clone();
                headers.set("access-control-allow-origin", "*")?;
                // For what is loaded without CORS: a style sheet that a link names.
                headers.set("cross-origin-resource-policy", "cross-origin")?;
                Ok(answer.with_headers(headers))
            }
            Self::Nobody => Ok(answer),
        }
    }
}

/// Answers the preflight of a page on another origin: with what it may send if it is on an embed origin. `None` if the request is none; one
/// without `Origin` or from the shop's own pages is a method that no route has.
///
/// Neither host nor scheme matter: the browser sends the request itself after a successful preflight alone, and only its answer tells the
/// page that the address is wrong.
///
/// # Errors
/// [`ApiError::ForeignPage`].
pub(crate) fn preflight(
    request: &Incoming,
    path: &str,
    site: Option<&Site>,
) -> Option<core::result::Result<Response, ApiError>> {
    if request.method() != "OPTIONS" || !path.starts_with(SHOP_API) {
        return None;
    }
    let (origin, site) = header(request, "origin").zip(site)?;
    match site.page_origin(&origin) {
        PageOrigin::Shop => None,
        PageOrigin::Embed => Some(respond::answer(204, None, &PREFLIGHT).map_err(ApiError::from)),
        PageOrigin::Foreign => Some(Err(ApiError::ForeignPage { expected: site.shop().to_string() })),
    }
}
