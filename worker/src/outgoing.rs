//! Requests that the Worker makes.

use worker::wasm_bindgen::JsValue;
use worker::{Headers, Request, Result};

/// A request that follows no redirect. Built of the runtime's own parts: `worker::RequestInit` brings the code of all
/// its options along, which is a twentieth of the Worker.
///
/// # Errors
/// A URL or a method that the runtime refuses.
pub(crate) fn outgoing(method: &str, url: &str, headers: &Headers, body: Option<&str>) -> Result<Request> {
    let init = web_sys::RequestInit::new();
    init.set_method(method);
    init.set_headers(&headers.0);
    init.set_redirect(web_sys::RequestRedirect::Manual);
    if let Some(body) = body {
        init.set_body(&JsValue::from_str(body));
    }
    Ok(web_sys::Request::new_with_str_and_init(url, &init)?.into())
}

/// What is asked of a Durable Object: its name is known from the stub, so neither path nor host matters.
///
/// # Errors
/// None that is to be expected.
pub(crate) fn question(body: &str) -> Result<Request> {
    outgoing("POST", "https://object.invalid/", &Headers::new(), Some(body))
}
