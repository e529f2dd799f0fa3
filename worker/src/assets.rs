//! The static pages, from whatever serves files here: Cloudflare's assets, or a folder on one's own machine.

use worker::{Env, Response};

use crate::env::ASSETS;
use crate::fault::Fault;
use crate::respond;

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

/// Answers with the file at `path`; `/` is `/index.html`.
///
/// # Errors
/// [`Fault::NotFound`] for a path without a file, or one whose kind is not served.
pub(crate) async fn serve(path: &str, env: &Env) -> Result<Response, Fault> {
    let (path, status) = match path {
        "/" => ("/index.html", 200),
        problem if problem.starts_with("/problems/") => ("/problems.html", 200),
        path => (path, 200),
    };
    let kind = TYPES.iter().find(|(ending, _)| path.ends_with(ending)).ok_or(Fault::NotFound)?.1;
    let file = fetch(path, env).await?;
    if file.status_code() != 200 {
        return Err(Fault::NotFound);
    }
    let mut response = file.with_status(status);
    let headers = response.headers_mut();
    headers.set("content-type", kind)?;
    headers.set("cache-control", "no-cache")?;
    Ok(response)
}

/// The text of a file of ours, such as the catalog.
///
/// # Errors
/// [`Fault::Internal`] when it is not there: the site was not built.
pub(crate) async fn text(path: &str, env: &Env) -> Result<String, Fault> {
    let mut file = fetch(path, env).await?;
    if file.status_code() != 200 {
        return Err(Fault::Internal);
    }
    Ok(file.text().await?)
}

/// Answers in the words of a refusal with a page that a person can read, if there is one.
pub(crate) async fn not_found_page(env: &Env) -> Option<Response> {
    let file = fetch("/404.html", env).await.ok().filter(|file| file.status_code() == 200)?;
    let mut response = respond::empty_answer(404).ok()?;
    let body = { file }.bytes().await.ok()?;
    response = Response::from_bytes(body).ok()?.with_status(404).with_headers(response.headers().clone());
    response.headers_mut().set("content-type", "text/html; charset=utf-8").ok()?;
    Some(response)
}

async fn fetch(path: &str, env: &Env) -> Result<Response, Fault> {
    // The host is of no account: the binding serves one site.
    Ok(env.assets(ASSETS)?.fetch(format!("https://site.invalid{path}"), None).await?)
}
