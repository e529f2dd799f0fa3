//! Payment links.

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::cancel::{CancelOneTimePayment, Cancellation};
use compago::api::one_time_payment::create::{CheckoutUrl, CreateOneTimePayment};
use compago::api::one_time_payment::find::{Search, find};
use compago::api::one_time_payment::get::{GetOneTimePayment, Reading};
use compago::api::one_time_payment::list::{ListOneTimePayments, Page, Pages};
use compago::api::one_time_payment::proof::Proof;
use compago::endpoint::{CallError, Compago, Transport};
use compago::error::Refusal;
use compago::value::{ExternalId, PaymentId};
use futures_util::stream::{Stream, StreamExt, try_unfold};

use super::Client;
use crate::limits::MAX_PAGES;

/// The calls of payment links; see [`Client::one_time_payments`].
#[derive(Debug, Clone, Copy)]
pub struct OneTimePayments<'a, T> {
    pub(super) client: &'a Client<T>,
}

impl<'a, T: Transport<Compago>> OneTimePayments<'a, T> {
    /// Creates a payment link. The answer has the checkout URL and, in it, a [candidate](CheckoutUrl::candidate) for the
    /// payment's id. Send a payer to the URL only if
    /// [`CheckoutLink::parse`](compago::api::one_time_payment::link::CheckoutLink::parse) accepts it for the
    /// [origin](crate::checkout_origin) of Compago's checkout.
    ///
    /// **The candidate proves nothing** until a read of it has returned the external id, amount and currency that were
    /// sent, which [`prove`](Self::prove) finds out. Give the link to no one before: once the payment is confirmed, no
    /// read names them.
    ///
    /// After a call without an answer, repeat it with the same external id, which cannot create a second payment. If that
    /// is refused as a duplicate, [`find`](Self::find) the payment.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn create(&self, payment: &CreateOneTimePayment) -> Result<CheckoutUrl, CallError<Refusal>> {
        self.client.call(payment).await
    }

    /// Reads `candidate` and compares the answer with what was sent. Only [`Proof::Proved`] ties the id to the order;
    /// store it there, and read no other id for this order from then on.
    ///
    /// # Errors
    /// [`CallError`], which proves nothing either.
    pub async fn prove(&self, candidate: PaymentId, sent: &CreateOneTimePayment) -> Result<Proof, CallError<Refusal>> {
        Ok(sent.prove(candidate, &self.get(candidate).await?))
    }

    /// Reads a payment.
    ///
    /// `CONFIRMED` means that the payment with this id was paid. It does not say for which order or how much, so it means
    /// something only for the order with which a [proved](Self::prove) id was stored. Do not take the id from a redirect
    /// or from anything else that a payer can type.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn get(&self, id: PaymentId) -> Result<Reading, CallError<Refusal>> {
        self.client.call(&GetOneTimePayment { id }).await
    }

    /// Reads one page of the organisation's payments.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn list(&self, page: &ListOneTimePayments) -> Result<Page, CallError<Refusal>> {
        self.client.call(page).await
    }

    /// Reads the payments in a state, or in any, one page of up to 500 at a time: at most
    /// [`MAX_PAGES`](crate::MAX_PAGES). The list may shift while it is read, so a payment may be read twice or, if it moves
    /// to an earlier page, missed; a [`Sweep`](compago::api::one_time_payment::sweep::Sweep) detects that. The stream ends
    /// after the first error.
    ///
    /// ```
    /// use std::pin::pin;
    ///
    /// use compago::api::one_time_payment::Status;
    /// use compago::endpoint::{CallError, Compago, Transport};
    /// use compago::error::Refusal;
    /// use compago_client::Client;
    /// use futures_util::TryStreamExt;
    ///
    /// /// Counts the payments that are paid.
    /// async fn paid<T: Transport<Compago>>(client: &Client<T>) -> Result<usize, CallError<Refusal>> {
    ///     let mut pages = pin!(client.one_time_payments().pages(Some(Status::Confirmed)));
    ///     let mut count = 0;
    ///     while let Some(page) = pages.try_next().await? {
    ///         count += page.readable.len();
    ///     }
    ///     Ok(count)
    /// }
    /// ```
    pub fn pages(&self, status: Option<Status>) -> impl Stream<Item = Result<Page, CallError<Refusal>>> + use<'a, T> {
        let client = self.client;
        let stream = try_unfold(Pages::new(status), move |mut pages| async move {
            let Some(request) = pages.next() else { return Ok(None) };
            let page = client.call(&request).await?;
            pages.accept(&page);
            Ok(Some((page, pages)))
        });
        stream.take(MAX_PAGES)
    }

    /// Finds a payment by its external id, by reading the whole list: one call for each 500 payments of the organisation.
    ///
    /// Compare amount and currency of what is found with the order: another program may have used the external id. One
    /// search without a match does not prove that there is no payment.
    ///
    /// # Errors
    /// The first [`CallError`] of a page.
    pub async fn find(&self, external_id: &ExternalId) -> Result<Search, CallError<Refusal>> {
        find(external_id, &self.client.transport).await
    }

    /// Cancels a payment link. A refusal may mean that it was just paid, so read it before drawing a conclusion.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn cancel(&self, id: PaymentId) -> Result<Cancellation, CallError<Refusal>> {
        self.client.call(&CancelOneTimePayment { id }).await
    }
}
