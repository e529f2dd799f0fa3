//! Calls as values: an [`Endpoint`] describes the request and decodes the answer, a [`Transport`] only moves bytes.
//!
//! The compiler checks which transport may send which endpoint. Every endpoint names its [`Host`], and a transport is
//! implemented for the hosts that it may contact. A browser page's transport implements `Transport<Edge>` only, so a
//! call that needs the API key does not compile there:
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
//!     let _ = call(&GetOneTimePayment { id }, &Page).await; // Page does not implement Transport<Compago>
//! }
//! ```

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use serde::de::DeserializeOwned;
use strum::{AsRefStr, Display, EnumString, IntoStaticStr};

use crate::json::{self, JsonError};
use crate::value::percent;

mod retry_after;

pub use retry_after::retry_after;

/// A server that answers calls, and the format of its refusals.
pub trait Host {
    /// The decoded form of an answer outside 2xx.
    type Refusal: HostRefusal;

    /// Decodes an answer outside 200..=299. Never fails: an unknown body becomes a refusal with an unknown reason.
    fn refusal(reply: &Reply) -> Self::Refusal;
}

/// An answer outside 2xx, decoded.
pub trait HostRefusal: Error + Send + Sync + 'static {
    /// Returns whether the refused call certainly had no effect. Speaks of this send alone: if an earlier send of the same
    /// call had no clear answer, that one may have been carried out.
    fn did_nothing(&self) -> bool;
}

/// Compago's API. Only a transport that holds the API key implements it.
#[derive(Debug, Clone, Copy)]
pub struct Compago;

/// A call, independent of its transport.
pub trait Endpoint {
    /// The server that answers.
    type Host: Host;
    /// The decoded form of a 2xx answer.
    type Answer;

    /// The stable name in logs, such as `one-time-payment.create`.
    const NAME: &'static str;
    /// The HTTP method.
    const METHOD: Method;

    /// Returns the path relative to the host's base URL, beginning with `/`, without a query.
    fn path(&self) -> String;

    /// Returns the query's pairs in the order in which they are sent. They are not percent-encoded yet.
    fn query(&self) -> Vec<(Cow<'static, str>, String)> {
        Vec::new()
    }

    /// Returns the headers of this endpoint. The transport adds those that every call needs, such as the API key and
    /// the content type.
    fn headers(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Returns the JSON body, if the call has one.
    fn body(&self) -> Option<String> {
        None
    }

    /// Decodes the body of a 2xx answer.
    ///
    /// # Errors
    /// [`DecodeError`] if the body is not the documented JSON. The call may have been carried out nevertheless.
    fn read(&self, body: &[u8]) -> Result<Self::Answer, DecodeError>;
}

/// Sends one request to the host `H` and returns its reply.
///
/// An implementation must not follow redirects, which would send the API key to another host, must limit the time and
/// the size of an answer, and must not repeat anything but a read: only the caller knows whether a call may be repeated.
///
/// Outside WebAssembly the future is `Send`, so generic code can spawn it on a runtime with several threads. The
/// promises of JavaScript are not.
pub trait Transport<H> {
    /// Sends the request.
    #[cfg(not(target_family = "wasm"))]
    fn send(&self, request: Request) -> impl Future<Output = Result<Reply, Undelivered>> + Send;

    /// Sends the request.
    #[cfg(target_family = "wasm")]
    fn send(&self, request: Request) -> impl Future<Output = Result<Reply, Undelivered>>;
}

/// Makes the call and decodes the answer.
///
/// Any 2xx counts as success, since Compago does not document the success codes of its calls.
///
/// # Errors
/// [`CallError`], from which the caller can see whether the call may have been carried out.
pub async fn call<E, T>(endpoint: &E, transport: &T) -> Result<E::Answer, CallError<<E::Host as Host>::Refusal>>
where
    E: Endpoint,
    T: Transport<E::Host>,
{
    let body = successful_body(Request::of(endpoint), transport).await?;
    endpoint.read(&body).map_err(CallError::Decode)
}

/// Sends the request and returns the body of a 2xx answer. A function of its own because it is the same code for all
/// endpoints of a host.
async fn successful_body<H: Host, T: Transport<H>>(
    request: Request,
    transport: &T,
) -> Result<Vec<u8>, CallError<H::Refusal>> {
    let reply = transport.send(request).await.map_err(CallError::Undelivered)?;
    if (200..=299).contains(&reply.status) {
        Ok(reply.body)
    } else {
        Err(CallError::Refused(Box::new(H::refusal(&reply))))
    }
}

/// Decodes a JSON object into `T`. Fields that `T` does not have are ignored.
///
/// # Errors
/// [`DecodeError`] if the bytes are not JSON or not of that shape. A field that appears twice is an error as well.
pub fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    let text = core::str::from_utf8(body).map_err(|_| DecodeError::Json)?;
    json::from_str(text).map_err(|error| match error {
        JsonError::Malformed(_) => DecodeError::Json,
        JsonError::Shape(_) => DecodeError::Shape,
    })
}

