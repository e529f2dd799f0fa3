//! Messages of the Worker to the Durable Objects that follow payments.
//!
//! An object answers as the API does, in the client's language, so that an answer is written once and passed on as it is.

use compago::json;
use compago::problem::Locale;
use compago::webhook::EventId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{Env, Request, Response};

use super::call::{call_object, call_object_by_id};
use super::stored::read;
use crate::http::error::{ApiError, InternalError};
use crate::http::problems::respond_problem;
use crate::runtime::log::{self, Level};

/// A message to an object of any class that has an outbox.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Message<C> {
    /// Maintenance work, which every class does in the same way.
    Maintenance(Maintenance),
    /// A command of the object's own class.
    Command(C),
}

/// Work on the outbox and the projections of an object.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Maintenance {
    /// Deliver a webhook again, at once.
    Redeliver {
        /// Its event's id.
        id: EventId,
    },
    /// Publish a projection of everything that the object holds.
    PublishAll,
    /// Deliver the webhooks that wait for an endpoint, or dead-letter those that have waited for too long.
    Deliver,
}

/// A message with the language in which it is to be answered.
#[derive(Serialize, Deserialize)]
pub(crate) struct Envelope<M> {
    locale: Locale,
    message: M,
}

impl<M: DeserializeOwned> Envelope<M> {
    /// Reads the envelope that a request to an object brings: the language and the message.
    ///
    /// # Errors
    /// The request brings no such message.
    pub(crate) async fn open(mut request: Request) -> Result<(Locale, M), InternalError> {
        let Self { locale, message } = read(&request.text().await?)?;
        Ok((locale, message))
    }
}

/// Returns an object's answer, in the language of the message; `object` is the name of its class in logs.
///
/// # Errors
/// The runtime's own.
pub(crate) fn respond(answer: Result<Response, ApiError>, locale: Locale, object: &str) -> worker::Result<Response> {
    answer.or_else(|error| {
        if let ApiError::Internal(error) = &error {
            log::write(Level::Error, "object-failed", json!({ "object": object, "error": error.chain() }));
        }
        respond_problem(&error, locale)
    })
}

/// Sends a command to the object of this name, and passes its answer on.
///
/// # Errors
/// The object could not be reached, or threw.
pub(crate) async fn send(
    binding: &str,
    name: &str,
    command: &impl Serialize,
    locale: Locale,
    env: &Env,
) -> worker::Result<Response> {
    let message = Message::Command(command);
    call_object(binding, name, &seal(&message, locale), env).await
}

/// Returns a message with its language as an object reads it.
pub(crate) fn seal(message: &impl Serialize, locale: Locale) -> String {
    json::to_string(&Envelope { locale, message })
}

/// Sends maintenance work to the object at this address, its binding and its id, and passes its answer on.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn send_maintenance(
    address: &str,
    work: Maintenance,
    locale: Locale,
    env: &Env,
) -> Result<Response, ApiError> {
    let (binding, id) =
        address.split_once('/').ok_or(InternalError::Impossible("an object's address without its binding"))?;
    let message: Message<()> = Message::Maintenance(work);
    Ok(call_object_by_id(binding, id, &seal(&message, locale), env).await?)
}
