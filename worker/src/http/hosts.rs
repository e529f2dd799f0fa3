//! Requests that came in on another host than the one that answers them, or over plain HTTP.

use compago::edge::Misdirected;
use worker::Response;

use super::error::ApiError;
use super::respond;
use super::urls::with_query;

/// Pages are redirected to where they are; a program is told, since it may not follow with what it has sent.
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
