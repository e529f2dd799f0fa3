//! The order's Durable Object, and how the Worker talks to it.

use compago::edge::{IdempotencyKey, Scope};
use compago::problem::Locale;
use compago::value::Reference;
use worker::{Env, Response};

use crate::config::{Config, ORDERS};
use crate::http::error::Fault;
use crate::objects::envelope;

pub(crate) mod message;
pub(crate) mod object;
mod show;
mod steps;
mod store;

use message::{Ask, Placing};

/// Asks the order with this reference, and hands on its answer.
///
/// # Errors
/// [`Fault::Internal`] when the object could not be reached.
pub(crate) async fn ask(reference: &Reference, ask: Ask, locale: Locale, env: &Env) -> Result<Response, Fault> {
    Ok(envelope::ask(ORDERS, &reference.compact(), &ask, locale, env).await?)
}

/// Answers for the order that the same key and body have placed, also before the signing key was changed, and begins no attempt; `None` if
/// there is no order, or none that can have a link.
///
/// # Errors
/// [`Fault::Internal`] when the object could not be reached.
pub(crate) async fn recall(
    key: &IdempotencyKey,
    scope: Scope,
    body: &str,
    locale: Locale,
    config: &Config,
    env: &Env,
) -> Result<Option<Response>, Fault> {
    let former = key.former_reference(scope, &config.keys);
    for reference in former.into_iter().chain([key.reference(scope, &config.keys)]) {
        let answer = ask(&reference, Ask::Recall { body: body.to_owned() }, locale, env).await?;
        if answer.status_code() != 404 {
            return Ok(Some(answer));
        }
    }
    Ok(None)
}

/// Places an order, or finds the one that the same key has placed, also before the signing key was changed.
///
/// # Errors
/// [`Fault::Internal`] when the object could not be reached.
pub(crate) async fn place(
    key: &IdempotencyKey,
    scope: Scope,
    placing: Placing,
    locale: Locale,
    config: &Config,
    env: &Env,
) -> Result<Response, Fault> {
    if let Some(former) = key.former_reference(scope, &config.keys) {
        let answer =
            ask(&former, Ask::Replay { body: placing.body.clone(), ticket: placing.ticket }, locale, env).await?;
        if answer.status_code() != 404 {
            return Ok(answer);
        }
    }
    let reference = placing.terms.reference;
    ask(&reference, Ask::Place(Box::new(placing)), locale, env).await
}
