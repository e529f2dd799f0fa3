//! Compago's API as this Worker calls it: by the client's transport, with a line in the log for each call.

use std::rc::Rc;

use compago::endpoint::{Compago, Reply, Request, Transport, Undelivered};
use serde_json::json;

use crate::config::Config;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// Compago's API, where the configuration has it.
#[derive(Debug, Clone)]
pub(crate) struct CompagoApi(Rc<Config>);

impl CompagoApi {
    /// Creates the transport, with the key of the configuration.
    pub(crate) fn new(config: &Rc<Config>) -> Self {
        Self(Rc::clone(config))
    }
}

impl Transport<Compago> for CompagoApi {
    async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
        let (call, began) = (request.name, now());
        let result = self.0.compago.send(request).await;
        let (level, status) = match &result {
            // Nothing works until somebody mends the key.
            Ok(reply) if matches!(reply.status, 401 | 403) => (Level::Error, json!(reply.status)),
            Ok(reply) => (Level::Info, json!(reply.status)),
            Err(undelivered) => (Level::Warn, json!(undelivered.to_string())),
        };
        let ms = now().millis() - began.millis();
        log::write(level, "compago-call", json!({ "call": call, "status": status, "ms": ms }));
        result
    }
}
