//! Carries calls to Compago: with the key, within a time and a size, following nothing and repeating nothing.

use std::time::Duration;

use compago::endpoint::{Compago, Method, Reply, Request, Transport, Undelivered};
use compago::json::ToJson;
use compago::value::{ApiKey, HttpsUrl};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use worker::{AbortController, Delay, Fetch, Headers, RequestInit, RequestRedirect, Response};

use crate::clock::now;
use crate::log::{self, Level};

/// How long a call may take, its answer's body included.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The largest answer that is read: a page of 500 payments has some 400 kB.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Compago's API as this Worker reaches it.
#[derive(Debug, Clone)]
pub(crate) struct CompagoApi {
    base_url: HttpsUrl,
    api_key: ApiKey,
}

impl CompagoApi {
    /// The API at `base_url`, called with `api_key`.
    pub(crate) const fn new(base_url: HttpsUrl, api_key: ApiKey) -> Self {
        Self { base_url, api_key }
    }

    fn request(&self, request: &Request) -> worker::Result<worker::Request> {
        let headers = Headers::new();
        headers.set("x-api-key", self.api_key.expose())?;
        headers.set("accept", "application/json")?;
        if request.body.is_some() {
            headers.set("content-type", "application/json")?;
        }
        for (name, value) in &request.headers {
            headers.set(name, value)?;
        }
        let mut init = RequestInit::new();
        init.with_method(method(request.method))
            .with_headers(headers)
            .with_redirect(RequestRedirect::Manual)
            .with_body(request.body.as_deref().map(Into::into));
        worker::Request::new_with_init(&format!("{}{}", self.base_url, request.target), &init)
    }
}

impl Transport<Compago> for CompagoApi {
    async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
        let began = now();
        let result = match self.request(&request) {
            Ok(sent) => fetch_bounded(sent, TIMEOUT, MAX_BYTES).await,
            Err(_) => Err(Undelivered::Network),
        };
        let (level, status): (_, &dyn ToJson) = match &result {
            Ok(reply) => (Level::Info, &reply.status),
            Err(undelivered) => (Level::Warn, &undelivered.to_string()),
        };
        let ms = now().millis() - began.millis();
        log::write(level, "compago-call", &[("call", &request.name), ("status", status), ("ms", &ms)]);
        result
    }
}

/// Sends a request and reads its answer, within `timeout` and `max_bytes` altogether.
///
/// # Errors
/// [`Undelivered`].
pub(crate) async fn fetch_bounded(
    request: worker::Request,
    timeout: Duration,
    max_bytes: usize,
) -> Result<Reply, Undelivered> {
    let abort = AbortController::default();
    let signal = abort.signal();
    let exchange = Box::pin(async move {
        let mut response = Fetch::Request(request).send_with_signal(&signal).await.map_err(|_| Undelivered::Network)?;
        let retry_after =
            response.headers().get("retry-after").ok().flatten().and_then(|text| text.trim().parse().ok());
        let body = read_bounded(&mut response, max_bytes).await?;
        Ok(Reply { status: response.status_code(), retry_after, body })
    });
    match select(exchange, Delay::from(timeout)).await {
        Either::Left((result, _)) => result,
        Either::Right(((), _)) => {
            abort.abort();
            Err(Undelivered::Timeout)
        }
    }
}

async fn read_bounded(response: &mut Response, max_bytes: usize) -> Result<Vec<u8>, Undelivered> {
    if let worker::ResponseBody::Empty = response.body() {
        return Ok(Vec::new());
    }
    let mut stream = response.stream().map_err(|_| Undelivered::Network)?;
    let mut body = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Undelivered::Network)?;
        if body.len() + chunk.len() > max_bytes {
            return Err(Undelivered::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

const fn method(method: Method) -> worker::Method {
    match method {
        Method::Get => worker::Method::Get,
        Method::Post => worker::Method::Post,
        Method::Patch => worker::Method::Patch,
        Method::Delete => worker::Method::Delete,
    }
}
