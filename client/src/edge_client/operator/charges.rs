//! Charges at terminals and of saved cards, and refunds, for the operator.

use compago::edge::calls::operator::charges::{ListCharges, ReadCharge};
use compago::edge::charge_answers::{ChargeDetail, ChargeList};
use compago::edge::operator_query::ChargeQuery;
use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Transport};
use compago::value::Reference;
use futures_util::stream::{Stream, StreamExt, try_unfold};

use crate::EdgeClient;
use crate::limits::MAX_PAGES;

/// The operator's calls about charges and refunds; see [`Operator::charges`](super::Operator::charges).
#[derive(Debug, Clone, Copy)]
pub struct OperatorCharges<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<'a, T: Transport<Edge>> OperatorCharges<'a, T> {
    /// Reads one part of the charges at terminals and of saved cards, or of the refunds.
    ///
    /// # Errors
    /// [`CallError`], see [`ListCharges`].
    pub async fn list(&self, query: ChargeQuery) -> Result<ChargeList, CallError<ProblemDetails>> {
        self.client.call(&ListCharges { query }).await
    }

    /// Reads the part of `query` and all that follow, at most [`MAX_PAGES`](crate::MAX_PAGES). The stream ends after
    /// the first error.
    pub fn parts(
        &self,
        query: ChargeQuery,
    ) -> impl Stream<Item = Result<ChargeList, CallError<ProblemDetails>>> + use<'a, T> {
        let client = self.client;
        let parts = try_unfold(Some(query), move |query| async move {
            let Some(query) = query else { return Ok(None) };
            let part = client.call(&ListCharges { query: query.clone() }).await?;
            let next = part.next.clone().map(|cursor| ChargeQuery { cursor: Some(cursor), ..query });
            Ok(Some((part, next)))
        });
        parts.take(MAX_PAGES)
    }

    /// Reads a charge with its refund and its webhooks.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadCharge`].
    pub async fn get(&self, reference: Reference) -> Result<ChargeDetail, CallError<ProblemDetails>> {
        self.client.call(&ReadCharge { reference }).await
    }
}
