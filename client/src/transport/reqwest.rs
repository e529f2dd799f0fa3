//! HTTPS by `reqwest`, for servers and programs: TLS by rustls with *ring*, certificates as the system trusts them.
//!
//! No redirect is followed, since it would take the key to another host. A proxy of the environment (`HTTPS_PROXY`) sees
//! only the host's name; plain http, which [`BaseUrl`] allows to loopback addresses alone, bypasses proxies.

use std::mem;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use compago::edge::{Edge, RoleToken};
use compago::endpoint::{Compago, Reply, Request, Transport, Undelivered};
use compago::value::{ApiKey, UnixMillis};
use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use thiserror::Error;

use crate::{BaseUrl, EdgeSettings, Limits, Outgoing, RetryReads, Settings, Timer};

/// The client that [`new`](Client::new) returns.
pub type Client = crate::Client<RetryReads<CompagoTransport>>;

/// The client that [`new`](EdgeClient::new) returns.
pub type EdgeClient = crate::EdgeClient<RetryReads<EdgeTransport>>;

impl Client {
    /// Creates a client for an [`Environment`](compago::value::Environment), or with [`Settings`]. It repeats reads, and
    /// nothing else.
    ///
    /// It sends inside a tokio runtime.
    ///
    /// # Errors
    /// [`BuildError`] if the system has no certificates that it trusts.
    pub fn new(key: ApiKey, settings: impl Into<Settings>) -> Result<Self, BuildError> {
        let Settings { base_url, limits, read_retries } = settings.into();
        Ok(Self::with_transport(RetryReads::new(CompagoTransport::new(key, base_url, limits)?, read_retries)))
    }
}

impl EdgeClient {
    /// Creates a client of the Worker at an [`Origin`](compago::value::Origin) or a [`BaseUrl`], or with [`EdgeSettings`]. It
    /// repeats reads, and nothing else.
    ///
    /// It sends inside a tokio runtime.
    ///
    /// # Errors
    /// [`BuildError`] if the system has no certificates that it trusts.
    pub fn new(settings: impl Into<EdgeSettings>) -> Result<Self, BuildError> {
        let Settings { base_url, limits, read_retries } = settings.into().into_settings();
        Ok(Self::with_transport(RetryReads::new(EdgeTransport::new(base_url, None, limits)?, read_retries)))
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
/// **Dropping the future of a call aborts it**, and it may have been carried out: never drop one that moves money, such
/// as in a `select!` with a shorter timeout, and never repeat it for that.
#[derive(Debug, Clone)]
pub struct CompagoTransport {
    http: Http,
    base: BaseUrl,
    key: ApiKey,
}

impl CompagoTransport {
    /// Creates the transport. Cloning it shares its connections.
    ///
    /// # Errors
    /// [`BuildError`] if the system has no certificates that it trusts.
    pub fn new(key: ApiKey, base: BaseUrl, limits: Limits) -> Result<Self, BuildError> {
        Ok(Self { http: Http::new(&base, limits).map_err(BuildError)?, base, key })
    }
}

impl Transport<Compago> for CompagoTransport {
    async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
        self.http.send(Outgoing::for_compago(&self.base, &self.key, request)).await
    }
}

impl Timer for CompagoTransport {
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// Sends calls to a Worker's own API.
#[derive(Debug, Clone)]
pub struct EdgeTransport {
    http: Http,
    base: BaseUrl,
    token: Option<RoleToken>,
}

impl EdgeTransport {
    /// Creates the transport. Payers' calls need no token.
    ///
    /// # Errors
    /// [`BuildError`] if the system has no certificates that it trusts.
    pub fn new(base: BaseUrl, token: Option<RoleToken>, limits: Limits) -> Result<Self, BuildError> {
        Ok(Self { http: Http::new(&base, limits).map_err(BuildError)?, base, token })
    }
}

impl Transport<Edge> for EdgeTransport {
    async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
        self.http.send(Outgoing::for_edge(&self.base, self.token.as_ref(), request)).await
    }
}

impl Timer for EdgeTransport {
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// No client could be created.
#[derive(Debug, Error)]
#[error("the HTTPS client cannot be created")]
pub struct BuildError(#[source] Cause);

#[derive(Debug, Error)]
enum Cause {
    #[error(transparent)]
    Tls(#[from] rustls::Error),
    #[error(transparent)]
    Http(#[from] reqwest::Error),
}

#[derive(Debug, Clone)]
struct Http {
    client: reqwest::Client,
    limits: Limits,
}

impl Http {
    fn new(base: &BaseUrl, limits: Limits) -> Result<Self, Cause> {
        let builder = reqwest::Client::builder()
            .user_agent(concat!("compago-client/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .timeout(limits.timeout)
            .tls_backend_preconfigured(tls(base)?);
        // A proxy would read the key of a plain request.
        let builder = if base.is_encrypted() { builder.https_only(true) } else { builder.no_proxy() };
        Ok(Self { client: builder.build()?, limits })
    }

    async fn send(&self, outgoing: Outgoing) -> Result<Reply, Undelivered> {
        let request = http::Request::try_from(outgoing).map_err(|_| Undelivered::Network)?;
        let request = request.try_into().map_err(undelivered)?;
        let mut response = self.client.execute(request).await.map_err(undelivered)?;
        let mut body = Vec::new();
        // `Content-Length` is not trusted: the bytes are counted as they arrive.
        while let Some(chunk) = response.chunk().await.map_err(undelivered)? {
            if chunk.len() > self.limits.max_bytes.saturating_sub(body.len()) {
                return Err(Undelivered::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut whole = http::Response::new(body);
        *whole.status_mut() = response.status();
        *whole.headers_mut() = mem::take(response.headers_mut());
        Ok(super::http::reply(whole, now()))
    }
}

/// The configuration names its provider, so that none has to be installed for the process, and one that is installed
/// changes nothing.
fn tls(base: &BaseUrl) -> Result<ClientConfig, rustls::Error> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?;
    // A container that talks to the sandbox alone may have no certificates.
    let config = if base.is_encrypted() {
        config.with_platform_verifier()?
    } else {
        config.with_root_certificates(RootCertStore::empty())
    };
    Ok(config.with_no_client_auth())
}

fn undelivered(error: reqwest::Error) -> Undelivered {
    if error.is_timeout() { Undelivered::Timeout } else { Undelivered::Network }
}

#[allow(clippy::disallowed_methods, reason = "a transport is where the clock is read; it is native only")]
fn now() -> UnixMillis {
    SystemTime::now().into()
}
