//! Requests to bindings of this Worker: its Durable Objects and its files.

use worker::{Method, Request, RequestInit, RequestRedirect};

/// A request that follows no redirect.
///
/// # Errors
/// A URL or a header that the runtime refuses.
pub(crate) fn outgoing(
    method: Method,
    url: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> worker::Result<Request> {
    let mut init = RequestInit::new();
    init.with_method(method).with_redirect(RequestRedirect::Manual).with_body(body.map(Into::into));
    for (name, value) in headers {
        init.headers.set(name, value)?;
    }
    Request::new_with_init(url, &init)
}
