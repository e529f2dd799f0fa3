//! A note that is written once: a Durable Object for each name that was ever noted.
//!
//! `key/{reference}` tells what an idempotency key was first used for, and where that is kept; `intent/{uuid}` where the
//! charge is kept whose id Compago told; `card/{reference}` which saved card a payer's capability shows. A name that nobody noted leaves no trace.

use serde::de::DeserializeOwned;
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use crate::config::REGISTER;
use crate::http::error::{ApiError, InternalError};
use crate::http::respond::{empty_answer, json_text};
use crate::objects::call::call_object;
use crate::objects::stored::read;

/// Writes the note, unless something stands under the name already, and tells what does.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn put_if_absent(name: &str, value: &str, env: &Env) -> Result<String, ApiError> {
    Ok(send(name, value, env).await?.ok_or(InternalError::Answered { whose: REGISTER, status: 404 })?)
}

/// What stands under the name.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn get<T: DeserializeOwned>(name: &str, env: &Env) -> Result<Option<T>, ApiError> {
    Ok(send(name, "", env).await?.map(|json| read(&json)).transpose()?)
}

async fn send(name: &str, value: &str, env: &Env) -> Result<Option<String>, InternalError> {
    let mut answer = call_object(REGISTER, name, value, env).await?;
    if answer.status_code() == 404 {
        return Ok(None);
    }
    Ok(Some(answer.text().await?))
}

/// One note.
#[durable_object(fetch)]
pub struct RegisterObject {
    state: State,
}

impl DurableObject for RegisterObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    /// Tells what is noted. If nothing is, notes what the request brings, if it brings something.
    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let (value, storage) = (request.text().await?, self.state.storage());
        // The runtime lets no other request in between the two.
        if let Some(stored) = storage.get(NOTE).await? {
            return json_text(200, stored);
        }
        if value.is_empty() {
            return empty_answer(404);
        }
        storage.put(NOTE, &value).await?;
        json_text(200, value)
    }
}

const NOTE: &str = "note";
