//! Sessions that were ended before their time: signing out holds everywhere at once, for every copy of the cookie.
//!
//! A session itself is a signed cookie and stored nowhere. Ending one writes its id, as an object of that name, which is
//! deleted when the cookie would be over anyway. Each call with a cookie asks the object of its session; one that was not ended
//! has stored nothing.

use std::time::Duration;

use compago::edge::{Session, SessionId};
use compago::value::UnixMillis;
use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};
use worker::Env;

use crate::body::whole_text;
use crate::clock::in_javascript;
use crate::env::SESSIONS;
use crate::fault::Fault;
use crate::outgoing::ask_object;
use crate::respond::empty_answer;
use crate::runtime::{ObjectState, Storage, promise};

/// Whether somebody has ended the session.
///
/// # Errors
/// [`Fault::Internal`] when that could not be learnt.
pub(crate) async fn is_ended(id: &SessionId, env: &Env) -> Result<bool, Fault> {
    ask(id, "", env).await
}

/// Ends the session, for whoever holds its cookie.
///
/// # Errors
/// [`Fault::Internal`] when that could not be written.
pub(crate) async fn end(session: &Session, env: &Env) -> Result<(), Fault> {
    let ended = ask(&session.id, &session.expires_at.millis().to_string(), env).await?;
    if ended { Ok(()) } else { Err(Fault::Internal) }
}

async fn ask(id: &SessionId, until: &str, env: &Env) -> Result<bool, Fault> {
    match ask_object(SESSIONS, id.as_str(), until, env).await?.status() {
        204 => Ok(false),
        410 => Ok(true),
        _ => Err(Fault::Internal),
    }
}

/// One session.
#[wasm_bindgen]
pub struct SessionObject {
    state: ObjectState,
}

#[wasm_bindgen]
impl SessionObject {
    /// The object wakes up.
    #[wasm_bindgen(constructor)]
    pub fn new(state: ObjectState, _env: Env) -> Self {
        Self { state }
    }

    /// Answers 410 if the session was ended, else 204. A request that names the end of its cookie ends it.
    pub fn fetch(&self, request: Request) -> Promise {
        promise(answer(request, self.state.storage()))
    }

    /// Forgets the session, whose cookie is over.
    pub fn alarm(&self) -> Promise {
        promise(forget(self.state.storage()))
    }
}

async fn answer(request: Request, storage: Storage) -> Result<Response, JsValue> {
    let until = whole_text(request.text()).await?;
    if JsFuture::from(storage.get(ENDED)?).await?.as_string().is_some() {
        return empty_answer(410);
    }
    if until.is_empty() {
        return empty_answer(204);
    }
    let cookie_ends_at = UnixMillis(until.parse().map_err(|_| "not a time")?);
    // The alarm first: nothing is stored that has no end.
    JsFuture::from(storage.set_alarm(in_javascript(cookie_ends_at.plus(CLOCKS_DIFFER)))?).await?;
    JsFuture::from(storage.put(ENDED, &until)?).await?;
    empty_answer(410)
}

async fn forget(storage: Storage) -> Result<JsValue, JsValue> {
    JsFuture::from(storage.delete_all()?).await
}

const ENDED: &str = "ended";
/// By how much the clock of an isolate that opens the cookie may be behind that of the object.
const CLOCKS_DIFFER: Duration = Duration::from_secs(60);
