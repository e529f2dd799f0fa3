//! What the Worker asks of its objects. An object answers as the API does, in the client's language, so that an answer is
//! written once and read by nobody in between.

use compago::json::{self, FromJson, Json, Object, ToJson};
use compago::problem::Locale;
use compago::variants_on_the_wire;
use compago::webhook::EventId;
use worker::{Env, Request, Response};

use super::{Class, read};
use crate::fault::{Fault, InternalError};
use crate::log::{self, Level};
use crate::outgoing::ask_object;
use crate::respond::problem;

/// What every class of object is asked alike.
#[derive(Debug)]
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

variants_on_the_wire!(Upkeep {
    Redeliver { id: "id" } = "redeliver",
    List = "list",
    Deliver = "deliver",
});

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
    pub(crate) fn ask<T: FromJson>(&self) -> Result<T, InternalError> {
        Ok(T::from_json(&self.ask)?)
    }

    /// The answer, in the language of the question.
    ///
    /// # Errors
    /// The runtime's own.
    pub(crate) fn told(&self, answer: Result<Response, Fault>, class: &Class) -> worker::Result<Response> {
        answer.or_else(|fault| {
            if let Fault::Internal(error) = &fault {
                log::write(Level::Error, "object-failed", &[("object", &class.name), ("error", &error.chain())]);
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
    ask: &dyn ToJson,
    locale: Locale,
    env: &Env,
) -> worker::Result<Response> {
    ask_object(objects, name, &question(ask, locale), env).await
}

/// A question as an object reads it.
pub(crate) fn question(ask: &dyn ToJson, locale: Locale) -> String {
    json::to_string(&Object(&[("locale", &locale), ("ask", &ask)]))
}
