//! Who a client is, and Cloudflare's own limiters of what clients cause.
//!
//! A client is an address, or an IPv6 network, as Cloudflare names it in `CF-Connecting-IP`. Outside Cloudflare a proxy before the
//! Worker has to set this header; without it clients cannot be distinguished.

use compago::edge::ClientAddress;
use js_sys::Reflect;
use serde_json::json;
use worker::Env;

use super::error::ApiError;
use super::request::{Incoming, header};
use crate::config::{CREATE_LIMIT, RETURN_LIMIT};
use crate::runtime::log::{self, Level};

/// An action that a limiter of Cloudflare's counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Creates an order, or another attempt of one.
    CreateOrder,
    /// Reports a return from the checkout to its order.
    ReportReturn,
}

impl Action {
    /// The binding of its limiter, and how its keys begin.
    const fn limiter(self) -> (&'static str, &'static str) {
        match self {
            Self::CreateOrder => (CREATE_LIMIT, "create"),
            Self::ReportReturn => (RETURN_LIMIT, "return"),
        }
    }
}

/// Returns the client; `None` if it is not known: there is no header, or no address in it.
pub(crate) fn client(request: &Incoming) -> Option<ClientAddress> {
    header(request, "cf-connecting-ip")?.parse().ok()
}

/// Refuses an action that a client causes too often, before any Durable Object is called. Where no limiter is configured, the client
/// is not known or the limiter fails, all is allowed.
///
/// # Errors
/// [`ApiError::TooMany`].
pub(crate) async fn check_rate_limit(action: Action, client: Option<ClientAddress>, env: &Env) -> Result<(), ApiError> {
    let (binding, prefix) = action.limiter();
    let Some(client) = client.filter(|_| is_bound(binding, env)) else { return Ok(()) };
    let outcome = match env.rate_limiter(binding) {
        Ok(limiter) => limiter.limit(format!("{prefix}:{client}")).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(outcome) if !outcome.success => Err(ApiError::TooMany { seconds: 60 }),
        Ok(_) => Ok(()),
        Err(error) => {
            log::write(
                Level::Error,
                "rate-limit-not-checked",
                json!({ "object": binding, "error": log::chain(&error) }),
            );
            Ok(())
        }
    }
}

/// Returns whether there is a binding of that name, whatever it is: one that is no limiter is worth a line in the log.
fn is_bound(name: &str, env: &Env) -> bool {
    Reflect::has(env, &name.into()).unwrap_or_default()
}
