//! The client of a Worker's own API.

use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Endpoint, Transport, call};

/// A compago-edge Worker: for pages, tills and merchants' backends. It needs no API key of Compago's.
#[derive(Debug, Clone)]
pub struct EdgeClient<T> {
    pub(crate) transport: T,
}

impl<T: Transport<Edge>> EdgeClient<T> {
    /// Creates a client that sends by `transport`.
    pub const fn with_transport(transport: T) -> Self {
        Self { transport }
    }

    /// Makes any call of the Worker's API.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn call<E: Endpoint<Host = Edge>>(&self, endpoint: &E) -> Result<E::Answer, CallError<ProblemDetails>> {
        call(endpoint, &self.transport).await
    }
}
