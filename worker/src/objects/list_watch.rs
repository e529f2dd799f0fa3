//! The class of the object that read Compago's list for open orders in earlier releases. It does nothing any more.

use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// An object of an earlier release.
#[durable_object(fetch)]
pub struct ListWatchObject;

impl DurableObject for ListWatchObject {
    fn new(_state: State, _env: Env) -> Self {
        Self
    }

    async fn fetch(&self, _request: Request) -> Result<Response> {
        Response::error("Gone", 410)
    }
}
