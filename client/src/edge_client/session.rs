//! The session of a page.

use compago::edge::calls::session::{ReadSession, SignIn, SignOut};
use compago::edge::status_answers::SessionView;
use compago::edge::{Edge, ProblemDetails, RoleToken};
use compago::endpoint::{CallError, Transport};

use super::EdgeClient;

/// The calls of a session; see [`EdgeClient::session`].
#[derive(Debug, Clone, Copy)]
pub struct SessionCalls<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<T: Transport<Edge>> SessionCalls<'_, T> {
    /// Begins a session with the token of a role. The browser keeps its cookie.
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
