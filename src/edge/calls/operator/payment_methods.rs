//! Saved cards, their charges and refunds.
//!
//! Each call may be refused with 502 `provider-refused` and 503 `provider-unavailable`, and each that names a card with 404
//! `not-found`.

use core::fmt;

use crate::api::payment_method::{CardPaymentStatus, MethodStatus};
use crate::edge::IdempotencyKey;
use crate::edge::calls::edge_call;
use crate::edge::card_answers::{CardRefund, SavedCardCreated, SavedCardDetail};
use crate::edge::card_list::{CardPaymentView, MethodItem};
use crate::edge::list::{ListQuery, PageView};
use crate::edge::saved_card::{ChargeRequest, ChargeView, RefundRequest, SaveCardRequest};
use crate::value::{CardPaymentId, PaymentMethodId, Reference};

const METHODS: &str = "/api/operator/payment-methods";

/// `POST /api/operator/payment-methods`: begins to save a card, and answers with the form for its holder.
///
/// Without an answer, or after a 503, repeat the call with the same key: it creates at most one form.
///
/// Refused with 409 `request-in-flight`, 422 `idempotency-key-reused`, `payment-refused`, `amount-below-minimum` or
/// `external-id-taken`, and 502 `link-elsewhere`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveCard {
    /// Made once for the card, kept until it is answered.
    pub idempotency_key: IdempotencyKey,
    /// The card's holder and the form.
    pub request: SaveCardRequest,
}

edge_call!(SaveCard: Post "operator.payment-method.create" -> SavedCardCreated {
    path: |_| METHODS.to_owned(),
    key: |call| &call.idempotency_key,
    body: |call| &call.request,
});

/// `GET /api/operator/payment-methods`: one page of Compago's list of saved cards.
///
/// Refused with 400 `invalid-query`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListSavedCards {
    /// The filter and the page.
    pub query: ListQuery<MethodStatus>,
}

edge_call!(ListSavedCards: Get "operator.payment-method.list" -> PageView<MethodItem> {
    path: |_| METHODS.to_owned(),
    query: |call| call.query.pairs(),
});

/// The name by which a saved card is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedCardName {
    /// Compago's id.
    Id(PaymentMethodId),
    /// The reference that webhooks about the card have, of a card that was saved here.
    Reference(Reference),
}

impl fmt::Display for SavedCardName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Reference(reference) => reference.fmt(f),
        }
    }
}

/// `GET /api/operator/payment-methods/{id}`: the state of a saved card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadSavedCard {
    /// Compago's id of the saved card, or its reference.
    pub card: SavedCardName,
}

edge_call!(ReadSavedCard: Get "operator.payment-method.read" -> SavedCardDetail {
    path: |call| format!("{METHODS}/{}", call.card),
});

/// `DELETE /api/operator/payment-methods/{id}`: revokes a saved card, which then cannot be charged again.
///
/// Refused with 409 `card-not-active`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevokeCard {
    /// Compago's id of the saved card.
    pub id: PaymentMethodId,
}

edge_call!(RevokeCard: Delete "operator.payment-method.revoke" -> SavedCardDetail {
    path: |call| format!("{METHODS}/{}", call.id),
});

/// `POST /api/operator/payment-methods/{id}/payments`: charges a saved card.
///
/// An answer of status `unknown` or `on-hold` says that it is not known whether the card was charged: charge nothing again. Without an
/// answer, or after a 503, repeat the call with the same key: it creates at most one charge.
///
/// Refused with 409 `card-not-active`, `card-busy` or `request-in-flight`, and 422 `idempotency-key-reused` or `payment-refused`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeCard {
    /// The card.
    pub id: PaymentMethodId,
    /// Made once for the charge, kept until it is answered.
    pub idempotency_key: IdempotencyKey,
    /// The amount and the description.
    pub request: ChargeRequest,
}

edge_call!(ChargeCard: Post "operator.card-payment.create" -> ChargeView {
    path: |call| format!("{METHODS}/{}/payments", call.id),
    key: |call| &call.idempotency_key,
    body: |call| &call.request,
});

/// `GET /api/operator/payment-methods/{id}/payments`: one page of Compago's list of a card's charges.
///
/// Refused with 400 `invalid-query`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListCardPayments {
    /// The card.
    pub id: PaymentMethodId,
    /// The filter and the page.
    pub query: ListQuery<CardPaymentStatus>,
}

edge_call!(ListCardPayments: Get "operator.card-payment.list" -> PageView<CardPaymentView> {
    path: |call| format!("{METHODS}/{}/payments", call.id),
    query: |call| call.query.pairs(),
});

/// `GET /api/operator/payment-methods/{id}/payments/{paymentId}`: one charge of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadCardPayment {
    /// The card.
    pub id: PaymentMethodId,
    /// The charge.
    pub payment: CardPaymentId,
}

edge_call!(ReadCardPayment: Get "operator.card-payment.read" -> CardPaymentView {
    path: |call| format!("{METHODS}/{}/payments/{}", call.id, call.payment),
});

/// `POST /api/operator/payment-methods/{id}/payments/{paymentId}/refund`: refunds the whole of a charge, once.
///
/// Refused with 409 `payment-not-confirmed`, and with 422 `idempotency-key-reused` or `refund-refused`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundCardPayment {
    /// The card.
    pub id: PaymentMethodId,
    /// The charge.
    pub payment: CardPaymentId,
    /// Made once for the refund, kept until it is answered.
    pub idempotency_key: IdempotencyKey,
    /// The reason of the refund.
    pub request: RefundRequest,
}

edge_call!(RefundCardPayment: Post "operator.card-payment.refund" -> CardRefund {
    path: |call| format!("{METHODS}/{}/payments/{}/refund", call.id, call.payment),
    key: |call| &call.idempotency_key,
    body: |call| &call.request,
});
