//! Webhooks, for the operator.

use compago::edge::calls::operator::webhooks::{ListWebhooks, Redeliver};
use compago::edge::delivery::DeliveryView;
use compago::edge::index_answers::IndexPage;
use compago::edge::operator_query::WebhookQuery;
use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Transport};
use compago::webhook::EventId;
use futures_util::stream::Stream;

use crate::EdgeClient;
use crate::edge_client::pages::pages;

/// The operator's calls about webhooks; see [`Operator::webhooks`](super::Operator::webhooks).
#[derive(Debug, Clone, Copy)]
pub struct OperatorWebhooks<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<'a, T: Transport<Edge>> OperatorWebhooks<'a, T> {
    /// Reads one page of the webhooks.
    ///
    /// # Errors
    /// [`CallError`], see [`ListWebhooks`].
    pub async fn list(&self, query: WebhookQuery) -> Result<IndexPage<DeliveryView>, CallError<ProblemDetails>> {
        self.client.call(&ListWebhooks { query }).await
    }

    /// Reads the page of `query` and all that follow, at most [`MAX_PAGES`](crate::MAX_PAGES). The stream ends after
    /// the first error.
    pub fn pages(
        &self,
        query: WebhookQuery,
    ) -> impl Stream<Item = Result<IndexPage<DeliveryView>, CallError<ProblemDetails>>> + use<'a, T> {
        pages(self.client, query.page, move |page| ListWebhooks { query: WebhookQuery { page, ..query.clone() } })
    }

    /// Delivers a webhook again.
    ///
    /// # Errors
    /// [`CallError`], see [`Redeliver`].
    pub async fn redeliver(&self, id: &EventId) -> Result<DeliveryView, CallError<ProblemDetails>> {
        self.client.call(&Redeliver { id: id.clone() }).await
    }
}
