//! The session of a page: it begins with a role's token, and its cookie replaces the token in all later calls.
//!
//! A backend has no session: it sends the token with each call.

use serde::Serialize;

use super::edge_call;
use crate::edge::status_answers::SessionView;
use crate::edge::{Edge, RoleToken};
use crate::endpoint::{DecodeError, Endpoint, Method};

const SESSION: &str = "/api/session";

/// `POST /api/session`: begins a session. Its cookie comes with the answer and is kept by the browser.
///
/// Refused with 401 `wrong-token`.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The token of a role.
    pub token: RoleToken,
}

edge_call!(SignIn: Post "session.begin" -> SessionView {
    path: |_| SESSION.to_owned(),
    body: |call| &SignInBody { token: call.token.expose() },
});

#[derive(Serialize)]
struct SignInBody<'a> {
    token: &'a str,
}

/// `GET /api/session`: the role of the caller, and until when the session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadSession;

edge_call!(ReadSession: Get "session.read" -> SessionView {
    path: |_| SESSION.to_owned(),
});

/// `DELETE /api/session`: ends the session, whether there is one or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignOut;

impl Endpoint for SignOut {
    type Host = Edge;
    type Answer = ();

    const NAME: &'static str = "session.end";
    const METHOD: Method = Method::Delete;

    fn path(&self) -> String {
        SESSION.to_owned()
    }

    fn read(&self, _: &[u8]) -> Result<(), DecodeError> {
        Ok(())
    }
}
