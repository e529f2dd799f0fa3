//! Sessions that were ended before their time: signing out holds everywhere at once, for every copy of the cookie.
//!
//! A session itself is a signed cookie and stored nowhere. Ending one writes its id, as an object of that name, which is
//! deleted when the cookie would be over anyway. Each call with a cookie asks the object of its session; one that was not ended
//! has stored nothing.

use std::time::Duration;

use compago::edge::{Session, SessionId};
use compago::value::UnixMillis;
use serde_json::json;
use worker::{DurableObject, Env, Request, Response, ScheduledTime, State, durable_object};

use crate::config::SESSIONS;
use crate::http::error::{ApiError, InternalError};
use crate::http::respond::empty_answer;
use crate::objects::call::call_object;
use crate::runtime;
use crate::runtime::clock::{in_javascript, now};
use crate::runtime::log::{self, Level};

/// Whether somebody has ended the session.
///
/// # Errors
/// [`ApiError::Internal`] when that could not be learnt.
pub(crate) async fn is_ended(id: &SessionId, env: &Env) -> Result<bool, ApiError> {
    Ok(send(id, "", env).await?)
}

/// Ends the session for every holder of its cookie.
///
/// # Errors
/// [`ApiError::Internal`] when that could not be written.
pub(crate) async fn end(session: &Session, env: &Env) -> Result<(), ApiError> {
    let ended = send(&session.id, &session.expires_at.millis().to_string(), env).await?;
    if ended { Ok(()) } else { Err(InternalError::Answered { whose: SESSIONS, status: 204 }.into()) }
}

async fn send(id: &SessionId, until: &str, env: &Env) -> Result<bool, InternalError> {
    match call_object(SESSIONS, id.as_str(), until, env).await?.status_code() {
        204 => Ok(false),
        410 => Ok(true),
        status => Err(InternalError::Answered { whose: SESSIONS, status }),
    }
}

/// One session.
#[durable_object(alarm)]
pub struct SessionObject {
    state: State,
}

impl DurableObject for SessionObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    /// Answers 410 if the session was ended, else 204. A request that names the end of its cookie ends it.
    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let (until, storage) = (request.text().await?, self.state.storage());
        if storage.get::<String>(ENDED).await?.is_some() {
            return empty_answer(410);
        }
        if until.is_empty() {
            return empty_answer(204);
        }
        let cookie_ends_at = UnixMillis(until.parse().map_err(InternalError::malformed("a time"))?);
        // The alarm first: nothing is stored that has no end.
        storage.set_alarm(ScheduledTime::new(in_javascript(cookie_ends_at.plus(CLOCKS_DIFFER)))).await?;
        storage.put(ENDED, &until).await?;
        empty_answer(410)
    }

    /// Forgets the session, whose cookie is over.
    async fn alarm(&self) -> worker::Result<Response> {
        let storage = self.state.storage();
        if let Err(error) = storage.delete_all().await {
            log::write(
                Level::Warn,
                "session-not-forgotten",
                json!({ "object": "session", "error": log::chain(&error) }),
            );
            // An alarm that throws is dropped after a few tries.
            let _ = runtime::set_alarm(&storage, in_javascript(now().plus(AFTER_FAILURE)));
        }
        Response::empty()
    }
}

const ENDED: &str = "ended";
/// By how much the clock of an isolate that opens the cookie may be behind that of the object.
const CLOCKS_DIFFER: Duration = Duration::from_secs(60);
/// When to delete again what could not be deleted.
const AFTER_FAILURE: Duration = Duration::from_secs(10 * 60);
