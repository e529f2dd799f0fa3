//! The session of a page.

use compago::edge::calls::session::{ReadSession, SignIn, SignOut};
use compago::edge::status_answers::SessionView;
use compago::edge::{Edge, ProblemDetails, RoleToken};
use compago::endpoint::{CallError, Transport};

use super::EdgeClient;

/// The calls of a session; see [`EdgeClient::session`].
///
/// **For pages**: the browser keeps the cookie that [`sign_in`](Self::sign_in) gets. The transports of servers and
/// Workers keep no cookies, so with them a session begins and nothing uses it. They send the token with each call
/// (`with_token`), which [`read`](Self::read) answers as well.
#[derive(Debug, Clone, Copy)]
pub struct Session<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<T: Transport<Edge>> Session<'_, T> {
    /// Begins a session with the token of a role. The browser keeps its cookie; no other transport does.
    ///
    /// # Errors
    /// [`CallError`], see [`SignIn`].
    pub async fn sign_in(&self, token: &RoleToken) -> Result<SessionView, CallError<ProblemDetails>> {
        self.client.call(&SignIn { token: token.clone() }).await
    }

    /// Reads the role of the caller, and until when the session lasts.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadSession`].
    pub async fn read(&self) -> Result<SessionView, CallError<ProblemDetails>> {
        self.client.call(&ReadSession).await
    }

    /// Ends the session, whether there is one or not.
    ///
    /// # Errors
    /// [`CallError`], see [`SignOut`].
    pub async fn sign_out(&self) -> Result<(), CallError<ProblemDetails>> {
        self.client.call(&SignOut).await
    }
}
