//! The sandbox as a Worker, so that it runs where no Rust is installed: the npm package `compago-edge-sandbox` has it
//! with workerd.
//!
//! One Durable Object holds the whole sandbox, since its state is one value behind one lock; the Worker forwards every
//! request to it.
//!
//! | module | contents |
//! |---|---|
//! | `object` | the Durable Object |
//! | `database` | its storage, in which the state is saved after each change |
//! | `carry` | requests and answers between the runtime and the sandbox |

mod carry;
mod database;
mod object;

use worker::{Context, Env, Request, Response, Result, event};

/// Forwards the request to the one object.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    env.durable_object("SANDBOX")?.get_by_name("sandbox")?.fetch_with_request(request).await
}
