//! The URL of a request, and requests that came in on another host than the one that answers them, or over plain HTTP.

use compago::edge::Misdirected;
use worker::Response;

use super::error::ApiError;
use super::respond;

/// Redirects to a page on its own host. A call of the API is refused instead, since a program may not follow with its body.
///
/// # Errors
/// [`ApiError::WrongHost`], [`ApiError::HttpsRequired`].
pub(crate) fn send_elsewhere(
    elsewhere: &Misdirected<'_>,
    is_file: bool,
    path: &str,
    query: &str,
) -> Result<Response, ApiError> {
    let (Misdirected::WrongHost(origin) | Misdirected::PlainHttp(origin)) = elsewhere;
    if is_file {
        return Ok(respond::moved(&format!("{origin}{}", with_query(path, query)))?);
    }
    let origin = origin.to_string();
    Err(match elsewhere {
        Misdirected::WrongHost(_) => ApiError::WrongHost { origin },
        Misdirected::PlainHttp(_) => ApiError::HttpsRequired { origin },
    })
}

/// Returns a path with its query, if there is one.
pub(crate) fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The path and the query of an absolute URL, as they were sent.
pub(crate) fn path_and_query(url: &str) -> (&str, &str) {
    let rest = url.split_once(':').map_or(url, |(_, rest)| rest.trim_start_matches('/'));
    let target = rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/");
    let target = target.split('#').next().unwrap_or_default();
    target.split_once('?').unwrap_or((target, ""))
}
