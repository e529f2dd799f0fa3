//! Carries calls to Compago: with the key, within a time and a size, following nothing and repeating nothing.

use std::rc::Rc;
use std::time::Duration;

use compago::endpoint::{Compago, Reply, Request, Transport, Undelivered, retry_after};
use compago::json::ToJson;
use futures_util::future::{Either, select};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response, WorkerGlobalScope};
use worker::Delay;

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

    fn request(&self, request: &Request) -> Result<web_sys::Request, JsValue> {
        let mut headers = Vec::from([("x-api-key", self.0.api_key.expose()), ("accept", "application/json")]);
        if request.body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        headers.extend(request.headers.iter().map(|(name, value)| (*name, value.as_str())));
        let url = format!("{}{}", self.0.base_url, request.target);
        outgoing(request.method.as_str(), &url, &headers, request.body.as_deref())
    }
}

impl Transport<Compago> for CompagoApi {
    async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
        let began = now();
        let result = match self.request(&request) {
            Ok(sent) => fetch_bounded(sent, TIMEOUT, Wanted::Body { max_bytes: MAX_BYTES }).await,
            Err(_) => Err(Undelivered::Network),
        };
        let (level, status): (_, &dyn ToJson) = match &result {
            // Nothing works until somebody mends the key.
            Ok(reply) if matches!(reply.status, 401 | 403) => (Level::Error, &reply.status),
            Ok(reply) => (Level::Info, &reply.status),
            Err(undelivered) => (Level::Warn, &undelivered.to_string()),
        };
        let ms = now().millis() - began.millis();
        log::write(level, "compago-call", &[("call", &request.name), ("status", status), ("ms", &ms)]);
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
pub(crate) async fn fetch_bounded(
    request: web_sys::Request,
    timeout: Duration,
    wanted: Wanted,
) -> Result<Reply, Undelivered> {
    let abort = AbortController::new().map_err(|_| Undelivered::Network)?;
    let init = RequestInit::new();
    init.set_signal(Some(&abort.signal()));
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let sent = JsFuture::from(scope.fetch_with_request_and_init(&request, &init));
    let exchange = Box::pin(async move {
        let response: Response = sent.await.map_err(|_| Undelivered::Network)?.unchecked_into();
        let header = response.headers().get("retry-after").ok().flatten();
        let retry_after = header.and_then(|header| retry_after(&header, now()));
        let body = match wanted {
            Wanted::Body { max_bytes } => {
                read_bounded(response.body(), max_bytes).await.map_err(|unread| match unread {
                    Unread::Broken => Undelivered::Network,
                    Unread::TooLarge => Undelivered::TooLarge,
                })?
            }
            Wanted::StatusAlone => {
                discard(response.body());
                Vec::new()
            }
        };
        Ok(Reply { status: response.status(), retry_after, body })
    });
    match select(exchange, Delay::from(timeout)).await {
        Either::Left((result, _)) => result,
        Either::Right(((), _)) => {
            abort.abort();
            Err(Undelivered::Timeout)
        }
    }
}