/// An HTTP method that an endpoint uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsRefStr, Display, EnumString, IntoStaticStr)]
#[strum(serialize_all = "UPPERCASE", parse_err_ty = UnknownMethod, parse_err_fn = UnknownMethod::of)]
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
    /// Returns the method as written on the request line.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The text is not a method that an endpoint uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no endpoint uses this HTTP method")]
pub struct UnknownMethod;

impl UnknownMethod {
    const fn of(_: &str) -> Self {
        Self
    }
}

/// An HTTP request for a transport. `Debug` redacts the body, since it may hold personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The endpoint's stable name, for logs.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// Path and encoded query, relative to the host's base URL.
    pub target: String,
    /// Headers in addition to those that the transport sends with every call.
    pub headers: Vec<(&'static str, String)>,
    /// The JSON body, if any.
    pub body: Option<String>,
}

impl Request {
    /// Returns the request of a call.
    pub fn of<E: Endpoint>(endpoint: &E) -> Self {
        let mut target = endpoint.path();
        for (position, (name, value)) in endpoint.query().iter().enumerate() {
            target.push(if position == 0 { '?' } else { '&' });
            target.push_str(&percent::encode(name));
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

/// An HTTP response from a transport. `Debug` shows the size of the body, never its content.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Seconds to wait, from a `Retry-After` header parsed by [`retry_after()`].
    pub retry_after: Option<u32>,
    /// The body as received. The transport limits its size.
    pub body: Vec<u8>,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("status", &self.status).field("bytes", &self.body.len()).finish()
    }
}

/// The error of a call. `R` is the host's refusal type.
///
/// The text of each level of the error says what happened there; [`Error::source`] has the rest.
///
/// ```
/// use std::error::Error;
///
/// use compago::endpoint::{CallError, Compago, Host, Reply, Undelivered};
///
/// let lost: CallError<compago::error::Refusal> = CallError::Undelivered(Undelivered::Timeout);
/// assert_eq!(lost.to_string(), "the call has no answer");
/// assert_eq!(lost.source().map(ToString::to_string).as_deref(), Some("it took too long"));
/// assert!(!lost.did_nothing());
///
/// let refusal = Compago::refusal(&Reply { status: 404, retry_after: None, body: Vec::new() });
/// assert!(CallError::Refused(Box::new(refusal)).did_nothing());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError<R> {
    /// No answer arrived. The call may have been carried out.
    Undelivered(Undelivered),
    /// A 2xx answer that could not be decoded. The call was probably carried out.
    Decode(DecodeError),
    /// The host answered outside 2xx.
    Refused(Box<R>),
}

impl<R: HostRefusal> CallError<R> {
    /// Returns whether the call certainly had no effect. A call without a readable answer may have had one. Speaks of this
    /// send alone: if an earlier send of the same call had no clear answer, that one may have been carried out.
    #[must_use]
    pub fn did_nothing(&self) -> bool {
        match self {
            Self::Undelivered(_) | Self::Decode(_) => false,
            Self::Refused(refusal) => refusal.did_nothing(),
        }
    }
}

impl<R> fmt::Display for CallError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Undelivered(_) => "the call has no answer",
            Self::Decode(_) => "the answer to the call cannot be read",
            Self::Refused(_) => "the call was refused",
        })
    }
}

/// By hand: the source is the refusal itself, which a caller can downcast, and not its box.
impl<R: Error + 'static> Error for CallError<R> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Undelivered(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::Refused(refusal) => Some(refusal.as_ref()),
        }
    }
}

/// The reason why no answer arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// The transport's time limit was exceeded.
    #[error("it took too long")]
    Timeout,
    /// The connection failed, before or after the request was received.
    #[error("the connection failed")]
    Network,
    /// The answer exceeded the transport's size limit.
    #[error("the answer is too large")]
    TooLarge,
}

/// The error of decoding an answer. It contains no text of the answer, so it can be logged.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not JSON, or truncated JSON.
    #[error("not JSON, or cut short")]
    Json,
    /// JSON in which a required field is missing, duplicated or of another type.
    #[error("not of the documented shape")]
    Shape,
}
