//! Who is asking: bearer tokens, the session cookie, and the origin of a page.

use compago::edge::{Role, Session, bearer_token};
use compago::value::{Origin, UnixMillis, clean_code};
use serde::Serialize;
use worker::{Env, Response};

use crate::clock::now;
use crate::env::Config;
use crate::fault::{Fault, InternalError};
use crate::receive::{Incoming, header, json_body};
use crate::respond;
use crate::runtime::random_uuid;
use crate::{security_log, session};

/// Somebody who may do what is asked.
#[derive(Debug)]
pub(crate) struct Caller {
    /// The role that the token or the session gives.
    pub(crate) role: Role,
    /// The session, of a caller who signed in; programs send their token with each call.
    pub(crate) session: Option<Session>,
}

/// Lets through whoever may act in the role `needed`.
///
/// # Errors
/// [`Fault::Unauthenticated`], [`Fault::WrongToken`], [`Fault::Forbidden`], [`Fault::ForeignOrigin`].
pub(crate) async fn require(needed: Role, request: &Incoming, config: &Config, env: &Env) -> Result<Caller, Fault> {
    let caller = match header(request, "authorization") {
        Some(authorization) => {
            let token = bearer_token(&authorization).ok_or(Fault::Unauthenticated)?;
            Caller { role: config.tokens.role_for(token).ok_or(Fault::WrongToken)?, session: None }
        }
        None => {
            let session = open_session(request, config).ok_or(Fault::Unauthenticated)?;
            let reads = matches!(request.method(), "GET" | "HEAD");
            refuse_other_site(reads, request, config)?;
            if session::is_ended(&session.id, env).await? {
                security_log::session("ended-session-used", session.role, request, config);
                return Err(Fault::Unauthenticated);
            }
            Caller { role: session.role, session: Some(session) }
        }
    };
    if caller.role.covers(needed) { Ok(caller) } else { Err(Fault::Forbidden) }
}

/// Refuses what a page of another origin asks of the shop. Programs send no `Origin` and pass.
///
/// # Errors
/// [`Fault::ForeignOrigin`].
pub(crate) fn refuse_foreign_page(request: &Incoming, config: &Config) -> Result<(), Fault> {
    match origin_among(request, &[config.site.shop()]) {
        Some(false) => Err(Fault::ForeignOrigin),
        Some(true) | None => Ok(()),
    }
}

/// `POST /api/session { token }`: begins a session for a page.
///
/// # Errors
/// [`Fault::WrongToken`], [`Fault::ForeignOrigin`] or what is wrong with the body.
pub(crate) async fn sign_in(request: &Incoming, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_other_site(false, request, config)?;
    let (_, body) = json_body(request).await?;
    let token: String = body.field("token").unwrap_or_default();
    let (role, version) = config.tokens.holder_of(&clean_code(&token)).ok_or(Fault::WrongToken)?;
    if let Some(former) = open_session(request, config) {
        session::end(&former, env).await?;
    }
    let id = random_uuid().parse().map_err(InternalError::malformed("a random UUID"))?;
    let now = now();
    let session = Session::begin(role, version, id, now);
    let response = describe(role, Some(&session), config)?;
    response.headers().set("set-cookie", &set_cookie(&session, now, config)?)?;
    security_log::session("sign-in", role, request, config);
    Ok(response)
}

/// `GET /api/session`: what a page has to know of the session that it has, also if that began before the settings changed.
///
/// # Errors
/// [`Fault::Internal`] alone.
pub(crate) fn show(caller: &Caller, config: &Config) -> Result<Response, Fault> {
    describe(caller.role, caller.session.as_ref(), config)
}

fn describe(role: Role, session: Option<&Session>, config: &Config) -> Result<Response, Fault> {
    let expires_at = session.map(|session| session.expires_at);
    Ok(respond::json_answer(200, &SessionView { role, expires_at, time_zone: config.zone.name() })?)
}

/// What a page has to know of its session; one that a token opened has no end.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionView<'a> {
    role: Role,
    expires_at: Option<UnixMillis>,
    time_zone: &'a str,
}

/// `DELETE /api/session`: ends it, on the server and in the browser.
///
/// # Errors
/// [`Fault::ForeignOrigin`]; [`Fault::Internal`] if it could not be ended: then the browser keeps its cookie, to try again.
pub(crate) async fn sign_out(request: &Incoming, config: &Config, env: &Env) -> Result<Response, Fault> {
    refuse_other_site(false, request, config)?;
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

/// The `Set-Cookie` of a session that was used, if its end is to be put off.
///
/// # Errors
/// [`Fault::Internal`] alone.
pub(crate) fn renewed_cookie(caller: &Caller, config: &Config) -> Result<Option<String>, Fault> {
    let now = now();
    let renewed = caller.session.as_ref().and_then(|session| session.renewed(now));
    renewed.map(|session| set_cookie(&session, now, config)).transpose()
}

fn set_cookie(session: &Session, now: UnixMillis, config: &Config) -> Result<String, Fault> {
    let sealed =
        session.seal(&config.tokens, &config.keys).ok_or(InternalError::Impossible("a session without its token"))?;
    Ok(config.cookie.set(&sealed, session.remaining(now)))
}

fn open_session(request: &Incoming, config: &Config) -> Option<Session> {
    let cookies = header(request, "cookie")?;
    Session::open(config.cookie.read(&cookies)?, now(), &config.tokens, &config.keys)
}

/// Where a cookie authorises, or is set: refuses what was not asked by our own pages. What changes something names its origin,
/// which has to be ours. What reads need not name one; `Sec-Fetch-Site`, which newer browsers add and no page can set, tells
/// then whether it was our page (`same-origin`) or the person, who typed the address (`none`).
fn refuse_other_site(reads: bool, request: &Incoming, config: &Config) -> Result<(), Fault> {
    let own_origin = origin_among(request, &[config.site.staff()]).unwrap_or(reads);
    let own_site = match header(request, "sec-fetch-site").as_deref() {
        None | Some("same-origin") => true,
        Some("none") => reads,
        Some(_) => false,
    };
    if own_origin && own_site { Ok(()) } else { Err(Fault::ForeignOrigin) }
}

/// Whether the request's `Origin` is one of these; `None` if it has none.
fn origin_among(request: &Incoming, origins: &[&Origin]) -> Option<bool> {
    let origin = header(request, "origin")?;
    Some(origins.iter().any(|own| own.as_str() == origin))
}
