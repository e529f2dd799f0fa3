//! The static pages, from whatever serves files here: Cloudflare's assets, or a folder on one's own machine.

use compago::edge::Area;
use worker::{Env, Response};

use super::catalog;
use crate::config::Config;
use crate::http::error::ApiError;
use crate::http::hosts::with_query;
use crate::http::request::{self, Incoming};
use crate::http::respond;
use crate::http::site_files;

/// The most bytes that a file's name has on any common system, and more characters than addresses of files have.
const LONGEST_NAME: usize = 255;
const LONGEST_PATH: usize = 2_000;

/// Pages that people are sent to have an address without an ending.
const ADDRESSES: [&str; 3] = ["/card", "/operator", "/pos"];

/// The address of the page that is meant, where `path` has it in another spelling: in capitals, or with a slash at its end.
fn address_meant(path: &str) -> Option<&'static str> {
    let bare = path.trim_end_matches('/');
    let meant = ADDRESSES.into_iter().find(|address| bare.eq_ignore_ascii_case(address))?;
    (meant != path).then_some(meant)
}

/// On which of our origins a file is answered. Whatever is no page and belongs to no area may be part of pages of both.
pub(super) fn area(path: &str) -> Area {
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

/// Answers with a file, or with a redirect to the one address of its page.
///
/// # Errors
/// [`ApiError::NotFound`] for a path without a file, or one whose kind is not served.
pub(super) async fn answer(path: &str, query: &str, request: &Incoming, env: &Env) -> Result<Response, ApiError> {
    match address_meant(path) {
        Some(address) => Ok(respond::moved(&with_query(address, query))?),
        None => serve(path, query, request, env).await,
    }
}

/// Answers with the file at `path`; `/` is `/index.html`, that of a folder likewise, and pages that people are sent to have an address
/// without an ending. A file that the browser has already, by its `If-None-Match`, is 304.
///
/// # Errors
/// [`ApiError::NotFound`] for a path without a file, or one whose kind is not served.
async fn serve(path: &str, query: &str, request: &Incoming, env: &Env) -> Result<Response, ApiError> {
    let known = request::header(request, "if-none-match");
    let known = known.as_deref();
    if let Some(file) = in_version(path).filter(|_| may_name_file(path)) {
        return serve_version(path, file, query, known, env).await;
    }
    match path {
        "/pos" => site_files::answer("/pos.html", 200, known, env).await,
        "/operator" => site_files::answer("/operator.html", 200, known, env).await,
        "/card" => card_page(known, env).await,
        catalog::PATH => catalog::serve_file(known, env).await,
        problem if problem.starts_with("/problems/") => site_files::answer("/problems.html", 200, known, env).await,
        strange if !may_name_file(strange) => Err(ApiError::NotFound),
        folder if folder.ends_with('/') => site_files::answer(&format!("{folder}index.html"), 200, known, env).await,
        file if site_files::kind(file).is_some() => site_files::answer(file, 200, known, env).await,
        folder => redirect_to_folder(folder, query, env).await,
    }
}

/// The path within the package of a file that is addressed with a version: `elements/cart.js` of `/pkg/v0.1.0/elements/cart.js`.
fn in_version(path: &str) -> Option<&str> {
    let (version, file) = path.strip_prefix("/pkg/v")?.split_once('/')?;
    let is_version = version.starts_with(|first: char| first.is_ascii_digit());
    (is_version && site_files::kind(file).is_some()).then_some(file)
}

/// Answers with the file of that version of the package, which never changes. Of another version the Worker has no files any more: a page
/// that was made for it is redirected to those of today, and goes on selling.
///
/// # Errors
/// [`ApiError::NotFound`] for a file that the package does not have.
async fn serve_version(
    path: &str,
    file: &str,
    query: &str,
    known: Option<&str>,
    env: &Env,
) -> Result<Response, ApiError> {
    match site_files::answer(path, 200, known, env).await {
        Ok(answer) => Ok(respond::with_header(answer, "cache-control", "public, max-age=31536000, immutable")?),
        Err(ApiError::NotFound) => redirect_to_current(file, query, env).await,
        Err(error) => Err(error),
    }
}

async fn redirect_to_current(file: &str, query: &str, env: &Env) -> Result<Response, ApiError> {
    let current = format!("/pkg/{file}");
    if !site_files::exists(&current, env).await? {
        return Err(ApiError::NotFound);
    }
    Ok(respond::temporary_redirect(&with_query(&current, query))?)
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
async fn redirect_to_folder(folder: &str, query: &str, env: &Env) -> Result<Response, ApiError> {
    if !site_files::exists(&format!("{folder}/index.html"), env).await? {
        return Err(ApiError::NotFound);
    }
    Ok(respond::moved(&with_query(&format!("{folder}/"), query))?)
}

/// The page on which a card is saved, with Compago's form in a frame.
async fn card_page(known: Option<&str>, env: &Env) -> Result<Response, ApiError> {
    let mut page = site_files::answer("/card.html", 200, known, env).await?;
    // A Worker that is not configured has no form to show: the page says so.
    let config = Config::read(env).ok();
    let origins = config.as_ref().map(|config| config.checkout_origins.as_slice()).unwrap_or_default();
    respond::allow_frames(&mut page, origins)?;
    Ok(page)
}

/// The page that says in words that there is nothing, where a person asked.
///
/// # Errors
/// [`ApiError::NotFound`] if the site has no such page.
pub(crate) async fn not_found_page(env: &Env) -> Result<Response, ApiError> {
    let page = site_files::answer("/404.html", 404, None, env).await?;
    // It is not the file of this address: nobody keeps it, and a program gets a problem document instead.
    let headers = page.headers();
    headers.set("cache-control", "no-store")?;
    headers.set("vary", respond::VARY_NOT_FOUND)?;
    headers.delete("etag")?;
    Ok(page)
}
