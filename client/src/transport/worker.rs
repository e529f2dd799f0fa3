//! Transports of a Cloudflare Worker, by the crate `worker`.
//!
//! ```no_run
//! use compago::value::{ApiKey, Environment};
//! use compago_client::Client;
//!
//! async fn read(env: &worker::Env, id: compago::value::PaymentId) -> Option<bool> {
//!     let key: ApiKey = env.secret("COMPAGO_API_KEY").ok()?.to_string().parse().ok()?;
//!     let client = Client::new(key, Environment::Demo);
//!     Some(client.one_time_payments().get(id).await.is_ok())
//! }
//! ```

use core::time::Duration;

use compago::edge::{Edge, RoleToken};
use compago::endpoint::{self, Compago, Reply, Transport, Undelivered};
use compago::value::ApiKey;
use worker::{Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response};

use super::bounds::{abort_after, read_bounded, seconds_to_wait, timer_millis};
use crate::{BaseUrl, Limits, Outgoing, Timer};

/// Compago's API, called with an organisation's key.
#[derive(Debug, Clone)]
pub struct CompagoTransport {
    base: BaseUrl,
    key: ApiKey,
    limits: Limits,
}

impl CompagoTransport {
    /// Creates a transport to an environment, or to any other base URL, within [`Limits::default`].
    pub fn new(base: impl Into<BaseUrl>, key: ApiKey) -> Self {
        Self { base: base.into(), key, limits: Limits::default() }
    }

    /// Sets the limits of each call.
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

impl Transport<Compago> for CompagoTransport {
    async fn send(&self, request: endpoint::Request) -> Result<Reply, Undelivered> {
        fetch(&Outgoing::to_compago(&self.base, &self.key, request), self.limits).await
    }
}

impl Timer for CompagoTransport {
    async fn sleep(&self, duration: Duration) {
        delay(duration).await;
    }
}

/// A compago-edge Worker, called from another Worker.
#[derive(Debug, Clone)]
pub struct EdgeTransport {
    base: BaseUrl,
    token: Option<RoleToken>,
    limits: Limits,
}

impl EdgeTransport {
    /// Creates a transport to the Worker at `base`, within [`Limits::default`]. The shop's calls need no token.
    pub fn new(base: impl Into<BaseUrl>, token: Option<RoleToken>) -> Self {
        Self { base: base.into(), token, limits: Limits::default() }
    }

    /// Sets the limits of each call.
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

impl Transport<Edge> for EdgeTransport {
    async fn send(&self, request: endpoint::Request) -> Result<Reply, Undelivered> {
        fetch(&Outgoing::to_edge(&self.base, self.token.as_ref(), request), self.limits).await
    }
}

impl Timer for EdgeTransport {
    async fn sleep(&self, duration: Duration) {
        delay(duration).await;
    }
}

/// Sends a request, follows no redirect, and reads the answer within the limits.
///
/// # Errors
/// [`Undelivered`]; [`Undelivered::Network`] also for a URL or header that the runtime refuses.
pub async fn fetch(outgoing: &Outgoing, limits: Limits) -> Result<Reply, Undelivered> {
    let request = Request::try_from(outgoing).map_err(|_| Undelivered::Network)?;
    abort_after(delay(limits.timeout), async |signal| {
        let mut response = response(request, signal.into()).await?;
        let body = match response.stream() {
            Ok(stream) => read_bounded(stream, limits.max_bytes).await?,
            // There is no body.
            Err(_) => Vec::new(),
        };
        Ok(reply(&response, body))
    })
    .await
}

/// Sends a request, follows no redirect, and returns the answer without its body, which is cancelled: it may be as long, as slow or
/// as broken as it likes.
///
/// # Errors
/// [`Undelivered`]; [`Undelivered::Network`] also for a URL or header that the runtime refuses.
pub async fn fetch_head(outgoing: &Outgoing, timeout: Duration) -> Result<Reply, Undelivered> {
    let request = Request::try_from(outgoing).map_err(|_| Undelivered::Network)?;
    abort_after(delay(timeout), async |signal| {
        let mut response = response(request, signal.into()).await?;
        // A stream that is dropped cancels its body. An answer without a body has no stream.
        drop(response.stream());
        Ok(reply(&response, Vec::new()))
    })
    .await
}

impl TryFrom<&Outgoing> for Request {
    type Error = worker::Error;

    /// A request that follows no redirect.
    fn try_from(outgoing: &Outgoing) -> worker::Result<Self> {
        let mut init = RequestInit::new();
        let headers = Headers::new();
        for (name, value) in &outgoing.headers {
            headers.set(name, value)?;
        }
        init.with_method(method(outgoing.method))
            .with_headers(headers)
            .with_redirect(RequestRedirect::Manual)
            .with_body(outgoing.body.as_deref().map(Into::into));
        Self::new_with_init(&outgoing.url, &init)
    }
}

const fn method(method: endpoint::Method) -> Method {
    match method {
        endpoint::Method::Get => Method::Get,
        endpoint::Method::Post => Method::Post,
        endpoint::Method::Patch => Method::Patch,
        endpoint::Method::Delete => Method::Delete,
    }
}

async fn response(request: Request, signal: worker::AbortSignal) -> Result<Response, Undelivered> {
    Fetch::Request(request).send_with_signal(&signal).await.map_err(|_| Undelivered::Network)
}

fn reply(response: &Response, body: Vec<u8>) -> Reply {
    let retry_after = seconds_to_wait(response.headers().get("retry-after").ok().flatten());
    Reply { status: response.status_code(), retry_after, body }
}

fn delay(duration: Duration) -> Delay {
    Delay::from(Duration::from_millis(timer_millis(duration).into()))
}
