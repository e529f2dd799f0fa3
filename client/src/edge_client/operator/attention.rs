//! What a person has to look at, for the operator.

use compago::edge::calls::operator::attention::{ListAttention, MarkDone};
use compago::edge::index_answers::{Attention, AttentionKind, IndexPage};
use compago::edge::operator_query::AttentionQuery;
use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Transport};
use futures_util::stream::Stream;

use crate::EdgeClient;
use crate::edge_client::pages::pages;

/// The operator's calls about what a person has to look at; see [`Operator::attention`](super::Operator::attention).
#[derive(Debug, Clone, Copy)]
pub struct OperatorAttention<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<'a, T: Transport<Edge>> OperatorAttention<'a, T> {
    /// Reads one page of what a person has to look at.
    ///
    /// # Errors
    /// [`CallError`], see [`ListAttention`].
    pub async fn list(&self, query: AttentionQuery) -> Result<IndexPage<Attention>, CallError<ProblemDetails>> {
        self.client.call(&ListAttention { query }).await
    }

    /// Reads the page of `query` and all that follow, at most [`MAX_PAGES`](crate::MAX_PAGES). The stream ends after
    /// the first error.
    pub fn pages(
        &self,
        query: AttentionQuery,
    ) -> impl Stream<Item = Result<IndexPage<Attention>, CallError<ProblemDetails>>> + use<'a, T> {
        pages(self.client, query.page, move |page| ListAttention { query: AttentionQuery { page, ..query } })
    }

    /// Marks an item as resolved.
    ///
    /// # Errors
    /// [`CallError`], see [`MarkDone`].
    pub async fn mark_done(&self, kind: AttentionKind, key: &str) -> Result<(), CallError<ProblemDetails>> {
        self.client.call(&MarkDone { kind, key: key.to_owned() }).await
    }
}
