//! Requests that the Worker makes.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, RequestInit, RequestRedirect, Response};
use worker::Env;

use crate::log::{self, Level};
use crate::runtime::{Fetcher, Objects, binding};

/// A request that follows no redirect.
///
/// # Errors
/// A URL, a method or a header that the runtime refuses.
pub(crate) fn outgoing(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> Result<Request, JsValue> {
    let init = RequestInit::new();
    init.set_method(method);
    init.set_headers_headers(&header_list(headers)?);
    init.set_redirect(RequestRedirect::Manual);
    if let Some(body) = body {
        init.set_body(&body.into());
    }
    Request::new_with_str_and_init(url, &init)
}

/// Asks the Durable Object of this name, and hands on its answer.
///
/// # Errors
/// It could not be reached, or threw.
pub(crate) async fn ask_object(objects: &str, name: &str, question: &str, env: &Env) -> Result<Response, JsValue> {
    let namespace: Objects = binding(env, objects)?;
    ask(&|| namespace.get_by_name(name), objects, question).await
}

/// Asks the Durable Object to which the runtime gave this id, and hands on its answer.
///
/// # Errors
/// It could not be reached, or threw.
pub(crate) async fn ask_object_by_id(objects: &str, id: &str, question: &str, env: &Env) -> Result<Response, JsValue> {
    let namespace: Objects = binding(env, objects)?;
    ask(&|| namespace.get(&namespace.id_from_string(id)?), objects, question).await
}

/// Asks an object, and asks it once more where the runtime says that this may help. That is safe although the first call may
/// have been carried out: what an object is asked is keyed by the order, charge, card, session or version that it is about, so
/// that the same message twice has the effect of one. The limiter alone counts both.
async fn ask(
    object: &dyn Fn() -> Result<Fetcher, JsValue>,
    objects: &str,
    question: &str,
) -> Result<Response, JsValue> {
    match ask_once(&object()?, question).await {
        // After an error a stub may be broken for good; the repeated call has one of its own.
        Err(error) if is_retryable(&error) => {
            log::write(Level::Warn, "object-call-repeated", &[("object", &objects)]);
            ask_once(&object()?, question).await
        }
        answer => answer,
    }
}

async fn ask_once(object: &Fetcher, question: &str) -> Result<Response, JsValue> {
    // An object is found by its name or its id: neither path nor host matters.
    let request = outgoing("POST", "https://object.invalid/", &[], Some(question))?;
    Ok(JsFuture::from(object.fetch(&request)?).await?.unchecked_into())
}

/// Whether the runtime calls an error transient, and not one of overload, which a repeated call makes worse
/// (<https://developers.cloudflare.com/durable-objects/best-practices/error-handling/>, read November 2026).
fn is_retryable(error: &JsValue) -> bool {
    let flag = |name: &str| js_sys::Reflect::get(error, &name.into()).is_ok_and(|value| value.is_truthy());
    flag("retryable") && !flag("overloaded")
}

/// Headers of a request or of an answer.
///
/// # Errors
/// A name or a value that the runtime refuses.
pub(crate) fn header_list(pairs: &[(&str, &str)]) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in pairs {
        headers.set(name, value)?;
    }
    Ok(headers)
}
