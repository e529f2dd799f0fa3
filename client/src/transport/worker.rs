//! Transports of a Cloudflare Worker, by the crate `worker`.
//!
//! ```no_run
//! use compago::value::{ApiKey, Environment};
//! use compago_client::transport::worker::Client;
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
use worker::{Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response, ResponseBody};

use super::bounds::{abort_after, read_bounded, seconds_to_wait, timer_millis};
use crate::{BaseUrl, EdgeSettings, Limits, Outgoing, RetryReads, Settings, Timer};

/// The client that [`new`](Client::new) returns.
pub type Client = crate::Client<RetryReads<CompagoTransport>>;

impl Client {
    /// Creates a client for an [`Environment`](compago::value::Environment), or with [`Settings`]. It repeats reads,
    /// and nothing else.
    #[must_use]
    pub fn new(key: ApiKey, settings: impl Into<Settings>) -> Self {
        let Settings { base_url, limits, read_retries } = settings.into();
        Self::with_transport(RetryReads::new(CompagoTransport::new(key, base_url, limits), read_retries))
    }
}

/// The client that [`new`](EdgeClient::new) returns.
pub type EdgeClient = crate::EdgeClient<RetryReads<EdgeTransport>>;

impl EdgeClient {
    /// Creates a client of the Worker at an [`Origin`](compago::value::Origin) or a [`BaseUrl`], or with [`EdgeSettings`]. It
    /// repeats reads, and nothing else.
    #[must_use]
    pub fn new(settings: impl Into<EdgeSettings>) -> Self {
        let Settings { base_url, limits, read_retries } = settings.into().into_settings();
        Self::with_transport(RetryReads::new(EdgeTransport::new(base_url, None, limits), read_retries))
    }

    /// Sends the token of an operator or of a till with each call.
    #[must_use]
    pub fn with_token(mut self, token: RoleToken) -> Self {
        self.transport.inner_mut().token = Some(token);
        self
    }
}

/// Sends calls to Compago with the organisation's key.
///
/// **Dropping the future of a call aborts it**, and it may have been carried out: never drop one that moves money, and never
/// repeat it for that. `wait_until` keeps one alive after the answer to the request that caused it.
#[derive(Debug, Clone)]
pub struct CompagoTransport {
    base: BaseUrl,
    key: ApiKey,
    limits: Limits,
}

impl CompagoTransport {
    /// Creates the transport.
    #[must_use]
    pub const fn new(key: ApiKey, base: BaseUrl, limits: Limits) -> Self {
        Self { base, key, limits }
    }
}

impl Transport<Compago> for CompagoTransport {
    async fn send(&self, request: endpoint::Request) -> Result<Reply, Undelivered> {
        fetch(&Outgoing::for_compago(&self.base, &self.key, request), self.limits).await
    }
}

impl Timer for CompagoTransport {
    async fn sleep(&self, duration: Duration) {
        delay(duration).await;
    }
}

/// Sends calls to another Worker's own API.
#[derive(Debug, Clone)]
pub struct EdgeTransport {
    base: BaseUrl,
    token: Option<RoleToken>,
    limits: Limits,
}

impl EdgeTransport {
    /// Creates the transport. Payers' calls need no token.
    #[must_use]
    pub const fn new(base: BaseUrl, token: Option<RoleToken>, limits: Limits) -> Self {
        Self { base, token, limits }
    }
}

impl Transport<Edge> for EdgeTransport {
    async fn send(&self, request: endpoint::Request) -> Result<Reply, Undelivered> {
        fetch(&Outgoing::for_edge(&self.base, self.token.as_ref(), request), self.limits).await
    }
}

impl Timer for EdgeTransport {
    async fn sleep(&self, duration: Duration) {
        delay(duration).await;
    }
}

/// Sends a request, follows no redirect, and reads the answer within the limits: for a transport of one's own, such as
/// one that logs.
///
/// # Errors
/// [`Undelivered`]; [`Undelivered::Network`] also for a URL or header that the runtime refuses.
pub async fn fetch(outgoing: &Outgoing, limits: Limits) -> Result<Reply, Undelivered> {
    let request = Request::try_from(outgoing).map_err(|_| Undelivered::Network)?;
    abort_after(delay(limits.timeout), async |signal| {
        let mut response = response(request, signal.into()).await?;
        let body = if matches!(response.body(), ResponseBody::Empty) {
            Vec::new()
        } else {
            let stream = response.stream().map_err(|_| Undelivered::Network)?;
            read_bounded(stream, limits.max_bytes).await?
        };
        Ok(reply(&response, body))
    })
    .await
}

/// Sends a request, follows no redirect, and returns the answer without its body, which is cancelled: its length and
/// speed do not matter. For requests of which only the status counts, such as a webhook.
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
