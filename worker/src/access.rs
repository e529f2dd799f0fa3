//! Who is asking: bearer tokens, the session cookie, and the origin of a page.

use compago::edge::{Role, Session, bearer_token, clear_session_cookie, session_cookie, set_session_cookie};
use compago::json::Object;
use compago::value::clean_code;
use web_sys::{Request, Response};

use crate::clock::now;
use crate::env::Config;
use crate::fault::Fault;
use crate::receive::{header, json_body};
use crate::respond;

/// Lets through whoever may act in the role `needed`.
///
/// # Errors
/// [`Fault::Unauthenticated`], [`Fault::WrongToken`], [`Fault::Forbidden`], [`Fault::ForeignOrigin`].
pub(crate) fn require(needed: Role, request: &Request, config: &Config) -> Result<(), Fault> {
    let role = match header(request, "authorization") {
        Some(authorization) => {
            let token = bearer_token(&authorization).ok_or(Fault::Unauthenticated)?;
            config.tokens.role_for(token).ok_or(Fault::WrongToken)?
        }
        None => {
            let role = session_role(request, config).ok_or(Fault::Unauthenticated)?;
            // The cookie is sent from our own pages alone. Should a browser send it from elsewhere, nothing is read either; it
            // names the origin of such a request, but not always of our own.
            refuse_foreign_page(request, config)?;
            let reads = matches!(request.method().as_str(), "GET" | "HEAD");
            if !reads && !is_own_page(request, config) {
                return Err(Fault::ForeignOrigin);
            }
            role
        }
    };
    if role.covers(needed) { Ok(()) } else { Err(Fault::Forbidden) }
}

/// Refuses what a page of another origin asks for. Programs send no `Origin` and pass.
///
/// # Errors
/// [`Fault::ForeignOrigin`].
pub(crate) fn refuse_foreign_page(request: &Request, config: &Config) -> Result<(), Fault> {
    match header(request, "origin") {
        Some(_) if !is_own_page(request, config) => Err(Fault::ForeignOrigin),
        Some(_) | None => Ok(()),
    }
}

/// `POST /api/session { token }`: begins a session for a page.
///
/// # Errors
/// [`Fault::WrongToken`], [`Fault::ForeignOrigin`] or what is wrong with the body.
pub(crate) async fn sign_in(request: &Request, config: &Config) -> Result<Response, Fault> {
    if !is_own_page(request, config) {
        return Err(Fault::ForeignOrigin);
    }
    let (_, body) = json_body(request).await?;
    let token: String = body.field("token").unwrap_or_default();
    let role = config.tokens.role_for(&clean_code(&token)).ok_or(Fault::WrongToken)?;
    let session = Session::begin(role, now());
    let sealed = session.seal(&config.tokens, &config.keys).ok_or(Fault::Internal)?;
    let body = Object(&[("role", &role), ("expiresAt", &session.expires_at)]);
    let response = respond::json_answer(200, &body)?;
    response.headers().set("set-cookie", &set_session_cookie(&sealed))?;
    Ok(response)
}

/// `DELETE /api/session`: ends it.
///
/// # Errors
/// [`Fault::ForeignOrigin`].
pub(crate) fn sign_out(request: &Request, config: &Config) -> Result<Response, Fault> {
    if !is_own_page(request, config) {
        return Err(Fault::ForeignOrigin);
    }
    let response = respond::empty_answer(204)?;
    response.headers().set("set-cookie", &clear_session_cookie())?;
    Ok(response)
}

fn session_role(request: &Request, config: &Config) -> Option<Role> {
    let cookies = header(request, "cookie")?;
    let sealed = session_cookie(&cookies)?;
    Session::open(sealed, now(), &config.tokens, &config.keys).map(|session| session.role)
}

fn is_own_page(request: &Request, config: &Config) -> bool {
    header(request, "origin").as_deref() == Some(config.shop_origin.as_str())
}
