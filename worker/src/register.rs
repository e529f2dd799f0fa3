//! A note that is written once: a Durable Object for each name that was ever noted.
//!
//! `key/{reference}` tells what an idempotency key was first used for, and where that is kept; `intent/{uuid}` where the
//! charge is kept whose id Compago told; `card/{reference}` which saved card a payer's capability shows. A name that nobody noted leaves no trace.

use compago::json::FromJson;
use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};
use worker::Env;

use crate::body::whole_text;
use crate::durable::read;
use crate::env::REGISTER;
use crate::fault::Fault;
use crate::outgoing::ask_object;
use crate::respond::{empty_answer, json_text};
use crate::runtime::{ObjectState, Storage, promise};

/// Writes the note, unless something stands under the name already, and tells what does.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn note(name: &str, note: &str, env: &Env) -> Result<String, Fault> {
    ask(name, note, env).await?.ok_or(Fault::Internal)
}

/// What stands under the name.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn noted<T: FromJson>(name: &str, env: &Env) -> Result<Option<T>, Fault> {
    Ok(ask(name, "", env).await?.map(|json| read(&json)).transpose()?)
}

async fn ask(name: &str, note: &str, env: &Env) -> Result<Option<String>, Fault> {
    let answer = ask_object(REGISTER, name, note, env).await?;
    if answer.status() == 404 {
        return Ok(None);
    }
    Ok(Some(whole_text(answer.text()).await?))
}

/// One note.
#[wasm_bindgen]
pub struct RegisterObject {
    state: ObjectState,
}

#[wasm_bindgen]
impl RegisterObject {
    /// The object wakes up.
    #[wasm_bindgen(constructor)]
    pub fn new(state: ObjectState, _env: Env) -> Self {
        Self { state }
    }

    /// Tells what is noted. If nothing is, notes what the request brings, if it brings something.
    pub fn fetch(&self, request: Request) -> Promise {
        promise(answer(request, self.state.storage()))
    }
}

async fn answer(request: Request, storage: Storage) -> Result<Response, JsValue> {
    let note = whole_text(request.text()).await?;
    // The runtime lets no other request in between the two.
    if let Some(noted) = JsFuture::from(storage.get(NOTE)?).await?.as_string() {
        return json_text(200, noted);
    }
    if note.is_empty() {
        return empty_answer(404);
    }
    JsFuture::from(storage.put(NOTE, &note)?).await?;
    json_text(200, note)
}

const NOTE: &str = "note";
