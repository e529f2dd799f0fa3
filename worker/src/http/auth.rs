//! Who is asking: bearer tokens and the session cookie.

use compago::edge::{Role, Session, bearer_token};
use compago::value::UnixMillis;

use super::error::{ApiError, InternalError};
use super::origins::refuse_other_site;
use super::request::{Incoming, header};
use crate::config::KeyedConfig;
use crate::runtime::clock::now;

/// A caller with a role.
#[derive(Debug)]
pub(crate) struct Caller {
    /// The role that the token or the session gives.
    pub(crate) role: Role,
    /// The session, of a caller who signed in; programs send their token with each call.
    pub(crate) session: Option<Session>,
}

/// Returns the caller by its token or its session cookie. Whether the session was ended before its time is not known here: its
/// Durable Object has to be asked.
///
/// # Errors
/// [`ApiError::Unauthenticated`], [`ApiError::WrongToken`], [`ApiError::ForeignOrigin`].
pub(crate) fn authenticate(request: &Incoming, config: &KeyedConfig) -> Result<Caller, ApiError> {
    match header(request, "authorization") {
        Some(authorization) => {
            let token = bearer_token(&authorization).ok_or(ApiError::Unauthenticated)?;
            Ok(Caller { role: config.tokens.role_for(token).ok_or(ApiError::WrongToken)?, session: None })
        }
        None => {
            let session = open_session(request, config).ok_or(ApiError::Unauthenticated)?;
            let reads = matches!(request.method(), "GET" | "HEAD");
            refuse_other_site(reads, request, &config.site)?;
            Ok(Caller { role: session.role, session: Some(session) })
        }
    }
}

/// Returns the session of the request's cookie; `None` if there is none, or it has expired.
pub(crate) fn open_session(request: &Incoming, config: &KeyedConfig) -> Option<Session> {
    let cookies = header(request, "cookie")?;
    Session::open(config.cookie.read(&cookies)?, now(), &config.tokens, &config.keys)
}

/// Returns the `Set-Cookie` of a session that was used, if it is to be prolonged.
///
/// # Errors
/// [`ApiError::Internal`] alone.
pub(crate) fn renewed_cookie(caller: &Caller, config: &KeyedConfig) -> Result<Option<String>, ApiError> {
    let now = now();
    let renewed = caller.session.as_ref().and_then(|session| session.renewed(now));
    renewed.map(|session| set_cookie(&session, now, config)).transpose()
}

/// Returns the `Set-Cookie` of a session.
///
/// # Errors
/// [`ApiError::Internal`] alone.
pub(crate) fn set_cookie(session: &Session, now: UnixMillis, config: &KeyedConfig) -> Result<String, ApiError> {
    let sealed =
        session.seal(&config.tokens, &config.keys).ok_or(InternalError::Impossible("a session without its token"))?;
    Ok(config.cookie.set(&sealed, session.remaining(now)))
}
