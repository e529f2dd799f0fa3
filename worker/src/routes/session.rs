//! Sessions: who may ask for a route, signing in and signing out.

use compago::edge::status_answers::SessionView;
use compago::edge::{Role, Session};
use compago::value::clean_code;
use worker::{Env, Response};

use super::shop_file;
use crate::config::KeyedConfig;
use crate::http::auth::{Caller, authenticate, open_session, set_cookie};
use crate::http::error::{ApiError, InternalError};
use crate::http::methods::{Methods, get};
use crate::http::origins::refuse_other_site;
use crate::http::request::{Incoming, json_body};
use crate::http::{respond, security_log};
use crate::objects::session;
use crate::runtime::clock::now;
use crate::runtime::random_uuid;

/// A route about the caller's session.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// `GET /api/session`
    Show,
    /// `POST /api/session`
    SignIn,
    /// `DELETE /api/session`
    SignOut,
}

impl Route {
    /// Finds the route of `/api/session`.
    ///
    /// # Errors
    /// The methods that the path has instead.
    pub(super) fn find(method: &str) -> Result<Self, Methods> {
        match method {
            "POST" => Ok(Self::SignIn),
            "DELETE" => Ok(Self::SignOut),
            _ => get(method, Self::Show).map_err(|_| Methods::ReadPostOrDelete),
        }
    }

    /// Its `operationId` in `/openapi.json`.
    pub(super) const fn operation_id(self) -> &'static str {
        match self {
            Self::Show => "session",
            Self::SignIn => "signIn",
            Self::SignOut => "signOut",
        }
    }
}

/// Answers a request about a session.
///
/// # Errors
/// [`ApiError::WrongToken`], [`ApiError::ForeignOrigin`] or what is wrong with the body.
pub(super) async fn answer(
    route: Route,
    caller: Option<&Caller>,
    request: &Incoming,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Response, ApiError> {
    match (route, caller) {
        (Route::SignIn, _) => sign_in(request, config, env).await,
        (Route::SignOut, _) => sign_out(request, config, env).await,
        (Route::Show, Some(caller)) => describe(caller.role, caller.session.as_ref(), env).await,
        (Route::Show, None) => Err(InternalError::Impossible("a session is shown to a caller only").into()),
    }
}

/// Returns the caller, if it may act in the role `needed`.
///
/// # Errors
/// [`ApiError::Unauthenticated`], [`ApiError::WrongToken`], [`ApiError::Forbidden`], [`ApiError::ForeignOrigin`].
pub(super) async fn require(
    needed: Role,
    request: &Incoming,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Caller, ApiError> {
    let caller = authenticate(request, config)?;
    if let Some(session) = &caller.session
        && session::is_ended(&session.id, env).await?
    {
        security_log::session("ended-session-used", session.role, request, config);
        return Err(ApiError::Unauthenticated);
    }
    if caller.role.covers(needed) { Ok(caller) } else { Err(ApiError::Forbidden) }
}

/// `POST /api/session { token }`: begins a session for a page.
async fn sign_in(request: &Incoming, config: &KeyedConfig, env: &Env) -> Result<Response, ApiError> {
    refuse_other_site(false, request, &config.site)?;
    let (_, body) = json_body(request).await?;
    let token: String = body.field("token").unwrap_or_default();
    let (role, version) = config.tokens.holder_of(&clean_code(&token)).ok_or(ApiError::WrongToken)?;
    if let Some(former) = open_session(request, config) {
        session::end(&former, env).await?;
    }
    let id = random_uuid().parse().map_err(InternalError::malformed("a random UUID"))?;
    let now = now();
    let session = Session::begin(role, version, id, now);
    let response = describe(role, Some(&session), env).await?;
    response.headers().set("set-cookie", &set_cookie(&session, now, config)?)?;
    security_log::session("sign-in", role, request, config);
    Ok(response)
}

/// `DELETE /api/session`: ends the session, on the server and in the browser. If it could not be ended, the browser keeps its
/// cookie, to try again.
async fn sign_out(request: &Incoming, config: &KeyedConfig, env: &Env) -> Result<Response, ApiError> {
    refuse_other_site(false, request, &config.site)?;
    if let Some(session) = open_session(request, config) {
        session::end(&session, env).await?;
        security_log::session("sign-out", session.role, request, config);
    }
    let response = respond::empty_answer(204)?;
    response.headers().set("set-cookie", &config.cookie.clear())?;
    // Also what a browser keeps to go back to a page that was left. Neither "cookies", which clears those of the whole domain,
    // nor "storage": there is the payer's cart if the shop has the same origin, and the till's charge that is not over.
    response.headers().set("clear-site-data", "\"cache\"")?;
    Ok(response)
}

/// Answers with what a page has to know of its session, also if that began before the shop's file changed.
async fn describe(role: Role, session: Option<&Session>, env: &Env) -> Result<Response, ApiError> {
    let expires_at = session.map(|session| session.expires_at);
    let time_zone = shop_file::zone(env).await.name().to_owned();
    Ok(respond::json_answer(200, &SessionView { role, expires_at, time_zone })?)
}
