//! Every call of the Worker's HTTP API as an [`Endpoint`](crate::endpoint::Endpoint) with the host [`Edge`](super::Edge).
//!
//! [`shop`] is what a payer's page calls, [`pos`] what a till calls, [`operator`] what the operator's page and the merchant's backend
//! call, and [`session`] begins and ends the session of a page. A till's calls need the role of a cashier, the operator's that of an
//! operator: by the cookie of a session, or by `Authorization: Bearer` with the role's token. `/openapi.json` of a Worker documents them.
//!
//! A refusal is [`ProblemDetails`](super::ProblemDetails). Whatever needs a role is refused with 401 `unauthenticated` or `wrong-token`
//! and with 403 `forbidden`; every call may be refused with 403 `foreign-origin` or `https-required`, 421 `wrong-host`, 429
//! `too-many-requests` and 503 `misconfigured`, and every call that has a body with 400 `not-json` or `invalid-body`. Each call names
//! the codes beyond these.
//!
//! A client reads the words of its own version: an answer with a status, a class or another word that a later Worker added is
//! [`DecodeError::Shape`](crate::endpoint::DecodeError::Shape), so update clients before a Worker that adds one. Types of events and
//! kinds of attention may be unknown: [`Extensible`](crate::value::Extensible), [`AttentionKind`](super::index_answers::AttentionKind).

use crate::value::percent;

use super::IdempotencyKey;

pub mod operator;
pub mod pos;
pub mod session;
pub mod shop;

/// Implements [`Endpoint`](crate::endpoint::Endpoint) for a call whose answer is JSON.
macro_rules! edge_call {
    ($call:ident: $method:ident $name:literal -> $answer:ty {
        path: |$at:pat_param| $path:expr
        $(, query: |$asked:pat_param| $query:expr)?
        $(, key: |$keyed:pat_param| $key:expr)?
        $(, body: |$sent:pat_param| $body:expr)?
        $(,)?
    }) => {
        impl $crate::endpoint::Endpoint for $call {
            type Host = $crate::edge::Edge;
            type Answer = $answer;

            const NAME: &'static str = $name;
            const METHOD: $crate::endpoint::Method = $crate::endpoint::Method::$method;

            fn path(&self) -> String {
                let $at = self;
                $path
            }

            $(fn query(&self) -> Vec<(std::borrow::Cow<'static, str>, String)> {
                let $asked = self;
                $query.into_iter().map(|(name, value)| (name.into(), value)).collect()
            })?

            $(fn headers(&self) -> Vec<(&'static str, String)> {
                let $keyed = self;
                Vec::from([$crate::edge::calls::idempotency_header($key)])
            })?

            $(fn body(&self) -> Option<String> {
                let $sent = self;
                Some($crate::json::to_string($body))
            })?

            fn read(&self, body: &[u8]) -> Result<$answer, $crate::endpoint::DecodeError> {
                $crate::endpoint::read_json(body)
            }
        }
    };
}

use edge_call;

/// Returns a text as one segment of a path.
fn segment(text: impl ToString) -> String {
    percent::encode(&text.to_string())
}

/// Returns the `Idempotency-Key` header: visible ASCII as a string of structured fields (RFC 9651, section 4.1.6), as the draft of the
/// header wants it.
fn idempotency_header(key: &IdempotencyKey) -> (&'static str, String) {
    let escaped = key.as_str().replace('\\', r"\\").replace('"', r#"\""#);
    ("Idempotency-Key", format!("\"{escaped}\""))
}
