//! The transport of a page, by the crate `gloo-net`.
//!
//! It sends the Worker's own calls alone, as a browser sends those of a page: with the session's cookie, which no program can
//! read. It keeps neither a key nor a token: the token of a role passes through it once, in the call that signs in.
//!
//! ```no_run
//! use compago::edge::Edge;
//! use compago::endpoint::{Endpoint, call};
//! use compago_client::{Limits, transport::gloo_net::{EdgeClient, EdgeTransport}};
//!
//! async fn read<E: Endpoint<Host = Edge>>(endpoint: &E) -> Option<E::Answer> {
//!     EdgeClient::for_page().call(endpoint).await.ok() // Repeats reads.
//! }
//! async fn send<E: Endpoint<Host = Edge>>(endpoint: &E) -> Option<E::Answer> {
//!     call(endpoint, &EdgeTransport::for_page(Limits::default())).await.ok()
//! }
//! ```
//!
//! Compago's own calls do not compile:
//!
//! ```compile_fail,E0277
//! use compago::api::one_time_payment::get::GetOneTimePayment;
//! use compago_client::{Limits, transport::gloo_net::EdgeTransport};
//!
//! async fn leak(id: compago::value::PaymentId) {
//!     let _ = compago::endpoint::call(&GetOneTimePayment { id }, &EdgeTransport::for_page(Limits::default())).await;
//! }
//! ```

use core::time::Duration;

use compago::edge::Edge;
use compago::endpoint::{self, Method, Reply, Transport, Undelivered};
use futures_util::StreamExt;
use gloo_net::http::{Headers, Request, Response};
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_streams::ReadableStream;
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestMode, RequestRedirect};

use super::bounds::{abort_after, read_bounded, seconds_to_wait, timer_millis};
use crate::{BaseUrl, EdgeSettings, Limits, Outgoing, RetryReads, Settings, Timer};

/// The client that [`for_page`](EdgeClient::for_page) and [`new`](EdgeClient::new) return.
pub type EdgeClient = crate::EdgeClient<RetryReads<EdgeTransport>>;

impl EdgeClient {
    /// Creates a client of the Worker that serves the page. It repeats reads, and nothing else.
    #[must_use]
    pub fn for_page() -> Self {
        Self::new(EdgeSettings::of_page())
    }

    /// Creates a client of the Worker at an [`Origin`](compago::value::Origin) or a [`BaseUrl`], or with
    /// [`EdgeSettings`], such as `EdgeSettings::of_page().with_read_retries(0)`. It repeats reads, and nothing else.
    ///
    /// Unlike the clients of servers it takes no token: a page has a session.
    #[must_use]
    pub fn new(settings: impl Into<EdgeSettings>) -> Self {
        let Settings { base_url, limits, read_retries } = settings.into().into_settings();
        Self::with_transport(RetryReads::new(EdgeTransport::new(base_url, limits), read_retries))
    }
}

/// Sends calls of a page to a Worker's own API.
#[derive(Debug, Clone)]
pub struct EdgeTransport {
    base: BaseUrl,
    mode: RequestMode,
    limits: Limits,
}

impl EdgeTransport {
    /// Creates the transport to the Worker that serves the page. Nothing is sent to any other origin, whatever a
    /// `<base>` of the page says.
    #[must_use]
    pub fn for_page(limits: Limits) -> Self {
        Self::new(BaseUrl::of_page(), limits)
    }

    /// Creates the transport to the Worker at `base`. On another origin than the page's it gets no cookies.
    #[must_use]
    pub fn new(base: BaseUrl, limits: Limits) -> Self {
        let mode = if base.is_of_page() { RequestMode::SameOrigin } else { RequestMode::Cors };
        Self { base, mode, limits }
    }

    fn request(&self, outgoing: Outgoing, signal: &AbortSignal) -> Result<Request, Undelivered> {
        // Through `web_sys`, whose `set` returns what gloo-net's would throw.
        let headers = web_sys::Headers::new().map_err(not_sent)?;
        for (name, value) in &outgoing.headers {
            headers.set(name, value).map_err(not_sent)?;
        }
        let builder = match outgoing.method {
            Method::Get => Request::get(&outgoing.url),
            Method::Post => Request::post(&outgoing.url),
            Method::Patch => Request::patch(&outgoing.url),
            Method::Delete => Request::delete(&outgoing.url),
        };
        let builder = builder
            .headers(Headers::from_raw(headers))
            .mode(self.mode)
            .credentials(RequestCredentials::SameOrigin)
            .cache(RequestCache::NoStore)
            .redirect(RequestRedirect::Error)
            .abort_signal(Some(signal));
        match outgoing.body {
            Some(body) => builder.body(body),
            None => builder.build(),
        }
        .map_err(|_| Undelivered::Network)
    }
}

impl Transport<Edge> for EdgeTransport {
    async fn send(&self, request: endpoint::Request) -> Result<Reply, Undelivered> {
        let outgoing = Outgoing::for_edge(&self.base, None, request);
        abort_after(timer(self.limits.timeout), async |signal| {
            let response = self.request(outgoing, &signal)?.send().await.map_err(|_| Undelivered::Network)?;
            let retry_after = seconds_to_wait(response.headers().get("retry-after"));
            let body = read_body(&response, self.limits.max_bytes).await?;
            Ok(Reply { status: response.status(), retry_after, body })
        })
        .await
    }
}

impl Timer for EdgeTransport {
    async fn sleep(&self, duration: Duration) {
        timer(duration).await;
    }
}

async fn read_body(response: &Response, max_bytes: usize) -> Result<Vec<u8>, Undelivered> {
    let Some(body) = response.body() else { return Ok(Vec::new()) };
    let chunks = ReadableStream::from_raw(body.unchecked_into()).try_into_stream();
    let chunks = chunks.map_err(|_| Undelivered::Network)?;
    let bytes = chunks.map(|chunk| Ok::<_, JsValue>(chunk?.dyn_into::<Uint8Array>()?.to_vec()));
    Ok(read_bounded(bytes, max_bytes).await?)
}

fn not_sent(_: JsValue) -> Undelivered {
    Undelivered::Network
}

fn timer(duration: Duration) -> TimeoutFuture {
    TimeoutFuture::new(timer_millis(duration))
}
