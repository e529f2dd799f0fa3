//! Calls of the Worker to its Durable Objects.

use serde_json::json;
use worker::{Env, Method, Response, Result, Stub};

use crate::http::outgoing::outgoing;
use crate::runtime::is_retryable;
use crate::runtime::log::{self, Level};

/// Asks the Durable Object of this name, and hands on its answer.
///
/// # Errors
/// It could not be reached, or threw.
pub(crate) async fn call_object(objects: &str, name: &str, question: &str, env: &Env) -> Result<Response> {
    let namespace = env.durable_object(objects)?;
    ask(|| namespace.get_by_name(name), objects, question).await
}

/// Asks the Durable Object to which the runtime gave this id, and hands on its answer.
///
/// # Errors
/// It could not be reached, or threw.
pub(crate) async fn call_object_by_id(objects: &str, id: &str, question: &str, env: &Env) -> Result<Response> {
    let namespace = env.durable_object(objects)?;
    ask(|| namespace.id_from_string(id)?.get_stub(), objects, question).await
}

/// Asks an object, and asks it once more where the runtime says that this may help. That is safe although the first call may
/// have been carried out: what an object is asked is keyed by the order, charge, card, session or version that it is about, so
/// that the same message twice has the effect of one. The limiter alone counts both.
async fn ask(object: impl Fn() -> Result<Stub>, objects: &str, question: &str) -> Result<Response> {
    match call_once(&object()?, question).await {
        // After an error a stub may be broken for good; the repeated call has one of its own.
        Err(error) if is_retryable(&error) => {
            log::write(Level::Warn, "object-call-repeated", json!({ "object": objects }));
            call_once(&object()?, question).await
        }
        answer => answer,
    }
}

async fn call_once(object: &Stub, question: &str) -> Result<Response> {
    // An object is found by its name or its id: neither path nor host matters.
    object.fetch_with_request(outgoing(Method::Post, "https://object.invalid/", &[], Some(question))?).await
}
