//! A call is a value: an [`Endpoint`] says what is sent and how the answer is read, a [`Transport`] only moves bytes.
//!
//! Which transport may carry which endpoint is decided by the compiler. Every endpoint names its [`Host`]; a transport
//! is implemented for the hosts it may speak to. A page's transport implements `Transport<Edge>` alone, so a call that
//! needs the API key does not compile there:
//!
//! ```compile_fail
//! use compago::api::one_time_payment::get::GetOneTimePayment;
//! use compago::edge::Edge;
//! use compago::endpoint::{Reply, Request, Transport, Undelivered, call};
//!
//! struct Page;
//! impl Transport<Edge> for Page {
//!     async fn send(&self, _: Request) -> Result<Reply, Undelivered> { Err(Undelivered::Network) }
//! }
//! async fn leak(id: compago::value::PaymentId) {
//!     let _ = call(&GetOneTimePayment { id }, &Page).await; // Page is no Transport<Compago>
//! }
//! ```

use std::fmt;

use serde::de::DeserializeOwned;
use strum::IntoStaticStr;
use thiserror::Error;

use crate::error::Refusal;
use crate::json::{self, JsonError};
use crate::value::percent;

mod retry_after;

pub use retry_after::retry_after;

/// Who answers a call, and how a refusal of theirs is read.
pub trait Host {
    /// What this host says when it does not do what was asked.
    type Refusal: fmt::Debug;

    /// Reads an answer outside 200..=299. Never fails: what cannot be understood is a refusal of unknown reason.
    fn refusal(reply: &Reply) -> Self::Refusal;
}

/// Compago's own API. Only a transport that holds the API key speaks to it.
#[derive(Debug, Clone, Copy)]
pub struct Compago;

impl Host for Compago {
    type Refusal = Refusal;

    fn refusal(reply: &Reply) -> Refusal {
        Refusal::read(reply)
    }
}

/// One call: everything about it but the way it travels.
pub trait Endpoint {
    /// Who answers.
    type Host: Host;
    /// What a 2xx answer means.
    type Answer;

    /// The stable name in logs, such as `one-time-payment.create`.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;

    /// The path relative to the host's base URL, beginning with `/`, without a query.
    fn path(&self) -> String;

    /// The query's pairs, in the order in which they are sent; values are plain text, not yet encoded.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Headers of this endpoint alone. What every call needs (the key, the content type) is the transport's.
    fn headers(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The JSON body, for the calls that have one.
    fn body(&self) -> Option<String> {
        None
    }

    /// Reads a 2xx answer.
    ///
    /// # Errors
    /// [`Unreadable`] names what is missing or wrong. The call may well have done its work.
    fn read(&self, body: &[u8]) -> Result<Self::Answer, Unreadable>;
}

/// Moves one request to the host `H` and brings back its reply.
///
/// A transport follows no redirect (the key would travel with it), bounds the time and the size of an answer, and
/// repeats nothing: whether a call may be made again is not its to know.
pub trait Transport<H> {
    /// Sends the request.
    fn send(&self, request: Request) -> impl Future<Output = Result<Reply, Undelivered>>;
}

/// Makes the call and reads the answer.
///
/// Any 2xx is a success, since the success codes of Compago's calls are not documented.
///
/// # Errors
/// [`CallError`], which tells whether anything can have happened.
pub async fn call<E, T>(endpoint: &E, transport: &T) -> Result<E::Answer, CallError<<E::Host as Host>::Refusal>>
where
    E: Endpoint,
    T: Transport<E::Host>,
{
    let body = answered(Request::of(endpoint), transport).await?;
    endpoint.read(&body).map_err(CallError::Unreadable)
}

/// The body of a 2xx answer. Apart from [`call`], since it is the same for all endpoints of a host.
async fn answered<H: Host, T: Transport<H>>(request: Request, transport: &T) -> Result<Vec<u8>, CallError<H::Refusal>> {
    let reply = transport.send(request).await.map_err(CallError::Undelivered)?;
    if (200..=299).contains(&reply.status) {
        Ok(reply.body)
    } else {
        Err(CallError::Refused(Box::new(H::refusal(&reply))))
    }
}

/// Reads a JSON object whose fields are those of `T`; fields that `T` does not name are ignored.
///
/// # Errors
/// [`Unreadable`] when the bytes are not JSON of that shape; a field that appears twice is refused as well.
pub fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unreadable> {
    let text = core::str::from_utf8(body).map_err(|_| Unreadable::Json)?;
    json::from_str(text).map_err(|error| match error {
        JsonError::Malformed(_) => Unreadable::Json,
        JsonError::Unexpected(_) => Unreadable::Shape,
    })
}

/// An HTTP method that an endpoint uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "UPPERCASE")]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or acts.
    Post,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// The method as it stands on the request line.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What a transport sends. `Debug` leaves the body out, since it may hold personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The endpoint's stable name, for logs.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// Path and encoded query, relative to the host's base URL.
    pub target: String,
    /// Headers beyond those that every call of the transport has.
    pub headers: Vec<(&'static str, String)>,
    /// The JSON body, if there is one.
    pub body: Option<String>,
}

impl Request {
    pub(crate) fn of<E: Endpoint>(endpoint: &E) -> Self {
        let mut target = endpoint.path();
        for (position, (name, value)) in endpoint.query().iter().enumerate() {
            target.push(if position == 0 { '?' } else { '&' });
            target.push_str(name);
            target.push('=');
            target.push_str(&percent::encode(value));
        }
        Self { name: E::NAME, method: E::METHOD, target, headers: endpoint.headers(), body: endpoint.body() }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("name", &self.name).field("method", &self.method).finish_non_exhaustive()
    }
}

/// What came back. `Debug` tells the size of the body, never the body.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Seconds that a `Retry-After` header asks to wait, as [`retry_after()`] reads it.
    pub retry_after: Option<u32>,
    /// The body as received, bounded by the transport.
    pub body: Vec<u8>,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("status", &self.status).field("bytes", &self.body.len()).finish()
    }
}

/// Why a call has no usable result. `R` is the host's refusal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CallError<R> {
    /// No answer came: the call may or may not have been carried out.
    #[error("the call has no answer: {0}")]
    Undelivered(Undelivered),
    /// A 2xx answer that is not what is documented: the call was probably carried out.
    #[error("the answer cannot be read: {0}")]
    Unreadable(Unreadable),
    /// The host answered outside 2xx.
    #[error("the call was refused: {0:?}")]
    Refused(Box<R>),
}

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Undelivered {
    /// Not within the transport's limit.
    #[error("it took too long")]
    Timeout,
    /// The connection failed, before or after the request was received.
    #[error("the connection failed")]
    Network,
    /// The answer was larger than the transport accepts.
    #[error("the answer is too large")]
    TooLarge,
}

/// What is wrong with an answer. It carries no text of the answer, so that it can be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// Not JSON at all, or cut short.
    #[error("not JSON, or cut short")]
    Json,
    /// JSON, but a field that matters is missing, doubled or of another type.
    #[error("not of the documented shape")]
    Shape,
}
