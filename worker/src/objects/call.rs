//! Calls of the Worker to its Durable Objects.

use serde_json::json;
use worker::{Env, Method, Response, Result, Stub};

use crate::http::outgoing::outgoing;
use crate::runtime::is_retryable;
use crate::runtime::log::{self, Level};

/// Calls the Durable Object of this name, and passes its answer on.
///
/// # Errors
/// It could not be reached, or threw.
pub(crate) async fn call_object(binding: &str, name: &str, message: &str, env: &Env) -> Result<Response> {
    let namespace = env.durable_object(binding)?;
    call(|| namespace.get_by_name(name), binding, message).await
}

/// Calls the Durable Object to which the runtime gave this id, and passes its answer on.
///
/// # Errors
/// It could not be reached, or threw.
pub(crate) async fn call_object_by_id(binding: &str, id: &str, message: &str, env: &Env) -> Result<Response> {
    let namespace = env.durable_object(binding)?;
    call(|| namespace.id_from_string(id)?.get_stub(), binding, message).await
}

/// Calls an object, and retries once where the runtime says that this may help. That is safe although the first call may have been
/// carried out: messages are idempotent, keyed by the order, charge, card, session or version that they are about, or by an id of their
/// own. The rate limiter alone counts both.
async fn call(object: impl Fn() -> Result<Stub>, binding: &str, message: &str) -> Result<Response> {
    match call_once(&object()?, message).await {
        // After an error a stub may be broken for good; the repeated call has one of its own.
        Err(error) if is_retryable(&error) => {
            log::write(Level::Warn, "object-call-retried", json!({ "object": binding }));
            call_once(&object()?, message).await
        }
        answer => answer,
    }
}

async fn call_once(object: &Stub, message: &str) -> Result<Response> {
    // An object is found by its name or its id: neither path nor host matters.
    object.fetch_with_request(outgoing(Method::Post, "https://object.invalid/", &[], Some(message))?).await
}
