//! The Durable Object that is the sandbox.

use core::fmt::Display;

use compago_sandbox::Service;
use serde_json::json;
use worker::{Delay, DurableObject, Env, Request, Response, Result, State, durable_object};

use crate::carry;
use crate::database::Database;

/// The sandbox with its state.
#[durable_object(fetch)]
pub struct SandboxObject {
    /// Or the sentence that explains why there is none.
    service: Result<Service, String>,
}

impl DurableObject for SandboxObject {
    fn new(state: State, env: Env) -> Self {
        Self { service: service(&state, &env) }
    }

    /// Answers the request, or 500 to each if there is no sandbox.
    async fn fetch(&self, request: Request) -> Result<Response> {
        let service = match &self.service {
            Ok(service) => service,
            Err(message) => return Ok(Response::from_json(&json!({ "message": message }))?.with_status(500)),
        };
        let reply = service.handle(carry::incoming(request).await?).await;
        if let Some(delay) = reply.delay {
            Delay::from(delay).await;
        }
        carry::outgoing(reply.response).await
    }
}

/// Returns a sandbox whose links point to the variable `ORIGIN`. With the variable `KEPT` its state is that which was
/// saved; without it, the state is in memory only, since not every storage has a database.
fn service(state: &State, env: &Env) -> Result<Service, String> {
    let origin =
        env.var("ORIGIN").map_err(|problem| sentence("The variable ORIGIN cannot be read", &problem))?.to_string();
    let kept = env.var("KEPT").is_ok();
    if !kept {
        return Service::new(origin, None, None).map_err(|problem| problem.to_string());
    }
    let database = Database::of(state.storage());
    let saved = database.load().map_err(|problem| sentence(UNREADABLE, &problem))?;
    Service::new(origin, saved.as_deref(), Some(Box::new(database))).map_err(|problem| sentence(UNREADABLE, &problem))
}

const UNREADABLE: &str = "The saved state cannot be read";

/// Returns what failed with its reason, which may or may not end with a full stop.
fn sentence(what: &str, reason: &dyn Display) -> String {
    format!("{what}: {}.", reason.to_string().trim_end_matches('.'))
}
