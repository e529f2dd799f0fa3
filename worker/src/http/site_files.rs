//! The files of the site, from whatever serves files here: Cloudflare's assets, or a folder on one's own machine.

use js_sys::Date;
use worker::{Env, Method, Response};

use super::error::{ApiError, InternalError};
use super::outgoing::outgoing;
use super::page::Page;
use super::respond;
use crate::config::ASSETS;

const HTML: &str = "text/html; charset=utf-8";

/// Content types by ending: files in a folder have none, and no browser may guess one. `scripts/served.mjs` has the same.
const TYPES: [(&str, &str); 19] = [
    ("html", HTML),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("gif", "image/gif"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("pdf", "application/pdf"),
    ("wasm", "application/wasm"),
];

/// The file of that path. `known` lists the versions of it that the browser has. Of a page, a version is also one of what it is told.
///
/// # Errors
/// [`ApiError::NotFound`]; [`ApiError::Internal`] if whatever serves files fails.
pub(crate) async fn answer(path: &str, status: u16, known: Option<&str>, env: &Env) -> Result<Response, ApiError> {
    let kind = kind(path).ok_or(ApiError::NotFound)?;
    let page = (kind == HTML).then(|| Page::of(env));
    // What serves the files knows no versions of pages.
    let mut file = fetch(Method::Get, path, known.filter(|_| page.is_none()), env).await?;
    match file.status_code() {
        200 | 304 => {}
        status @ 500.. => return Err(InternalError::Answered { whose: ASSETS, status }.into()),
        _ => return Err(ApiError::NotFound),
    }
    let etag = match (etag(&file)?, &page) {
        (Some(etag), Some(page)) => Some(page.etag(opaque(&etag).trim_matches('"'))),
        (etag, _) => etag,
    };
    let mut headers = Vec::from([("content-type", kind), ("cache-control", "no-cache")]);
    headers.extend(etag.as_deref().map(|etag| ("etag", etag)));
    if file.status_code() == 304 || etag.as_deref().is_some_and(|etag| lists(known, etag)) {
        discard(file);
        return Ok(respond::head(304, &headers)?.empty());
    }
    let head = respond::head(status, &headers)?;
    Ok(match page {
        Some(page) => head.fixed(page.fill(&decoded(&file.bytes().await?)).into_bytes()),
        None => head.body(file.into_parts().1),
    })
}

/// The content type of a file, if its kind is served. Cameras write endings in capitals.
pub(crate) fn kind(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next()?;
    let ending = name.rsplit_once('.')?.1;
    TYPES.iter().find(|(served, _)| ending.eq_ignore_ascii_case(served)).map(|(_, kind)| *kind)
}

/// What names this version of a file. A folder on one's own machine has none, so it is made of the file's time and length.
fn etag(file: &Response) -> worker::Result<Option<String>> {
    let headers = file.headers();
    let given = headers.get("etag")?;
    if given.is_some() {
        return Ok(given);
    }
    let modified = headers.get("last-modified")?.map(|modified| Date::parse(&modified));
    let length = headers.get("content-length")?;
    Ok(modified.zip(length).map(|(modified, length)| format!("W/\"{modified}-{length}\"")))
}

/// Whether an `If-None-Match` names this version, compared weakly (RFC 9110, 13.1.2).
fn lists(known: Option<&str>, etag: &str) -> bool {
    known.is_some_and(|known| known.trim() == "*" || known.split(',').any(|tag| opaque(tag) == opaque(etag)))
}

/// An entity tag without what says that it is a weak one. None of ours holds a comma.
fn opaque(tag: &str) -> &str {
    let tag = tag.trim();
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// The text of a file of the site, without a byte order mark; `None` if there is no such file.
///
/// # Errors
/// [`ApiError::Internal`] alone: whether there is one is not known.
pub(crate) async fn text(path: &str, env: &Env) -> Result<Option<String>, ApiError> {
    let mut file = fetch(Method::Get, path, None, env).await?;
    match file.status_code() {
        200 => Ok(Some(decoded(&file.bytes().await?))),
        404 => Ok(None),
        status => Err(InternalError::Answered { whose: ASSETS, status }.into()),
    }
}

/// Decodes a file as browsers do, whatever program has saved it.
fn decoded(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()
}

/// Returns whether there is such a file.
///
/// # Errors
/// [`ApiError::Internal`] alone.
pub(crate) async fn exists(path: &str, env: &Env) -> Result<bool, ApiError> {
    Ok(fetch(Method::Head, path, None, env).await?.status_code() == 200)
}

/// Lets a body go unread, which cancels it.
fn discard(mut file: Response) {
    // An answer without a body has nothing to cancel.
    drop(file.stream());
}

async fn fetch(method: Method, path: &str, known: Option<&str>, env: &Env) -> worker::Result<Response> {
    let headers = known.map(|known| ("if-none-match", known));
    // The host does not matter: the binding serves one site.
    let request = outgoing(method, &format!("https://site.invalid{path}"), headers.as_slice(), None)?;
    env.assets(ASSETS)?.fetch_request(request).await
}
