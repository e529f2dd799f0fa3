//! Conversions to and from the types of the crate `http`, for a transport by any other client.
//!
//! ```
//! use std::time::{Duration, SystemTime};
//!
//! use compago::endpoint::{Compago, Reply, Request, Transport, Undelivered};
//! use compago::value::ApiKey;
//! use compago_client::transport::http::reply;
//! use compago_client::{BaseUrl, Outgoing};
//! use http::{Request as HttpRequest, Response};
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
//!             // A proxy would read the key of a plain request, which goes to a loopback address.
//!             .proxy(if base.is_encrypted() { ureq::Proxy::try_from_env() } else { None })
//!             .timeout_global(Some(Duration::from_secs(10)));
//!         Self { agent: config.build().into(), base, key }
//!     }
//! }
//!
//! impl Transport<Compago> for Blocking {
//!     async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
//!         let request = HttpRequest::try_from(Outgoing::for_compago(&self.base, &self.key, request));
//!         let response = self.agent.run(request.map_err(|_| Undelivered::Network)?);
//!         let (head, mut body) = response.map_err(undelivered)?.into_parts();
//!         let body = body.with_config().limit(4 * 1024 * 1024).read_to_vec().map_err(undelivered)?;
//!         Ok(reply(Response::from_parts(head, body), SystemTime::now().into()))
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
//! The rest is that transport's: it limits the time and the size of an answer, follows no redirect, repeats nothing but a
//! read, and uses no proxy if the base is not [encrypted](crate::BaseUrl::is_encrypted).

use compago::endpoint::{Reply, retry_after};
use compago::value::UnixMillis;
use http::header::{HeaderName, HeaderValue, RETRY_AFTER};
use http::{Request, Response};

use crate::Outgoing;

/// Converts to a request with all of its headers. Those that hold a secret are marked as sensitive, so that no client logs
/// them or stores them in an index of compressed headers.
impl TryFrom<Outgoing> for Request<Vec<u8>> {
    type Error = http::Error;

    /// Fails if the URL or a header is not one that HTTP allows, such as a path of more than 64 KiB.
    fn try_from(outgoing: Outgoing) -> Result<Self, http::Error> {
        let mut request = Request::builder().method(outgoing.method.as_str()).uri(outgoing.url);
        for (name, value) in outgoing.headers {
            let mut value = HeaderValue::try_from(value)?;
            value.set_sensitive(Outgoing::is_secret(name));
            request = request.header(HeaderName::try_from(name)?, value);
        }
        request.body(outgoing.body.map(String::into_bytes).unwrap_or_default())
    }
}

/// Returns a response that was received at `now`. The caller limits the time and the size of its body.
pub fn reply(response: Response<impl Into<Vec<u8>>>, now: UnixMillis) -> Reply {
    let wait = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after = wait.and_then(|wait| retry_after(wait, now));
    Reply { status: response.status().as_u16(), retry_after, body: response.into_body().into() }
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
        let request = Request::try_from(Outgoing::for_compago(&base, &key, post())).unwrap();
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
        let request = Request::try_from(Outgoing::for_edge(&base, Some(&token), post())).unwrap();
        assert!(request.headers()[AUTHORIZATION].is_sensitive());
    }

    #[test]
    fn a_response_keeps_status_body_and_the_wait() {
        let now = "2026-03-01T18:00:00Z".parse().unwrap();
        for (header, wait) in
            [("7", Some(7)), ("Sun, 01 Mar 2026 18:02:00 GMT", Some(120)), ("soon", None), ("\u{e9}", None)]
        {
            let response = Response::builder().status(429).header(RETRY_AFTER, header.as_bytes()).body(*b"{}").unwrap();
            let reply = reply(response, now);
            assert_eq!((reply.status, reply.retry_after, reply.body), (429, wait, b"{}".to_vec()), "{header}");
        }
    }
}
