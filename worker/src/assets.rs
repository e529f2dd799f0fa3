//! The static pages, from whatever serves files here: Cloudflare's assets, or a folder on one's own machine.

use compago::edge::Area;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;
use worker::Env;

use crate::body::whole_text;
use crate::env::{ASSETS, Config};
use crate::fault::Fault;
use crate::outgoing::outgoing;
use crate::respond;
use crate::runtime::{Fetcher, binding};

/// Content types by ending: a plain folder tells none, and nothing here may be guessed by a browser.
const TYPES: [(&str, &str); 10] = [
    (".html", "text/html; charset=utf-8"),
    (".css", "text/css; charset=utf-8"),
    (".js", "text/javascript; charset=utf-8"),
    (".json", "application/json; charset=utf-8"),
    (".webmanifest", "application/manifest+json; charset=utf-8"),
    (".svg", "image/svg+xml"),
    (".png", "image/png"),
    (".ico", "image/x-icon"),
    (".txt", "text/plain; charset=utf-8"),
    (".wasm", "application/wasm"),
];

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

/// Answers with the file at `path`; `/` is `/index.html`, and pages that people are sent to have an address without an ending.
///
/// # Errors
/// [`Fault::NotFound`] for a path without a file, or one whose kind is not served.
pub(crate) async fn serve(path: &str, env: &Env) -> Result<Response, Fault> {
    let path = match path {
        "/" => "/index.html",
        "/pos" => "/pos.html",
        "/operator" => "/operator.html",
        "/card" => return card_page(env).await,
        problem if problem.starts_with("/problems/") => "/problems.html",
        path => path,
    };
    answer(path, 200, env).await
}

/// The page on which a card is saved, with Compago's form in a frame.
async fn card_page(env: &Env) -> Result<Response, Fault> {
    let page = answer("/card.html", 200, env).await?;
    // A Worker that is not configured has no form to show: the page says so.
    let config = Config::read(env).ok();
    let origins = config.as_ref().map(|config| config.checkout_origins.as_slice()).unwrap_or_default();
    respond::allow_frames(&page, origins)?;
    Ok(page)
}

/// The page that says in words that there is nothing, where a person asked.
///
/// # Errors
/// [`Fault::NotFound`] if the site has no such page.
pub(crate) async fn not_found_page(env: &Env) -> Result<Response, Fault> {
    let page = answer("/404.html", 404, env).await?;
    // It is not the file of this address: nobody keeps it, and a program gets a problem document instead.
    let headers = page.headers();
    headers.set("cache-control", "no-store")?;
    headers.set("vary", respond::VARY_NOT_FOUND)?;
    headers.delete("etag")?;
    Ok(page)
}

async fn answer(path: &str, status: u16, env: &Env) -> Result<Response, Fault> {
    let kind = TYPES.iter().find(|(ending, _)| path.ends_with(ending)).ok_or(Fault::NotFound)?.1;
    let file = fetch(path, env).await?;
    if file.status() != 200 {
        return Err(Fault::NotFound);
    }
    let etag = file.headers().get("etag")?;
    let mut headers = Vec::from([("content-type", kind), ("cache-control", "no-cache")]);
    headers.extend(etag.as_deref().map(|etag| ("etag", etag)));
    let head = respond::head(status, &headers)?;
    Ok(Response::new_with_opt_readable_stream_and_init(file.body().as_ref(), &head)?)
}

/// The text of a file of ours, such as the catalog.
///
/// # Errors
/// [`Fault::Internal`] when it is not there: the site was not built.
pub(crate) async fn text(path: &str, env: &Env) -> Result<String, Fault> {
    let file = fetch(path, env).await?;
    if file.status() != 200 {
        return Err(Fault::Internal);
    }
    Ok(whole_text(file.text()).await?)
}

async fn fetch(path: &str, env: &Env) -> Result<Response, Fault> {
    // The host is of no account: the binding serves one site.
    let request = outgoing("GET", &format!("https://site.invalid{path}"), &[], None)?;
    let files: Fetcher = binding(env, ASSETS)?;
    Ok(JsFuture::from(files.fetch(&request)?).await?.unchecked_into())
}
