//! Requests that the Worker makes: they follow no redirect, and end within a time and a size.

use std::pin::pin;
use std::time::Duration;

use compago::endpoint::{Reply, Undelivered, retry_after};
use futures_util::future::{Either, select};
use worker::{AbortController, Delay, Fetch, Method, Request, RequestInit, RequestRedirect, Response};

use super::body::{BodyError, discard, read_bounded};
use crate::runtime::clock::now;

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

/// What is wanted of an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted {
    /// Its body, within bounds.
    Body {
        /// The most that is read.
        max_bytes: usize,
    },
    /// Its status: the body may be as long, as slow or as broken as it likes.
    StatusAlone,
}

/// Sends a request and reads what is wanted of its answer, within `timeout` altogether.
///
/// # Errors
/// [`Undelivered`].
pub(crate) async fn fetch_bounded(request: Request, timeout: Duration, wanted: Wanted) -> Result<Reply, Undelivered> {
    let abort = AbortController::default();
    let signal = abort.signal();
    let exchange = pin!(async move {
        let response = Fetch::Request(request).send_with_signal(&signal).await;
        read_reply(response.map_err(|_| Undelivered::Network)?, wanted).await
    });
    match select(exchange, Delay::from(timeout)).await {
        Either::Left((result, _)) => result,
        Either::Right(((), _)) => {
            abort.abort();
            Err(Undelivered::Timeout)
        }
    }
}

async fn read_reply(mut response: Response, wanted: Wanted) -> Result<Reply, Undelivered> {
    let header = response.headers().get("retry-after").ok().flatten();
    let retry_after = header.and_then(|header| retry_after(&header, now()));
    let status = response.status_code();
    let body = match wanted {
        Wanted::Body { max_bytes } => match response.stream() {
            Ok(stream) => read_bounded(stream, max_bytes).await.map_err(|unread| match unread {
                BodyError::Broken(_) => Undelivered::Network,
                BodyError::TooLarge => Undelivered::TooLarge,
            })?,
            // There is no body.
            Err(_) => Vec::new(),
        },
        Wanted::StatusAlone => {
            discard(response);
            Vec::new()
        }
    };
    Ok(Reply { status, retry_after, body })
}
