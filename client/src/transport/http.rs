//! Conversions to and from the types of the crate `http`, for a transport by any other client.
//!
//! ```
//! use std::time::{Duration, SystemTime, UNIX_EPOCH};
//!
//! use compago::endpoint::{Compago, Reply, Request, Transport, Undelivered};
//! use compago::value::{ApiKey, UnixMillis};
//! use compago_client::transport::http;
//! use compago_client::{BaseUrl, Outgoing};
//!
//! /// A transport by `ureq`, which blocks its thread.
//! struct Blocking {
//!     agent: ureq::Agent,
//!     base: BaseUrl,
//!     key: ApiKey,
//! }
//!
//! impl Blocking {
//!     fn new(base: BaseUrl, key: ApiKey) -> Self {
//!         let config = ureq::Agent::config_builder()
//!             .http_status_as_error(false)
//!             .max_redirects(0) // A redirect would take the key to another host.
//!             .timeout_global(Some(Duration::from_secs(10)));
//!         Self { agent: config.build().into(), base, key }
//!     }
//! }
//!
//! impl Transport<Compago> for Blocking {
//!     async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
//!         let request = http::request(Outgoing::to_compago(&self.base, &self.key, request));
//!         let response = self.agent.run(request.map_err(|_| Undelivered::Network)?);
//!         let (head, mut body) = response.map_err(undelivered)?.into_parts();
//!         let body = body.with_config().limit(4 * 1024 * 1024).read_to_vec().map_err(undelivered)?;
//!         let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
//!         let now = UnixMillis(i64::try_from(now.as_millis()).unwrap_or(i64::MAX));
//!         Ok(http::reply(head.status, &head.headers, body, now))
//!     }
//! }
//!
//! fn undelivered(error: ureq::Error) -> Undelivered {
//!     match error {
//!         ureq::Error::Timeout(_) => Undelivered::Timeout,
//!         ureq::Error::BodyExceedsLimit(_) => Undelivered::TooLarge,
//!         _ => Undelivered::Network,
//!     }
//! }
//! ```
//!
//! With the crate `http`, `http::Request::try_from(outgoing)` does the same as [`request`].

use compago::endpoint::{Reply, retry_after};
use compago::value::UnixMillis;
use http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use http::{Request, StatusCode};

use crate::Outgoing;

/// Returns the request with all of its headers. Those that hold a secret are marked as sensitive, so that no client logs
/// them or stores them in an index of compressed headers.
///
/// # Errors
/// [`http::Error`] if the URL or a header is not one that HTTP allows, such as a path of more than 64 KiB.
pub fn request(outgoing: Outgoing) -> Result<Request<Vec<u8>>, http::Error> {
    let mut request = Request::builder().method(outgoing.method.as_str()).uri(outgoing.url);
    for (name, value) in outgoing.headers {
        let mut value = HeaderValue::try_from(value)?;
        value.set_sensitive(Outgoing::is_secret(name));
        request = request.header(HeaderName::try_from(name)?, value);
    }
    request.body(outgoing.body.map(String::into_bytes).unwrap_or_default())
}

/// Returns a response that was received at `now`. The caller limits the time and the size of its body.
pub fn reply(status: StatusCode, headers: &HeaderMap, body: impl Into<Vec<u8>>, now: UnixMillis) -> Reply {
    let wait = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    Reply { status: status.as_u16(), retry_after: wait.and_then(|wait| retry_after(wait, now)), body: body.into() }
}

impl TryFrom<Outgoing> for Request<Vec<u8>> {
    type Error = http::Error;

    fn try_from(outgoing: Outgoing) -> Result<Self, http::Error> {
        request(outgoing)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot build its own input fails")]

    use compago::edge::RoleToken;
    use compago::endpoint::Method;
    use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};

    use super::*;
    use crate::BaseUrl;

    fn post() -> compago::endpoint::Request {
        compago::endpoint::Request {
            name: "test",
            method: Method::Post,
            target: "/order?x=%C3%B1".to_owned(),
            headers: vec![("idempotency-key", "one".to_owned())],
            body: Some("{}".to_owned()),
        }
    }

    #[test]
    fn a_request_keeps_all_its_parts_and_marks_secrets() {
        let base: BaseUrl = "https://api.example/v1".parse().unwrap();
        let key = "sandbox-key".parse().unwrap();
        let request = request(Outgoing::to_compago(&base, &key, post())).unwrap();
        assert_eq!(
            (request.method().as_str(), request.uri().to_string().as_str()),
            ("POST", "https://api.example/v1/order?x=%C3%B1")
        );
        assert_eq!(request.headers()[ACCEPT], "application/json");
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
        assert_eq!(request.headers()["idempotency-key"], "one");
        assert_eq!(request.headers()["x-api-key"], "sandbox-key");
        assert!(request.headers()["x-api-key"].is_sensitive() && !request.headers()[ACCEPT].is_sensitive());
        assert_eq!(request.body(), b"{}");

        let token: RoleToken = "a-token-of-thirty-two-characters-x".parse().unwrap();
        let request = Request::try_from(Outgoing::to_edge(&base, Some(&token), post())).unwrap();
        assert!(request.headers()[AUTHORIZATION].is_sensitive());
    }

    #[test]
    fn a_response_keeps_status_body_and_the_wait() {
        let now = "2026-03-01T18:00:00Z".parse().unwrap();
        for (header, wait) in
            [("7", Some(7)), ("Sun, 01 Mar 2026 18:02:00 GMT", Some(120)), ("soon", None), ("\u{e9}", None)]
        {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_bytes(header.as_bytes()).unwrap())]);
            let reply = reply(StatusCode::TOO_MANY_REQUESTS, &headers, *b"{}", now);
            assert_eq!((reply.status, reply.retry_after, reply.body), (429, wait, b"{}".to_vec()), "{header}");
        }
    }
}
