//! The index of the operator's lists.

use compago::edge::calls::operator::index::{ReadIndex, RebuildIndex};
use compago::edge::index_answers::IndexState;
use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Transport};

use crate::EdgeClient;

/// The operator's calls about the index of the lists; see [`Operator::index`](super::Operator::index).
#[derive(Debug, Clone, Copy)]
pub struct OperatorIndex<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<T: Transport<Edge>> OperatorIndex<'_, T> {
    /// Reads the state of the index.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadIndex`].
    pub async fn get(&self) -> Result<IndexState, CallError<ProblemDetails>> {
        self.client.call(&ReadIndex).await
    }

    /// Starts to rebuild the index.
    ///
    /// # Errors
    /// [`CallError`], see [`RebuildIndex`].
    pub async fn rebuild(&self) -> Result<IndexState, CallError<ProblemDetails>> {
        self.client.call(&RebuildIndex).await
    }
}
