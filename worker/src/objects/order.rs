//! The order's Durable Object, and how the Worker talks to it.

use compago::edge::{BodyFingerprints, IdempotencyKey, Scope};
use compago::problem::Locale;
use compago::value::Reference;
use worker::{Env, Response};

use crate::config::{KeyedConfig, ORDERS};
use crate::http::error::ApiError;
use crate::objects::envelope;

mod counted_link;
mod machine;
pub(crate) mod message;
mod object;
mod show;
mod store;
mod watched;

use message::{Command, PlaceOrder};

/// Sends a command to the order with this reference, and passes its answer on.
///
/// # Errors
/// [`ApiError::Internal`] when the object could not be reached.
pub(crate) async fn send(
    reference: &Reference,
    command: Command,
    locale: Locale,
    env: &Env,
) -> Result<Response, ApiError> {
    Ok(envelope::send(ORDERS, &reference.compact(), &command, locale, env).await?)
}

/// Answers for the order that the same key and body have placed, also before the signing key was changed, and begins no attempt; `None` if
/// there is no order, or none that can have a link.
///
/// # Errors
/// [`ApiError::Internal`] when the object could not be reached.
pub(crate) async fn recall(
    key: &IdempotencyKey,
    scope: Scope,
    body: &str,
    locale: Locale,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Option<Response>, ApiError> {
    let body = BodyFingerprints::of(body.as_bytes(), &config.keys);
    let former = key.former_references(scope, &config.keys);
    for reference in former.into_iter().chain([key.reference(scope, &config.keys)]) {
        let answer = send(&reference, Command::Recall { body: body.clone() }, locale, env).await?;
        if answer.status_code() != 404 {
            return Ok(Some(answer));
        }
    }
    Ok(None)
}

/// Places an order, or finds the one that the same key has placed, also before the signing key was changed.
///
/// # Errors
/// [`ApiError::Internal`] when the object could not be reached.
pub(crate) async fn place(
    key: &IdempotencyKey,
    scope: Scope,
    new_order: PlaceOrder,
    locale: Locale,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Response, ApiError> {
    for former in key.former_references(scope, &config.keys) {
        let answer =
            send(&former, Command::Replay { body: new_order.body.clone(), ticket: new_order.ticket }, locale, env)
                .await?;
        if answer.status_code() != 404 {
            return Ok(answer);
        }
    }
    let reference = new_order.terms.reference;
    send(&reference, Command::Place(Box::new(new_order)), locale, env).await
}
