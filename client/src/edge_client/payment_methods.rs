//! Saved cards, their charges and refunds, for the operator.

use compago::api::payment_method::{CardPaymentStatus, MethodStatus};
use compago::edge::calls::operator::payment_methods::{
    ChargeCard, ListCardPayments, ListSavedCards, ReadCardPayment, ReadSavedCard, RefundCardPayment, RevokeCard,
    SaveCard, SavedCardName,
};
use compago::edge::card_answers::{CardRefund, SavedCardCreated, SavedCardDetail};
use compago::edge::card_list::{CardPaymentView, MethodItem};
use compago::edge::list::{ListQuery, PageView};
use compago::edge::saved_card::{ChargeRequest, ChargeView, RefundRequest, SaveCardRequest};
use compago::edge::{Edge, IdempotencyKey, ProblemDetails};
use compago::endpoint::{CallError, Transport};
use compago::value::{CardPaymentId, PaymentMethodId};
use futures_util::stream::Stream;

use super::EdgeClient;
use super::pages::pages;

/// The operator's calls about saved cards; see [`Operator::payment_methods`](super::Operator::payment_methods).
#[derive(Debug, Clone, Copy)]
pub struct OperatorPaymentMethods<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<'a, T: Transport<Edge>> OperatorPaymentMethods<'a, T> {
    /// Begins to save a card. Repeated with the same key, it is the same form.
    ///
    /// # Errors
    /// [`CallError`], see [`SaveCard`].
    pub async fn save(
        &self,
        key: &IdempotencyKey,
        request: &SaveCardRequest,
    ) -> Result<SavedCardCreated, CallError<ProblemDetails>> {
        self.client.call(&SaveCard { idempotency_key: key.clone(), request: request.clone() }).await
    }

    /// Reads one page of the saved cards.
    ///
    /// # Errors
    /// [`CallError`], see [`ListSavedCards`].
    pub async fn list(
        &self,
        query: ListQuery<MethodStatus>,
    ) -> Result<PageView<MethodItem>, CallError<ProblemDetails>> {
        self.client.call(&ListSavedCards { query }).await
    }

    /// Reads the page of `query` and all that follow, at most [`MAX_PAGES`](crate::MAX_PAGES). The stream ends after
    /// the first error.
    pub fn pages(
        &self,
        query: ListQuery<MethodStatus>,
    ) -> impl Stream<Item = Result<PageView<MethodItem>, CallError<ProblemDetails>>> + use<'a, T> {
        pages(self.client, query.page, move |page| ListSavedCards { query: ListQuery { page, ..query.clone() } })
    }

    /// Reads the state of a saved card.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadSavedCard`].
    pub async fn get(&self, card: SavedCardName) -> Result<SavedCardDetail, CallError<ProblemDetails>> {
        self.client.call(&ReadSavedCard { card }).await
    }

    /// Revokes a saved card.
    ///
    /// # Errors
    /// [`CallError`], see [`RevokeCard`].
    pub async fn revoke(&self, id: PaymentMethodId) -> Result<SavedCardDetail, CallError<ProblemDetails>> {
        self.client.call(&RevokeCard { id }).await
    }

    /// Charges a saved card. Repeated with the same key, it is the same charge.
    ///
    /// # Errors
    /// [`CallError`], see [`ChargeCard`].
    pub async fn charge(
        &self,
        id: PaymentMethodId,
        key: &IdempotencyKey,
        request: &ChargeRequest,
    ) -> Result<ChargeView, CallError<ProblemDetails>> {
        self.client.call(&ChargeCard { id, idempotency_key: key.clone(), request: request.clone() }).await
    }

    /// Reads one page of a card's charges.
    ///
    /// # Errors
    /// [`CallError`], see [`ListCardPayments`].
    pub async fn payments(
        &self,
        id: PaymentMethodId,
        query: ListQuery<CardPaymentStatus>,
    ) -> Result<PageView<CardPaymentView>, CallError<ProblemDetails>> {
        self.client.call(&ListCardPayments { id, query }).await
    }

    /// Reads the page of `query` of a card's charges and all that follow, at most [`MAX_PAGES`](crate::MAX_PAGES). The
    /// list may shift meanwhile, so a charge may be read twice or missed. The stream ends after the first error.
    pub fn payment_pages(
        &self,
        id: PaymentMethodId,
        query: ListQuery<CardPaymentStatus>,
    ) -> impl Stream<Item = Result<PageView<CardPaymentView>, CallError<ProblemDetails>>> + use<'a, T> {
        let first = query.page;
        pages(self.client, first, move |page| ListCardPayments { id, query: ListQuery { page, ..query.clone() } })
    }

    /// Reads one charge of a card.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadCardPayment`].
    pub async fn payment(
        &self,
        id: PaymentMethodId,
        payment: CardPaymentId,
    ) -> Result<CardPaymentView, CallError<ProblemDetails>> {
        self.client.call(&ReadCardPayment { id, payment }).await
    }

    /// Refunds the whole of a charge. Repeated with the same key, it is the same refund.
    ///
    /// # Errors
    /// [`CallError`], see [`RefundCardPayment`].
    pub async fn refund(
        &self,
        id: PaymentMethodId,
        payment: CardPaymentId,
        key: &IdempotencyKey,
        request: &RefundRequest,
    ) -> Result<CardRefund, CallError<ProblemDetails>> {
        let (idempotency_key, request) = (key.clone(), request.clone());
        self.client.call(&RefundCardPayment { id, payment, idempotency_key, request }).await
    }
}
