//! Compago's one-time payments, including those of other programs.
//!
//! Each call may be refused with 502 `provider-refused` and 503 `provider-unavailable`.

use crate::edge::calls::edge_call;
use crate::edge::charge_answers::PaymentDetail;
use crate::edge::list::PageView;
use crate::edge::one_time_payment::{PaymentQuery, PaymentView};
use crate::value::PaymentId;

const PAYMENTS: &str = "/api/operator/one-time-payments";

/// `GET /api/operator/one-time-payments`: one page of Compago's list.
///
/// Refused with 400 `invalid-query`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListOneTimePayments {
    /// The filter and the page.
    pub query: PaymentQuery,
}

edge_call!(ListOneTimePayments: Get "operator.one-time-payment.list" -> PageView<PaymentView> {
    path: |_| PAYMENTS.to_owned(),
    query: |call| call.query.pairs(),
});

/// `GET /api/operator/one-time-payments/{id}`: a payment with its order.
///
/// Refused with 404 `not-found`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOneTimePayment {
    /// Compago's id of the payment.
    pub id: PaymentId,
}

edge_call!(ReadOneTimePayment: Get "operator.one-time-payment.read" -> PaymentDetail {
    path: |call| format!("{PAYMENTS}/{}", call.id),
});

/// `POST /api/operator/one-time-payments/{id}/cancel`: cancels a payment that is not paid yet, and the order that follows it.
///
/// Refused with 404 `not-found`, and with 409 `not-cancellable`, `order-paid`, `order-on-hold` or `payment-verifying`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelOneTimePayment {
    /// Compago's id of the payment.
    pub id: PaymentId,
}

edge_call!(CancelOneTimePayment: Post "operator.one-time-payment.cancel" -> PaymentDetail {
    path: |call| format!("{PAYMENTS}/{}/cancel", call.id),
});
