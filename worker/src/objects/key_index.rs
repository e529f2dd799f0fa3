//! The index of keys: values that are written once, each in a Durable Object of its own.
//!
//! `key/{reference}` holds what an idempotency key was first used for, and the object that keeps it; `intent/{uuid}` the object that
//! keeps the charge with this id of Compago's; `card/{reference}` the saved card that a payer's capability shows. A key without a
//! value leaves no trace. Since a value never changes, an isolate keeps what it has read: whoever asks again costs no request.

use std::cell::RefCell;
use std::num::NonZeroUsize;

use lru::LruCache;
use serde::de::DeserializeOwned;
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use crate::config::REGISTER;
use crate::http::error::{ApiError, InternalError};
use crate::http::respond::{empty_answer, json_text};
use crate::objects::call::call_object;
use crate::objects::stored::read;

/// How many values an isolate keeps, the last ones that were read: a shop's till asks for one charge a hundred times in a row.
const KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(999);

thread_local! {
    /// Values by their keys, as JSON.
    static READ: RefCell<LruCache<String, String>> = RefCell::new(LruCache::new(KEPT));
}

/// Writes a value, unless the key has one, and returns the value that the key has then.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn put_if_absent(name: &str, value: &str, env: &Env) -> Result<String, ApiError> {
    Ok(send(name, value, env).await?.ok_or(InternalError::Answered { whose: REGISTER, status: 404 })?)
}

/// Returns the value of a key. One that has none is asked again the next time.
///
/// # Errors
/// [`ApiError::Internal`].
pub(crate) async fn get<T: DeserializeOwned>(name: &str, env: &Env) -> Result<Option<T>, ApiError> {
    if let Some(json) = READ.with_borrow_mut(|known| known.get(name).cloned()) {
        return Ok(Some(read(&json)?));
    }
    let Some(json) = send(name, "", env).await? else { return Ok(None) };
    let value = read(&json)?;
    READ.with_borrow_mut(|known| known.put(name.to_owned(), json));
    Ok(Some(value))
}

async fn send(name: &str, value: &str, env: &Env) -> Result<Option<String>, InternalError> {
    let mut answer = call_object(REGISTER, name, value, env).await?;
    if answer.status_code() == 404 {
        return Ok(None);
    }
    Ok(Some(answer.text().await?))
}

/// One key and its value.
#[durable_object(fetch)]
pub struct RegisterObject {
    state: State,
}

impl DurableObject for RegisterObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    /// Answers with the value. If there is none, first stores what the request brings, if it brings something.
    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let (value, storage) = (request.text().await?, self.state.storage());
        // The runtime lets no other request in between the two.
        if let Some(stored) = storage.get(ENTRY).await? {
            return json_text(200, stored);
        }
        if value.is_empty() {
            return empty_answer(404);
        }
        storage.put(ENTRY, &value).await?;
        json_text(200, value)
    }
}

const ENTRY: &str = "note";
