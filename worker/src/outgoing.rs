//! Requests that the Worker makes.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, Request, RequestInit, RequestRedirect, Response};
use worker::Env;

use crate::runtime::{Objects, binding};

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
    let object = binding::<Objects>(env, objects)?.get_by_name(name)?;
    Ok(JsFuture::from(object.fetch(&object_request(question)?)?).await?.unchecked_into())
}

/// What an object is asked. It is found by its name or its id: neither path nor host matters.
///
/// # Errors
/// The runtime's own.
pub(crate) fn object_request(question: &str) -> Result<Request, JsValue> {
    outgoing("POST", "https://object.invalid/", &[], Some(question))
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
