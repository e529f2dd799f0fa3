//! The static pages, from whatever serves files here: Cloudflare's assets, or a folder on one's own machine.

use compago::edge::Area;
use js_sys::Date;
use worker::{Env, Method, Response};

use crate::body::discard;
use crate::catalog;
use crate::env::{ASSETS, Config};
use crate::fault::{Fault, InternalError};
use crate::outgoing::outgoing;
use crate::receive::{self, Incoming};
use crate::respond;
use crate::with_query;

/// Content types by ending: a plain folder tells none, and nothing here may be guessed by a browser. `scripts/served.mjs` has the same.
const TYPES: [(&str, &str); 19] = [
    ("html", "text/html; charset=utf-8"),
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

/// The most bytes that a file's name has on any common system, and more characters than addresses of files have.
const LONGEST_NAME: usize = 255;
const LONGEST_PATH: usize = 2_000;

/// Pages that people are sent to have an address without an ending.
const ADDRESSES: [&str; 3] = ["/card", "/operator", "/pos"];

/// The address of the page that is meant, where `path` has it in another spelling: in capitals, or with a slash at its end.
pub(crate) fn address_meant(path: &str) -> Option<&'static str> {
    let bare = path.trim_end_matches('/');
    let meant = ADDRESSES.into_iter().find(|address| bare.eq_ignore_ascii_case(address))?;
    (meant != path).then_some(meant)
}

/// On which of our origins a file is answered. Whatever is no page and belongs to no area may be part of pages of both.
pub(crate) fn area(path: &str) -> Area {
    let mut segments = path.split('/').skip(1);
    let first = segments.next().unwrap_or_default();
    let second = segments.next();
    let stem = first.split('.').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    match (first, stem, second) {
        ("pkg", _, Some(_)) | ("openapi.json", _, None) => Area::Public,
        ("operator" | "pos" | "staff", ..) | ("words", _, Some("operator" | "pos")) => Area::Staff,
        (_, "operator" | "pos", None) => Area::Staff,
        ("problems", _, Some(_)) | ("problems.html", _, None) => Area::Shared,
        ("" | "card" | "catalog.json", ..) => Area::Shop,
        (..) if last.ends_with(".html") || !last.contains('.') => Area::Shop,
        (..) => Area::Shared,
    }
}

/// Answers with the file at `path`; `/` is `/index.html`, that of a folder likewise, and pages that people are sent to have an address
/// without an ending. A file that the browser has already, by its `If-None-Match`, is 304.
///
/// # Errors
/// [`Fault::NotFound`] for a path without a file, or one whose kind is not served.
pub(crate) async fn serve(path: &str, query: &str, request: &Incoming, env: &Env) -> Result<Response, Fault> {
    let known = receive::header(request, "if-none-match");
    let known = known.as_deref();
    match path {
        "/pos" => answer("/pos.html", 200, known, env).await,
        "/operator" => answer("/operator.html", 200, known, env).await,
        "/card" => card_page(known, env).await,
        catalog::PATH => catalog::serve_file(known, env).await,
        problem if problem.starts_with("/problems/") => answer("/problems.html", 200, known, env).await,
        strange if !may_name_file(strange) => Err(Fault::NotFound),
        folder if folder.ends_with('/') => answer(&format!("{folder}index.html"), 200, known, env).await,
        file if kind(file).is_some() => answer(file, 200, known, env).await,
        folder => redirect_to_folder(folder, query, env).await,
    }
}

/// A redirect to `//host/` would lead to another site, and for a folder of files names that are too long or badly written are errors.
fn may_name_file(path: &str) -> bool {
    let is_name = |name: &str| decoded_length(name).is_some_and(|length| length <= LONGEST_NAME);
    path.len() <= LONGEST_PATH && !path.contains("//") && path.split('/').all(is_name)
}

/// How many bytes a name has that is written like this in an address; nothing if a `%` is not followed by two digits.
fn decoded_length(name: &str) -> Option<usize> {
    let mut parts = name.split('%');
    let plain = parts.next().map_or(0, str::len);
    parts.try_fold(plain, |length, part| {
        let digits = part.get(..2)?;
        digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| length + part.len() - 1)
    })
}

/// A folder's page has its address with a slash behind it, so that what it loads is looked for in the folder.
async fn redirect_to_folder(folder: &str, query: &str, env: &Env) -> Result<Response, Fault> {
    if fetch(Method::Head, &format!("{folder}/index.html"), None, env).await?.status_code() != 200 {
        return Err(Fault::NotFound);
    }
    Ok(respond::moved(&with_query(&format!("{folder}/"), query))?)
}

/// The page on which a card is saved, with Compago's form in a frame.
async fn card_page(known: Option<&str>, env: &Env) -> Result<Response, Fault> {
    let mut page = answer("/card.html", 200, known, env).await?;
    // A Worker that is not configured has no form to show: the page says so.
    let config = Config::read(env).ok();
    let origins = config.as_ref().map(|config| config.checkout_origins.as_slice()).unwrap_or_default();
    respond::allow_frames(&mut page, origins)?;
    Ok(page)
}

/// The page that says in words that there is nothing, where a person asked.
///
/// # Errors
/// [`Fault::NotFound`] if the site has no such page.
pub(crate) async fn not_found_page(env: &Env) -> Result<Response, Fault> {
    let page = answer("/404.html", 404, None, env).await?;
    // It is not the file of this address: nobody keeps it, and a program gets a problem document instead.
    let headers = page.headers();
    headers.set("cache-control", "no-store")?;
    headers.set("vary", respond::VARY_NOT_FOUND)?;
    headers.delete("etag")?;
    Ok(page)
}

/// The file of that path. `known` lists the versions of it that the browser has.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Internal`] if whatever serves files fails.
pub(crate) async fn answer(path: &str, status: u16, known: Option<&str>, env: &Env) -> Result<Response, Fault> {
    let kind = kind(path).ok_or(Fault::NotFound)?;
    let file = fetch(Method::Get, path, known, env).await?;
    match file.status_code() {
        200 | 304 => {}
        status @ 500.. => return Err(InternalError::Answered { whose: ASSETS, status }.into()),
        _ => return Err(Fault::NotFound),
    }
    let etag = etag(&file)?;
    let mut headers = Vec::from([("content-type", kind), ("cache-control", "no-cache")]);
    headers.extend(etag.as_deref().map(|etag| ("etag", etag)));
    if file.status_code() == 304 || etag.as_deref().is_some_and(|etag| lists(known, etag)) {
        discard(file);
        return Ok(respond::head(304, &headers)?.empty());
    }
    let (_, body) = file.into_parts();
    Ok(respond::head(status, &headers)?.body(body))
}

/// The content type of a file, if its kind is served. Cameras write endings in capitals.
fn kind(path: &str) -> Option<&'static str> {
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
/// [`Fault::Internal`] alone: whether there is one is not known.
pub(crate) async fn text(path: &str, env: &Env) -> Result<Option<String>, Fault> {
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

async fn fetch(method: Method, path: &str, known: Option<&str>, env: &Env) -> worker::Result<Response> {
    let headers = known.map(|known| ("if-none-match", known));
    // The host is of no account: the binding serves one site.
    let request = outgoing(method, &format!("https://site.invalid{path}"), headers.as_slice(), None)?;
    env.assets(ASSETS)?.fetch_request(request).await
}
