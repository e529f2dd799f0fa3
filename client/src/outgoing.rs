//! A request with its URL and all of its headers, for any HTTP client.

use core::fmt;

use compago::edge::RoleToken;
use compago::endpoint::{Method, Request};
use compago::value::ApiKey;

use crate::BaseUrl;

/// A request as it goes out. `Debug` shows neither headers nor body: they hold the key and personal data.
#[derive(Clone)]
pub struct Outgoing {
    /// The endpoint's stable name, for logs.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The absolute URL; for a page's own Worker the path and query.
    pub url: String,
    /// All headers.
    pub headers: Vec<(&'static str, String)>,
    /// The JSON body, if any.
    pub body: Option<String>,
}

impl Outgoing {
    /// Returns a call of Compago, with its key.
    #[must_use]
    pub fn for_compago(base: &BaseUrl, key: &ApiKey, request: Request) -> Self {
        Self::new(base, "application/json", Some(("x-api-key", key.expose().to_owned())), request)
    }

    /// Returns a call of a Worker's own API. A page sends its session cookie instead of a token.
    #[must_use]
    pub fn for_edge(base: &BaseUrl, token: Option<&RoleToken>, request: Request) -> Self {
        let authorization = token.map(|token| ("authorization", format!("Bearer {}", token.expose())));
        Self::new(base, "application/json, application/problem+json", authorization, request)
    }

    /// Returns whether a header holds a secret that no log may show.
    #[must_use]
    pub fn is_secret(name: &str) -> bool {
        matches!(name, "x-api-key" | "authorization")
    }

    fn new(base: &BaseUrl, accept: &str, secret: Option<(&'static str, String)>, request: Request) -> Self {
        let Request { name, method, target, headers, body } = request;
        let mut all = vec![("accept", accept.to_owned())];
        all.extend(body.as_ref().map(|_| ("content-type", "application/json".to_owned())));
        all.extend(secret);
        all.extend(headers);
        Self { name, method, url: base.join(&target), headers: all, body }
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("name", &self.name).field("method", &self.method).finish_non_exhaustive()
    }
}
