//! What the Worker asks of its objects. An object answers as the API does, in the client's language, so that an answer is
//! written once and read by nobody in between.

use compago::json::{self, Json};
use compago::problem::Locale;
use compago::webhook::EventId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{Env, Request, Response};

use crate::http::error::{Fault, InternalError};
use crate::http::respond::problem;
use crate::objects::call::ask_object;
use crate::objects::durable::Class;
use crate::objects::stored::read;
use crate::runtime::log::{self, Level};

/// What every class of object is asked alike.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Upkeep {
    /// Put a webhook back, to be sent at once.
    Redeliver {
        /// Which.
        id: EventId,
    },
    /// Tell the desk all that the object holds.
    List,
    /// Send the webhooks that wait, or give up those that have waited for too long.
    Deliver,
}

/// A question as it is sent.
#[derive(Serialize)]
struct Sent<'a, Ask: ?Sized> {
    locale: Locale,
    ask: &'a Ask,
}

/// What a request to an object brings.
pub(crate) struct Question {
    locale: Locale,
    ask: Json,
}

impl Question {
    /// Reads the question that a request brings.
    ///
    /// # Errors
    /// The request brings none.
    pub(crate) async fn of(mut request: Request) -> Result<Self, InternalError> {
        let question: Json = read(&request.text().await?)?;
        Ok(Self { locale: question.field("locale")?, ask: question.field("ask")? })
    }

    /// What is asked.
    ///
    /// # Errors
    /// Nothing that this object can be asked.
    pub(crate) fn ask<T: DeserializeOwned>(&self) -> Result<T, InternalError> {
        Ok(self.ask.read()?)
    }

    /// The answer, in the language of the question.
    ///
    /// # Errors
    /// The runtime's own.
    pub(crate) fn told(&self, answer: Result<Response, Fault>, class: &Class) -> worker::Result<Response> {
        answer.or_else(|fault| {
            if let Fault::Internal(error) = &fault {
                log::write(Level::Error, "object-failed", json!({ "object": class.name, "error": error.chain() }));
            }
            problem(&fault, self.locale)
        })
    }
}

/// Asks the object of this name, and hands on its answer.
///
/// # Errors
/// The object could not be reached, or threw.
pub(crate) async fn ask(
    objects: &str,
    name: &str,
    ask: &(impl Serialize + ?Sized),
    locale: Locale,
    env: &Env,
) -> worker::Result<Response> {
    ask_object(objects, name, &question(ask, locale), env).await
}

/// A question as an object reads it.
pub(crate) fn question(ask: &(impl Serialize + ?Sized), locale: Locale) -> String {
    json::to_string(&Sent { locale, ask })
}
