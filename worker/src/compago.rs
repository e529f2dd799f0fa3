//! Carries calls to Compago: with the key, within a time and a size, following nothing and repeating nothing.

use std::rc::Rc;
use std::time::Duration;

use compago::endpoint::{self, Compago, Reply, Transport, Undelivered};
use serde_json::json;
use worker::{Method, Request};

use crate::config::Config;
use crate::http::outgoing::{Wanted, fetch_bounded, outgoing};
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

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
