//! Dispatches Compago's calls by operation name, from JSON to JSON, for callers in other languages.
//!
//! [`prepare`] turns an operation's name and its JSON input into the request to send; [`read`] interprets the reply. The
//! caller does the IO.
//!
//! ```
//! use compago::operations::{self, CallOutcome};
//! use compago::endpoint::Reply;
//! use compago::json;
//!
//! let input = json::parse(r#"{ "id": "0f0e0d0c-1111-4222-8333-444455556666" }"#)?;
//! let request = operations::prepare("one-time-payment.get", &input).unwrap();
//! assert_eq!((request.method.as_str(), request.target.as_str()),
//!     ("GET", "/one-time-payment/0f0e0d0c-1111-4222-8333-444455556666"));
//!
//! let body = br#"{ "status": "CONFIRMED", "expired": false }"#.to_vec();
//! let outcome = operations::read("one-time-payment.get", &input, &Reply { status: 200, retry_after: None, body });
//! assert!(matches!(outcome, CallOutcome::Answer(answer) if answer.starts_with(r#"{"status":"CONFIRMED""#)));
//! # Ok::<(), compago::json::Malformed>(())
//! ```

use std::fmt;

use serde::Serialize;

use crate::api::one_time_payment::cancel::CancelOneTimePayment;
use crate::api::one_time_payment::create::CreateOneTimePayment;
use crate::api::one_time_payment::get::GetOneTimePayment;
use crate::api::one_time_payment::list::ListOneTimePayments;
use crate::api::payment_intent::cancel::CancelPaymentIntent;
use crate::api::payment_intent::create::CreatePaymentIntent;
use crate::api::payment_intent::get::GetPaymentIntent;
use crate::api::payment_method::charge::ChargePaymentMethod;
use crate::api::payment_method::create::CreatePaymentMethod;
use crate::api::payment_method::get::GetPaymentMethod;
use crate::api::payment_method::list::ListPaymentMethods;
use crate::api::payment_method::payment::GetCardPayment;
use crate::api::payment_method::payments::ListCardPayments;
use crate::api::payment_method::refund::RefundCardPayment;
use crate::api::payment_method::revoke::RevokePaymentMethod;
use crate::body::{self, Fields};
use crate::endpoint::{Compago, Endpoint, Reply, Request};
use crate::error::Refusal;
use crate::json::{self, Json};
use crate::problem::Problems;

mod input;

use input::Input;

/// The names of all operations, each the [`Endpoint::NAME`] of one call.
pub const NAMES: [&str; 15] = [
    CreateOneTimePayment::NAME,
    GetOneTimePayment::NAME,
    ListOneTimePayments::NAME,
    CancelOneTimePayment::NAME,
    CreatePaymentIntent::NAME,
    GetPaymentIntent::NAME,
    CancelPaymentIntent::NAME,
    CreatePaymentMethod::NAME,
    GetPaymentMethod::NAME,
    ListPaymentMethods::NAME,
    RevokePaymentMethod::NAME,
    ChargePaymentMethod::NAME,
    ListCardPayments::NAME,
    GetCardPayment::NAME,
    RefundCardPayment::NAME,
];

/// The result of an operation. `Debug` redacts the answer, since it may hold personal data.
#[derive(Clone, PartialEq, Eq)]
pub enum CallOutcome {
    /// A 2xx answer with all required fields, as JSON.
    Answer(String),
    /// An answer outside 2xx.
    Refused(Refusal),
    /// A 2xx answer that cannot be used: truncated, of another shape, or about another payment or card than the one in the
    /// input. Compago may have carried out the call.
    Unusable,
}

impl fmt::Debug for CallOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(_) => f.write_str("Answer(redacted)"),
            Self::Refused(refusal) => f.debug_tuple("Refused").field(refusal).finish(),
            Self::Unusable => f.write_str("Unusable"),
        }
    }
}

/// Builds the request of the operation with this name.
///
/// # Errors
/// Every problem of the input, or no operation has this name.
pub fn prepare(name: &str, input: &Json) -> Result<Request, PrepareError> {
    Ok(dispatch(name, Prepare(input)).ok_or(PrepareError::UnknownOperation)??)
}

/// The reason why no request can be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// The name is none of [`NAMES`].
    #[error("no operation has this name")]
    UnknownOperation,
    /// The operation does not accept the input.
    #[error("the operation does not accept its input")]
    Input(#[from] Problems),
}

/// Interprets the reply to the operation with this name and input.
pub fn read(name: &str, input: &Json, reply: &Reply) -> CallOutcome {
    if !(200..=299).contains(&reply.status) {
        return CallOutcome::Refused(Refusal::read(reply));
    }
    dispatch(name, Read(input, reply)).flatten().map_or(CallOutcome::Unusable, CallOutcome::Answer)
}

/// Code that is generic over the operation's endpoint type: [`dispatch`] runs it with the type that belongs to a name.
trait Visitor {
    type Output;

    fn visit<E: Endpoint<Host = Compago, Answer: Serialize> + Input>(self) -> Self::Output;
}

/// Runs the visitor with the endpoint type of the operation; `None` if no operation has this name.
fn dispatch<V: Visitor>(name: &str, visitor: V) -> Option<V::Output> {
    Some(match name {
        CreateOneTimePayment::NAME => visitor.visit::<CreateOneTimePayment>(),
        GetOneTimePayment::NAME => visitor.visit::<GetOneTimePayment>(),
        ListOneTimePayments::NAME => visitor.visit::<ListOneTimePayments>(),
        CancelOneTimePayment::NAME => visitor.visit::<CancelOneTimePayment>(),
        CreatePaymentIntent::NAME => visitor.visit::<CreatePaymentIntent>(),
        GetPaymentIntent::NAME => visitor.visit::<GetPaymentIntent>(),
        CancelPaymentIntent::NAME => visitor.visit::<CancelPaymentIntent>(),
        CreatePaymentMethod::NAME => visitor.visit::<CreatePaymentMethod>(),
        GetPaymentMethod::NAME => visitor.visit::<GetPaymentMethod>(),
        ListPaymentMethods::NAME => visitor.visit::<ListPaymentMethods>(),
        RevokePaymentMethod::NAME => visitor.visit::<RevokePaymentMethod>(),
        ChargePaymentMethod::NAME => visitor.visit::<ChargePaymentMethod>(),
        ListCardPayments::NAME => visitor.visit::<ListCardPayments>(),
        GetCardPayment::NAME => visitor.visit::<GetCardPayment>(),
        RefundCardPayment::NAME => visitor.visit::<RefundCardPayment>(),
        _ => return None,
    })
}

struct Prepare<'a>(&'a Json);

impl Visitor for Prepare<'_> {
    type Output = Result<Request, Problems>;

    fn visit<E: Endpoint<Host = Compago, Answer: Serialize> + Input>(self) -> Self::Output {
        parse::<E>(self.0).map(|call| Request::of(&call))
    }
}

struct Read<'a>(&'a Json, &'a Reply);

impl Visitor for Read<'_> {
    type Output = Option<String>;

    fn visit<E: Endpoint<Host = Compago, Answer: Serialize> + Input>(self) -> Self::Output {
        let Self(input, reply) = self;
        let call = parse::<E>(input).ok()?;
        let answer = call.read(&reply.body).ok()?;
        call.is_answered_by(&answer).then(|| json::to_string(&answer))
    }
}

fn parse<C: Input>(input: &Json) -> Result<C, Problems> {
    body::read(input, |value, pointer, problems| {
        let mut fields = Fields::new(value, pointer, problems)?;
        let call = C::take(&mut fields);
        fields.finish();
        call
    })
}
