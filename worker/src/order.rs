//! The order's Durable Object, and how the Worker talks to it.

use compago::edge::{Capability, IdempotencyKey, Scope};
use compago::flow::order::terms::Terms;
use compago::value::{HttpsUrl, Reference};
use worker::{Env, Method, Request, RequestInit};

use crate::env::{Config, ORDERS, objects};
use crate::fault::Fault;

mod deliver;
pub(crate) mod message;
pub(crate) mod object;
mod show;
mod steps;
mod store;

use message::{Answer, Ask};

/// Asks the order with this reference.
///
/// # Errors
/// [`Fault::Internal`] when the object could not be reached.
pub(crate) async fn ask(reference: &Reference, question: &Ask, env: &Env) -> Result<Answer, Fault> {
    let stub = objects(env, ORDERS)?.get_by_name(&reference.compact())?;
    let text = serde_json::to_string(question).map_err(|_| Fault::Internal)?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(text.into()));
    let mut response = stub.fetch_with_request(Request::new_with_init("https://order.invalid/", &init)?).await?;
    Ok(response.json().await?)
}

/// Places an order, or finds the one that the same key has placed, also before the signing key was changed.
///
/// # Errors
/// [`Fault::Internal`] when the object could not be reached.
#[expect(clippy::too_many_arguments, reason = "an order is placed from two routes, with all that makes one")]
pub(crate) async fn place(
    key: &IdempotencyKey,
    scope: Scope,
    terms: Terms,
    body: String,
    capability: Capability,
    return_page: Option<HttpsUrl>,
    config: &Config,
    env: &Env,
) -> Result<Answer, Fault> {
    if let Some(former) = key.former_reference(scope, &config.keys) {
        let answer = ask(&former, &Ask::Replay { body: body.clone() }, env).await?;
        if !matches!(answer, Answer::Unknown) {
            return Ok(answer);
        }
    }
    let reference = terms.reference;
    let question = Ask::Place { terms: Box::new(terms), body, capability: capability.as_str().to_owned(), return_page };
    ask(&reference, &question, env).await
}
