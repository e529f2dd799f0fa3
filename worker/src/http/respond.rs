//! Answers: JSON, redirects, and the headers of every answer.

use std::cell::OnceCell;

use compago::edge::shown_text::shown_json;
use compago::json;
use compago::value::Origin;
use serde::Serialize;
use worker::{Response, ResponseBuilder, Result};

use crate::runtime::clock::http_date;

/// Only our own files run or are loaded; nobody frames us; WebAssembly may be compiled.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

/// Nothing of the device is used.
const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=()";

/// Headers of every answer, whatever it is.
const SECURITY: [(&str, &str); 8] = [
    ("content-security-policy", POLICY),
    ("strict-transport-security", "max-age=31536000"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", PERMISSIONS),
];

/// What the answer to a request for something that is not there depends on: it is a page or a problem document.
pub(crate) const VARY_NOT_FOUND: &str = "accept, accept-language";

/// A JSON answer.
pub(crate) fn json_answer(status: u16, body: &(impl Serialize + ?Sized)) -> Result<Response> {
    json_text(status, json::to_string(body))
}

/// A JSON answer that was written before. What of it was typed by strangers is made safe to show.
pub(crate) fn json_text(status: u16, text: String) -> Result<Response> {
    answer(status, Some(shown_json(text)), &[("content-type", "application/json; charset=utf-8")])
}

/// An answer without a body.
pub(crate) fn empty_answer(status: u16) -> Result<Response> {
    answer(status, None, &[])
}

/// Sends the browser on to `location`, to be fetched by GET.
pub(crate) fn see_other(location: &str) -> Result<Response> {
    answer(303, None, &[("location", location)])
}

/// Redirects to where the page is. The redirect is not cached, since a shop may move back.
pub(crate) fn moved(location: &str) -> Result<Response> {
    answer(308, None, &[("location", location)])
}

/// Redirects to another URL for this request alone: the requested one may be served again later, so the redirect is not cached.
pub(crate) fn temporary_redirect(location: &str) -> Result<Response> {
    answer(307, None, &[("location", location)])
}

/// The answer with one more header. Those of an answer that an object gave cannot be changed, so they are copied.
pub(crate) fn with_header(response: Response, name: &str, value: &str) -> Result<Response> {
    let headers = response.headers().clone();
    headers.set(name, value)?;
    Ok(response.with_headers(headers))
}

/// Lets a page show frames of `origins` with the wallets of their forms, and stand in a frame of ours itself: that is where a form in such
/// a frame leads to.
pub(crate) fn allow_frames(answer: &mut Response, origins: &[Origin]) -> Result<()> {
    let sources: String = origins.iter().map(|origin| format!(" {origin}")).collect();
    let allowed: String = origins.iter().map(|origin| format!(" \"{origin}\"")).collect();
    let policy =
        POLICY.replace("frame-ancestors 'none'", &format!("frame-ancestors 'self'; frame-src 'self'{sources}"));
    let permissions = PERMISSIONS.replace("payment=()", &format!("payment=(self{allowed})"));
    let headers = answer.headers_mut();
    headers.set("content-security-policy", &policy)?;
    headers.set("permissions-policy", &permissions)?;
    headers.set("x-frame-options", "SAMEORIGIN")
}

/// Returns the head of an answer: these headers and those of [`SECURITY`]. Unless they say otherwise, the answer is not cached.
pub(crate) fn head(status: u16, headers: &[(&str, &str)]) -> Result<ResponseBuilder> {
    with_all(prototype()?.with_status(status), headers)
}

fn with_all(head: ResponseBuilder, headers: &[(&str, &str)]) -> Result<ResponseBuilder> {
    headers.iter().try_fold(head, |head, (name, value)| head.with_header(name, value))
}

thread_local! {
    /// What all answers have, to be copied, which takes less time than setting one header after the other.
    static PROTOTYPE: OnceCell<ResponseBuilder> = const { OnceCell::new() };
}

fn prototype() -> Result<ResponseBuilder> {
    PROTOTYPE.with(|prototype| {
        if let Some(head) = prototype.get() {
            return Ok(head.clone());
        }
        let head = with_all(Response::builder().with_header("cache-control", "no-store")?, &SECURITY)?;
        Ok(prototype.get_or_init(|| head).clone())
    })
}

/// Returns an answer of the API. It names the time, by which pages measure the times in its body: a device's own clock may be wrong.
pub(super) fn answer(status: u16, body: Option<String>, headers: &[(&str, &str)]) -> Result<Response> {
    let head = head(status, headers)?.with_header("date", &http_date())?;
    Ok(match body {
        Some(text) => head.fixed(text.into_bytes()),
        None => head.empty(),
    })
}
