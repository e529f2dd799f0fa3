//! The sandbox without a network: from requests to answers.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use tower_service::Service as _;

use crate::api::Outlook;
use crate::fault::Carrier;
use crate::world::state::{ReadProblem, Store};
use crate::world::{App, World};
use crate::{api, checkout, control, index, page, terminal};

/// A sandbox that something else carries the requests to and the answers from. Faults of a connection are refused when
/// they are planned.
#[derive(Clone, Debug)]
pub struct Service {
    router: Router,
}

/// An answer and what is planned for it.
#[derive(Debug)]
pub struct Reply {
    /// The answer.
    pub response: Response<Body>,
    /// How long the caller waits for it after the call took effect, if a fault delays it.
    pub delay: Option<Duration>,
}

impl Service {
    /// Creates a sandbox whose links point to `origin`, with the state that was `saved` or a new one. Each change is saved
    /// in the `store`, if there is one.
    ///
    /// # Errors
    /// A saved state that cannot be read.
    pub fn new(origin: String, saved: Option<&[u8]>, store: Option<Box<dyn Store>>) -> Result<Self, ReadProblem> {
        let world = saved.map(World::read).transpose()?.unwrap_or_default();
        Ok(Self { router: router(&App::new(origin, Carrier::Runtime, world, store)) })
    }

    /// Answers a request. Changes are saved before it returns.
    pub async fn handle(&self, request: Request<Body>) -> Reply {
        let answered: Result<_, Infallible> = self.router.clone().call(request).await;
        let mut response = match answered {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let delay = match response.extensions_mut().remove() {
            Some(Outlook::Late(by)) => Some(by),
            Some(Outlook::Answered | Outlook::Held(_) | Outlook::Halved | Outlook::Lost) | None => None,
        };
        Reply { response, delay }
    }
}

pub(crate) fn router(app: &App) -> Router {
    Router::new()
        .nest("/api", api::routes(app))
        .nest("/_sandbox", control::routes())
        .nest("/checkout", checkout::routes())
        .nest("/terminal", terminal::routes())
        .nest("/assets", page::assets())
        .merge(index::routes())
        .with_state(app.clone())
}
