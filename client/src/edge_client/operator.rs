//! The calls of the operator's page and of the merchant's backend.

use compago::edge::calls::operator::attention::{ListAttention, MarkDone};
use compago::edge::calls::operator::charges::{ListCharges, ReadCharge};
use compago::edge::calls::operator::index::{ReadIndex, RebuildIndex};
use compago::edge::calls::operator::reconciliation::{ListFindings, ReadReconciliation, Reconcile};
use compago::edge::calls::operator::webhooks::{ListWebhooks, Redeliver};
use compago::edge::charge_answers::{ChargeDetail, ChargeList};
use compago::edge::delivery::DeliveryView;
use compago::edge::index_answers::{Attention, AttentionKind, IndexPage, IndexState};
use compago::edge::operator_query::{AttentionQuery, ChargeQuery, FindingQuery, WebhookQuery};
use compago::edge::reconciliation::{Finding, Reconciliation};
use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Transport};
use compago::value::Reference;
use compago::webhook::EventId;
use futures_util::stream::{Stream, try_unfold};

use super::pages::pages;
use super::{EdgeClient, OperatorPaymentMethods};

mod orders;
mod payments;
mod reports;

pub use orders::OperatorOrders;
pub use payments::OperatorPayments;
pub use reports::Reports;

/// The operator's calls; see [`EdgeClient::operator`].
#[derive(Debug, Clone, Copy)]
pub struct Operator<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<'a, T: Transport<Edge>> Operator<'a, T> {
    /// Orders.
    pub const fn orders(&self) -> OperatorOrders<'a, T> {
        OperatorOrders { client: self.client }
    }

    /// Compago's one-time payments, whoever created them.
    pub const fn one_time_payments(&self) -> OperatorPayments<'a, T> {
        OperatorPayments { client: self.client }
    }

    /// Saved cards, their charges and refunds.
    pub const fn payment_methods(&self) -> OperatorPaymentMethods<'a, T> {
        OperatorPaymentMethods { client: self.client }
    }

    /// Reports.
    pub const fn reports(&self) -> Reports<'a, T> {
        Reports { client: self.client }
    }

    /// Reads one part of the charges at terminals and of saved cards, or of the refunds.
    ///
    /// # Errors
    /// [`CallError`], see [`ListCharges`].
    pub async fn charges(&self, query: ChargeQuery) -> Result<ChargeList, CallError<ProblemDetails>> {
        self.client.call(&ListCharges { query }).await
    }

    /// Reads the part of `query` and all that follow. The stream ends after the first error.
    pub fn charge_parts(
        &self,
        query: ChargeQuery,
    ) -> impl Stream<Item = Result<ChargeList, CallError<ProblemDetails>>> + use<'a, T> {
        let client = self.client;
        try_unfold(Some(query), move |query| async move {
            let Some(query) = query else { return Ok(None) };
            let part = client.call(&ListCharges { query: query.clone() }).await?;
            let next = part.next.clone().map(|cursor| ChargeQuery { cursor: Some(cursor), ..query });
            Ok(Some((part, next)))
        })
    }

    /// Reads a charge with its refund and its webhooks.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadCharge`].
    pub async fn charge(&self, reference: Reference) -> Result<ChargeDetail, CallError<ProblemDetails>> {
        self.client.call(&ReadCharge { reference }).await
    }

    /// Reads one page of what a person has to look at.
    ///
    /// # Errors
    /// [`CallError`], see [`ListAttention`].
    pub async fn attention(&self, query: AttentionQuery) -> Result<IndexPage<Attention>, CallError<ProblemDetails>> {
        self.client.call(&ListAttention { query }).await
    }

    /// Reads the page of `query` and all that follow. The stream ends after the first error.
    pub fn attention_pages(
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

    /// Reads one page of the webhooks.
    ///
    /// # Errors
    /// [`CallError`], see [`ListWebhooks`].
    pub async fn webhooks(&self, query: WebhookQuery) -> Result<IndexPage<DeliveryView>, CallError<ProblemDetails>> {
        self.client.call(&ListWebhooks { query }).await
    }

    /// Reads the page of `query` and all that follow. The stream ends after the first error.
    pub fn webhook_pages(
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

    /// Reads the reconciliation that is running, and the last one that ended.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadReconciliation`].
    pub async fn reconciliation(&self) -> Result<Reconciliation, CallError<ProblemDetails>> {
        self.client.call(&ReadReconciliation).await
    }

    /// Begins a reconciliation, unless one is running.
    ///
    /// # Errors
    /// [`CallError`], see [`Reconcile`].
    pub async fn reconcile(&self) -> Result<Reconciliation, CallError<ProblemDetails>> {
        self.client.call(&Reconcile).await
    }

    /// Reads one page of what the last reconciliation found.
    ///
    /// # Errors
    /// [`CallError`], see [`ListFindings`].
    pub async fn findings(&self, query: FindingQuery) -> Result<IndexPage<Finding>, CallError<ProblemDetails>> {
        self.client.call(&ListFindings { query }).await
    }

    /// Reads the page of `query` and all that follow. The stream ends after the first error.
    pub fn finding_pages(
        &self,
        query: FindingQuery,
    ) -> impl Stream<Item = Result<IndexPage<Finding>, CallError<ProblemDetails>>> + use<'a, T> {
        pages(self.client, query.page, move |page| ListFindings { query: FindingQuery { page, ..query.clone() } })
    }

    /// Reads the state of the operator's index.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadIndex`].
    pub async fn index(&self) -> Result<IndexState, CallError<ProblemDetails>> {
        self.client.call(&ReadIndex).await
    }

    /// Begins to rebuild the operator's index.
    ///
    /// # Errors
    /// [`CallError`], see [`RebuildIndex`].
    pub async fn rebuild_index(&self) -> Result<IndexState, CallError<ProblemDetails>> {
        self.client.call(&RebuildIndex).await
    }
}
