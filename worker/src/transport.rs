//! Carries calls to Compago: with the key, within a time and a size, following nothing and repeating nothing.

use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use compago::endpoint::{self, Compago, Reply, Transport, Undelivered, retry_after};
use futures_util::future::{Either, select};
use serde_json::json;
use worker::{AbortController, Delay, Fetch, Method, Request, Response};

use crate::body::{Unread, discard, read_bounded};
use crate::clock::now;
use crate::env::Config;
use crate::log::{self, Level};
use crate::outgoing::outgoing;

/// How long a call may take, its answer's body included.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The largest answer that is read: a page of 500 payments has some 400 kB.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Compago's API as this Worker reaches it.
#[derive(Debug, Clone)]
pub(crate) struct CompagoApi(Rc<Config>);

impl CompagoApi {
    /// The API where the configuration says, called with its key.
    pub(crate) fn new(config: &Rc<Config>) -> Self {
        Self(Rc::clone(config))
    }

    fn request(&self, request: &endpoint::Request) -> worker::Result<Request> {
        let mut headers = Vec::from([("x-api-key", self.0.api_key.expose()), ("accept", "application/json")]);
        if request.body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        headers.extend(request.headers.iter().map(|(name, value)| (*name, value.as_str())));
        let url = format!("{}{}", self.0.base_url, request.target);
        let method = match request.method {
            endpoint::Method::Get => Method::Get,
            endpoint::Method::Post => Method::Post,
            endpoint::Method::Patch => Method::Patch,
            endpoint::Method::Delete => Method::Delete,
        };
        outgoing(method, &url, &headers, request.body.as_deref())
    }
}

impl Transport<Compago> for CompagoApi {
    async fn send(&self, request: endpoint::Request) -> Result<Reply, Undelivered> {
        let began = now();
        let result = match self.request(&request) {
            Ok(sent) => fetch_bounded(sent, TIMEOUT, Wanted::Body { max_bytes: MAX_BYTES }).await,
            Err(_) => Err(Undelivered::Network),
        };
        let (level, status) = match &result {
            // Nothing works until somebody mends the key.
            Ok(reply) if matches!(reply.status, 401 | 403) => (Level::Error, json!(reply.status)),
            Ok(reply) => (Level::Info, json!(reply.status)),
            Err(undelivered) => (Level::Warn, json!(undelivered.to_string())),
        };
        let ms = now().millis() - began.millis();
        log::write(level, "compago-call", json!({ "call": request.name, "status": status, "ms": ms }));
        result
    }
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
                Unread::Broken(_) => Undelivered::Network,
                Unread::TooLarge => Undelivered::TooLarge,
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
