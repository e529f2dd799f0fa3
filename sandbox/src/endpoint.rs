//! The names of the API's calls, for faults and the log of calls.

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
    #[serde(rename = "payment-method.create")]
    PaymentMethodCreate,
    #[serde(rename = "payment-method.list")]
    PaymentMethodList,
    #[serde(rename = "payment-method.get")]
    PaymentMethodGet,
    #[serde(rename = "payment-method.revoke")]
    PaymentMethodRevoke,
    #[serde(rename = "payment-method.charge")]
    PaymentMethodCharge,
    #[serde(rename = "payment-method.payments")]
    PaymentMethodPayments,
    #[serde(rename = "payment-method.payment")]
    PaymentMethodPayment,
    #[serde(rename = "payment-method.refund")]
    PaymentMethodRefund,
}

/// The kind of items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListOf {
    OneTimePayments,
    PaymentMethods,
    /// The payments of one method.
    Charges,
}

impl Endpoint {
    /// Returns the kind of list; `None` for a call that does not answer with a list.
    pub(crate) fn list_of(self) -> Option<ListOf> {
        match self {
            Self::OneTimePaymentList => Some(ListOf::OneTimePayments),
            Self::PaymentMethodList => Some(ListOf::PaymentMethods),
            Self::PaymentMethodPayments => Some(ListOf::Charges),
            Self::OneTimePaymentCreate
            | Self::OneTimePaymentGet
            | Self::OneTimePaymentCancel
            | Self::PaymentIntentCreate
            | Self::PaymentIntentGet
            | Self::PaymentIntentCancel
            | Self::PaymentMethodCreate
            | Self::PaymentMethodGet
            | Self::PaymentMethodRevoke
            | Self::PaymentMethodCharge
            | Self::PaymentMethodPayment
            | Self::PaymentMethodRefund => None,
        }
    }

    /// Returns whether the path of the call names an id.
    pub(crate) fn names_id(self) -> bool {
        match self {
            Self::OneTimePaymentCreate
            | Self::OneTimePaymentList
            | Self::PaymentIntentCreate
            | Self::PaymentMethodCreate
            | Self::PaymentMethodList => false,
            Self::OneTimePaymentGet
            | Self::OneTimePaymentCancel
            | Self::PaymentIntentGet
            | Self::PaymentIntentCancel
            | Self::PaymentMethodGet
            | Self::PaymentMethodRevoke
            | Self::PaymentMethodCharge
            | Self::PaymentMethodPayments
            | Self::PaymentMethodPayment
            | Self::PaymentMethodRefund => true,
        }
    }

    /// Returns the call for a method and a path below `/api`, with the last id in the path.
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
            ("POST", ["payment-method"]) => Some((Self::PaymentMethodCreate, None)),
            ("GET", ["payment-method"]) => Some((Self::PaymentMethodList, None)),
            ("GET", ["payment-method", id]) => Some((Self::PaymentMethodGet, Some(id))),
            ("DELETE", ["payment-method", id]) => Some((Self::PaymentMethodRevoke, Some(id))),
            ("POST", ["payment-method", id, "payment"]) => Some((Self::PaymentMethodCharge, Some(id))),
            ("GET", ["payment-method", id, "payment"]) => Some((Self::PaymentMethodPayments, Some(id))),
            ("GET", ["payment-method", _, "payment", id]) => Some((Self::PaymentMethodPayment, Some(id))),
            ("POST", ["payment-method", _, "payment", id, "refund"]) => Some((Self::PaymentMethodRefund, Some(id))),
            _ => None,
        }
    }
}
