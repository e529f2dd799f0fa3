//! Compago's one-time payments, for the operator.

use compago::edge::calls::operator::one_time_payments::{
    CancelOneTimePayment, ListOneTimePayments, ReadOneTimePayment,
};
use compago::edge::charge_answers::PaymentDetail;
use compago::edge::list::{ListQuery, PageView};
use compago::edge::one_time_payment::{PaymentQuery, PaymentView};
use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Transport};
use compago::value::PaymentId;
use futures_util::stream::Stream;

use crate::EdgeClient;
use crate::edge_client::pages::pages;

/// The operator's calls about one-time payments; see [`Operator::one_time_payments`](super::Operator::one_time_payments).
#[derive(Debug, Clone, Copy)]
pub struct OperatorOneTimePayments<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<'a, T: Transport<Edge>> OperatorOneTimePayments<'a, T> {
    /// Reads one page of the payments.
    ///
    /// # Errors
    /// [`CallError`], see [`ListOneTimePayments`].
    pub async fn list(&self, query: PaymentQuery) -> Result<PageView<PaymentView>, CallError<ProblemDetails>> {
        self.client.call(&ListOneTimePayments { query }).await
    }

    /// Reads the page of `query` and all that follow, at most [`MAX_PAGES`](crate::MAX_PAGES). The list may shift
    /// meanwhile, so a payment may be read twice or missed. The stream ends after the first error.
    pub fn pages(
        &self,
        query: PaymentQuery,
    ) -> impl Stream<Item = Result<PageView<PaymentView>, CallError<ProblemDetails>>> + use<'a, T> {
        pages(self.client, query.list.page, move |page| {
            let PaymentQuery { list, currency } = query.clone();
            ListOneTimePayments { query: PaymentQuery { list: ListQuery { page, ..list }, currency } }
        })
    }

    /// Reads a payment with its order.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadOneTimePayment`].
    pub async fn get(&self, id: PaymentId) -> Result<PaymentDetail, CallError<ProblemDetails>> {
        self.client.call(&ReadOneTimePayment { id }).await
    }

    /// Cancels a payment that is not paid yet, and the order that follows it.
    ///
    /// # Errors
    /// [`CallError`], see [`CancelOneTimePayment`].
    pub async fn cancel(&self, id: PaymentId) -> Result<PaymentDetail, CallError<ProblemDetails>> {
        self.client.call(&CancelOneTimePayment { id }).await
    }
}
