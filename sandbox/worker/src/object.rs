//! The Durable Object that is the sandbox.

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

/// Returns a sandbox with the state that was saved. Its links point to the variable `ORIGIN`.
fn service(state: &State, env: &Env) -> Result<Service, String> {
    let origin = env.var("ORIGIN").map_err(|missing| format!("The variable ORIGIN cannot be read: {missing}."))?;
    let unreadable = |reason: String| format!("The saved state cannot be read: {reason}.");
    let database = Database::of(state.storage());
    let saved = database.load().map_err(|problem| unreadable(problem.to_string()))?;
    Service::new(origin.to_string(), saved.as_deref(), Box::new(database))
        .map_err(|problem| unreadable(problem.to_string()))
}
