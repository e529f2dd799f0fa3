//! The reconciliation with Compago's lists, for the operator.

use compago::edge::calls::operator::reconciliation::{ListFindings, ReadReconciliation, Reconcile};
use compago::edge::index_answers::IndexPage;
use compago::edge::operator_query::FindingQuery;
use compago::edge::reconciliation::{Finding, Reconciliation};
use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Transport};
use futures_util::stream::Stream;

use crate::EdgeClient;
use crate::edge_client::pages::pages;

/// The operator's calls about the reconciliation; see [`Operator::reconciliation`](super::Operator::reconciliation).
#[derive(Debug, Clone, Copy)]
pub struct OperatorReconciliation<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<'a, T: Transport<Edge>> OperatorReconciliation<'a, T> {
    /// Reads the reconciliation that is running, and the last one that ended.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadReconciliation`].
    pub async fn get(&self) -> Result<Reconciliation, CallError<ProblemDetails>> {
        self.client.call(&ReadReconciliation).await
    }

    /// Starts a reconciliation, unless one is running.
    ///
    /// # Errors
    /// [`CallError`], see [`Reconcile`].
    pub async fn start(&self) -> Result<Reconciliation, CallError<ProblemDetails>> {
        self.client.call(&Reconcile).await
    }

    /// Reads one page of what the last reconciliation found.
    ///
    /// # Errors
    /// [`CallError`], see [`ListFindings`].
    pub async fn findings(&self, query: FindingQuery) -> Result<IndexPage<Finding>, CallError<ProblemDetails>> {
        self.client.call(&ListFindings { query }).await
    }

    /// Reads the page of `query` and all that follow, at most [`MAX_PAGES`](crate::MAX_PAGES). The stream ends after
    /// the first error.
    pub fn finding_pages(
        &self,
        query: FindingQuery,
    ) -> impl Stream<Item = Result<IndexPage<Finding>, CallError<ProblemDetails>>> + use<'a, T> {
        pages(self.client, query.page, move |page| ListFindings { query: FindingQuery { page, ..query.clone() } })
    }
}
