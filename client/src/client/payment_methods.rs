//! Saved cards and their charges.

use compago::api::list::{Page, PageSize, Walk};
use compago::api::payment_method::charge::ChargePaymentMethod;
use compago::api::payment_method::create::{CreatePaymentMethod, CreatedMethod};
use compago::api::payment_method::get::{GetPaymentMethod, MethodReading};
use compago::api::payment_method::list::ListPaymentMethods;
use compago::api::payment_method::payment::{CardPayment, GetCardPayment};
use compago::api::payment_method::payments::{AllCardPayments, ListCardPayments, all_payments};
use compago::api::payment_method::refund::RefundCardPayment;
use compago::api::payment_method::revoke::{Revocation, RevokePaymentMethod};
use compago::api::payment_method::{CardPaymentStatus, MethodStatus};
use compago::endpoint::{CallError, Compago, Transport};
use compago::error::Refusal;
use compago::value::{CardPaymentId, PaymentMethodId};
use futures_util::stream::{Stream, StreamExt, try_unfold};

use super::Client;
use crate::limits::MAX_PAGES;

/// The calls of saved cards; see [`Client::payment_methods`].
#[derive(Debug, Clone, Copy)]
pub struct PaymentMethods<'a, T> {
    pub(super) client: &'a Client<T>,
}

impl<'a, T: Transport<Compago>> PaymentMethods<'a, T> {
    /// Starts saving a card, on a form of Compago's. Store the returned id beside the customer; the card can be charged
    /// once a read says that it is active.
    ///
    /// A repeated call may create another form, with another id: after a call without an answer the first form may exist
    /// as well.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn create(&self, card: &CreatePaymentMethod) -> Result<CreatedMethod, CallError<Refusal>> {
        self.client.call(card).await
    }

    /// Reads a saved card.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn get(&self, id: PaymentMethodId) -> Result<MethodReading, CallError<Refusal>> {
        self.client.call(&GetPaymentMethod { id }).await
    }

    /// Reads one page of the saved cards.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn list(&self, page: &ListPaymentMethods) -> Result<Page<MethodReading>, CallError<Refusal>> {
        self.client.call(page).await
    }

    /// Reads the saved cards in a state, or in any, one page of up to 500 at a time: at most
    /// [`MAX_PAGES`](crate::MAX_PAGES). The list may shift while it is read, so a card may be read twice or, if it moves to
    /// an earlier page, missed. The stream ends after the first error.
    pub fn pages(
        &self,
        status: Option<MethodStatus>,
    ) -> impl Stream<Item = Result<Page<MethodReading>, CallError<Refusal>>> + use<'a, T> {
        let client = self.client;
        let pages = try_unfold((Walk::new(), status), move |(mut walk, status)| async move {
            let Some(page) = walk.page() else { return Ok(None) };
            let request = ListPaymentMethods { status: status.clone(), page, page_size: PageSize::MAX };
            let answer = client.call(&request).await?;
            walk.accept(&answer);
            Ok(Some((answer, (walk, status))))
        });
        pages.take(MAX_PAGES)
    }

    /// Charges a saved card. The card was charged only if the state in the answer is `CONFIRMED`.
    ///
    /// **Never repeat it unless [`CallError::did_nothing`] returns `true`**: without an answer, with one that cannot be
    /// read, and after 408, 429, 3xx or 5xx, the card may have been charged, and a second call is a second charge. Search
    /// [`all_payments`](Self::all_payments) instead. Do not drop the future before it ends either, such as in a `select!`
    /// with a shorter timeout: the call is aborted, and its result is unknown.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn charge(&self, charge: &ChargePaymentMethod) -> Result<CardPayment, CallError<Refusal>> {
        self.client.call(charge).await
    }

    /// Reads one page of the charges of a card.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn payments(&self, page: &ListCardPayments) -> Result<Page<CardPayment>, CallError<Refusal>> {
        self.client.call(page).await
    }

    /// Reads the charges of a card in a state, or in any, one page of up to 500 at a time: at most
    /// [`MAX_PAGES`](crate::MAX_PAGES). The list may shift while it is read, so a charge may be read twice or missed. The
    /// stream ends after the first error.
    pub fn payment_pages(
        &self,
        method: PaymentMethodId,
        status: Option<CardPaymentStatus>,
    ) -> impl Stream<Item = Result<Page<CardPayment>, CallError<Refusal>>> + use<'a, T> {
        let client = self.client;
        let pages = try_unfold((Walk::new(), status), move |(mut walk, status)| async move {
            let Some(page) = walk.page() else { return Ok(None) };
            let request = ListCardPayments { method, status: status.clone(), page, page_size: PageSize::MAX };
            let answer = client.call(&request).await?;
            walk.accept(&answer);
            Ok(Some((answer, (walk, status))))
        });
        pages.take(MAX_PAGES)
    }

    /// Reads all charges of a card, in any state.
    ///
    /// A charge has no external id: one that is in the list belongs to a sale only if nothing else can have made it. One
    /// that is missing may still appear.
    ///
    /// # Errors
    /// The first [`CallError`] of a page.
    pub async fn all_payments(&self, method: PaymentMethodId) -> Result<AllCardPayments, CallError<Refusal>> {
        all_payments(method, &self.client.transport).await
    }

    /// Reads one charge of a card. `id` must be the one that was stored when the charge was made.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn payment(&self, method: PaymentMethodId, id: CardPaymentId) -> Result<CardPayment, CallError<Refusal>> {
        self.client.call(&GetCardPayment { method, id }).await
    }

    /// Refunds a charge in full. It may be repeated: a charge is refunded only once. If a repeated call is refused, read
    /// the [payment](Self::payment): the first may have refunded it.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn refund(&self, refund: &RefundCardPayment) -> Result<CardPayment, CallError<Refusal>> {
        self.client.call(refund).await
    }

    /// Revokes a saved card for good. After a call without an answer, read the card to see the result.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn revoke(&self, id: PaymentMethodId) -> Result<Revocation, CallError<Refusal>> {
        self.client.call(&RevokePaymentMethod { id }).await
    }
}
