//! Compago's calls by their names, from JSON to JSON, for callers in other languages: what to send, and what an answer
//! means. Whoever calls moves the bytes.
//!
//! ```
//! use compago::by_name::{self, Told};
//! use compago::endpoint::Reply;
//! use compago::json;
//!
//! let input = json::parse(r#"{ "id": "0f0e0d0c-1111-4222-8333-444455556666" }"#)?;
//! let request = by_name::prepare("one-time-payment.get", &input).unwrap();
//! assert_eq!((request.method.as_str(), request.target.as_str()),
//!     ("GET", "/one-time-payment/0f0e0d0c-1111-4222-8333-444455556666"));
//!
//! let body = br#"{ "status": "CONFIRMED", "expired": false }"#.to_vec();
//! let told = by_name::read("one-time-payment.get", &input, &Reply { status: 200, retry_after: None, body });
//! assert!(matches!(told, Told::Answer(answer) if answer.starts_with(r#"{"status":"CONFIRMED""#)));
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
use crate::problem::Problem;

mod input;

use input::Input;

/// All names.
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

/// What came of a call. `Debug` leaves the answer out, since it may hold personal data.
#[derive(Clone, PartialEq, Eq)]
pub enum Told {
    /// What Compago answered, as JSON.
    Answer(String),
    /// Compago refused.
    Refused(Refusal),
    /// What came is no answer to this call: cut short, of another shape, or about something else. It may have been carried
    /// out.
    Unreadable,
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(_) => f.write_str("Answer(redacted)"),
            Self::Refused(refusal) => f.debug_tuple("Refused").field(refusal).finish(),
            Self::Unreadable => f.write_str("Unreadable"),
        }
    }
}

/// The request of the call with this name.
///
/// # Errors
/// All that is wrong with the input; nothing at all for a name that is none.
pub fn prepare(name: &str, input: &Json) -> Result<Request, Vec<Problem>> {
    with(name, Prepare(input)).unwrap_or(Err(Vec::new()))
}

/// What a reply to the call with this name and input means.
pub fn read(name: &str, input: &Json, reply: &Reply) -> Told {
    if !(200..=299).contains(&reply.status) {
        return Told::Refused(Refusal::read(reply));
    }
    with(name, Read(input, reply)).flatten().map_or(Told::Unreadable, Told::Answer)
}

/// What is done with a call once its type is known.
trait With {
    type Done;

    fn call<E: Endpoint<Host = Compago, Answer: Serialize> + Input>(self) -> Self::Done;
}

fn with<W: With>(name: &str, what: W) -> Option<W::Done> {
    Some(match name {
        CreateOneTimePayment::NAME => what.call::<CreateOneTimePayment>(),
        GetOneTimePayment::NAME => what.call::<GetOneTimePayment>(),
        ListOneTimePayments::NAME => what.call::<ListOneTimePayments>(),
        CancelOneTimePayment::NAME => what.call::<CancelOneTimePayment>(),
        CreatePaymentIntent::NAME => what.call::<CreatePaymentIntent>(),
        GetPaymentIntent::NAME => what.call::<GetPaymentIntent>(),
        CancelPaymentIntent::NAME => what.call::<CancelPaymentIntent>(),
        CreatePaymentMethod::NAME => what.call::<CreatePaymentMethod>(),
        GetPaymentMethod::NAME => what.call::<GetPaymentMethod>(),
        ListPaymentMethods::NAME => what.call::<ListPaymentMethods>(),
        RevokePaymentMethod::NAME => what.call::<RevokePaymentMethod>(),
        ChargePaymentMethod::NAME => what.call::<ChargePaymentMethod>(),
        ListCardPayments::NAME => what.call::<ListCardPayments>(),
        GetCardPayment::NAME => what.call::<GetCardPayment>(),
        RefundCardPayment::NAME => what.call::<RefundCardPayment>(),
        _ => return None,
    })
}

struct Prepare<'a>(&'a Json);

impl With for Prepare<'_> {
    type Done = Result<Request, Vec<Problem>>;

    fn call<E: Endpoint<Host = Compago, Answer: Serialize> + Input>(self) -> Self::Done {
        parse::<E>(self.0).map(|call| Request::of(&call))
    }
}

struct Read<'a>(&'a Json, &'a Reply);

impl With for Read<'_> {
    type Done = Option<String>;

    fn call<E: Endpoint<Host = Compago, Answer: Serialize> + Input>(self) -> Self::Done {
        let Self(input, reply) = self;
        let call = parse::<E>(input).ok()?;
        let answer = call.read(&reply.body).ok()?;
        call.is_answered_by(&answer).then(|| json::to_string(&answer))
    }
}

fn parse<C: Input>(input: &Json) -> Result<C, Vec<Problem>> {
    body::read(input, |value, pointer, problems| {
        let mut fields = Fields::new(value, pointer, problems)?;
        let call = C::take(&mut fields);
        fields.finish();
        call
    })
}
