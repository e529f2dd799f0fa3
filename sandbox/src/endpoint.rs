//! The names of the API's calls, as faults and the log of calls use them.

use axum::http::Method;
use serde::{Deserialize, Serialize};

/// One call of Compago's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Endpoint {
    #[serde(rename = "one-time-payment.create")]
    OneTimePaymentCreate,
    #[serde(rename = "one-time-payment.get")]
    OneTimePaymentGet,
    #[serde(rename = "one-time-payment.list")]
    OneTimePaymentList,
    #[serde(rename = "one-time-payment.cancel")]
    OneTimePaymentCancel,
    #[serde(rename = "payment-intent.create")]
    PaymentIntentCreate,
    #[serde(rename = "payment-intent.get")]
    PaymentIntentGet,
    #[serde(rename = "payment-intent.cancel")]
    PaymentIntentCancel,
}

impl Endpoint {
    /// The call that a method and a path below `/api` make, with the id that the path names.
    pub(crate) fn of<'a>(method: &Method, path: &'a str) -> Option<(Self, Option<&'a str>)> {
        let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (method.as_str(), segments.as_slice()) {
            ("POST", ["one-time-payment"]) => Some((Self::OneTimePaymentCreate, None)),
            ("GET", ["one-time-payment"]) => Some((Self::OneTimePaymentList, None)),
            ("GET", ["one-time-payment", id]) => Some((Self::OneTimePaymentGet, Some(id))),
            ("PATCH", ["one-time-payment", id, "cancel"]) => Some((Self::OneTimePaymentCancel, Some(id))),
            ("POST", ["payment-intent"]) => Some((Self::PaymentIntentCreate, None)),
            ("GET", ["payment-intent", id]) => Some((Self::PaymentIntentGet, Some(id))),
            ("POST", ["payment-intent", id, "cancel"]) => Some((Self::PaymentIntentCancel, Some(id))),
            _ => None,
        }
    }
}
