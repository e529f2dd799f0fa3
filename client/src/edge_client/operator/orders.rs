//! Orders, for the operator.

use compago::edge::calls::operator::orders::{
    CheckOrder, CreateOrder, ExportOrders, FulfilOrder, ListOrders, ReadDelivery, ReadOrder, Reader,
};
use compago::edge::fulfilment::FulfilmentRequest;
use compago::edge::index_answers::IndexPage;
use compago::edge::operator_query::{OrderExportQuery, OrderQuery};
use compago::edge::order::OrderCreated;
use compago::edge::order_detail::{OrderDetail, OrderRow};
use compago::edge::shipping::DeliveryDetails;
use compago::edge::{Edge, IdempotencyKey, OperatorOrderRequest, ProblemDetails};
use compago::endpoint::{CallError, Transport};
use compago::value::Reference;
use futures_util::future::ready;
use futures_util::stream::{Stream, TryStreamExt};

use crate::EdgeClient;
use crate::edge_client::pages::pages;

/// The operator's calls about orders; see [`Operator::orders`](super::Operator::orders).
#[derive(Debug, Clone, Copy)]
pub struct OperatorOrders<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<'a, T: Transport<Edge>> OperatorOrders<'a, T> {
    /// Creates an order of any amount. Repeated with the same key, it is the same order.
    ///
    /// # Errors
    /// [`CallError`], see [`CreateOrder`].
    pub async fn create(
        &self,
        key: &IdempotencyKey,
        request: &OperatorOrderRequest,
    ) -> Result<OrderCreated, CallError<ProblemDetails>> {
        self.client.call(&CreateOrder { idempotency_key: key.clone(), request: request.clone() }).await
    }

    /// Reads one page of the orders.
    ///
    /// # Errors
    /// [`CallError`], see [`ListOrders`].
    pub async fn list(&self, query: OrderQuery) -> Result<IndexPage<OrderRow>, CallError<ProblemDetails>> {
        self.client.call(&ListOrders { query }).await
    }

    /// Reads the page of `query` and all that follow, at most [`MAX_PAGES`](crate::MAX_PAGES). Orders that are placed
    /// meanwhile move others to later pages, so one may be read twice. The stream ends after the first error.
    pub fn pages(
        &self,
        query: OrderQuery,
    ) -> impl Stream<Item = Result<IndexPage<OrderRow>, CallError<ProblemDetails>>> + use<'a, T> {
        pages(self.client, query.page, move |page| ListOrders { query: OrderQuery { page, ..query.clone() } })
    }

    /// Reads an order once, with its attempts, history and webhooks.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadOrder`].
    pub async fn get(&self, reference: Reference) -> Result<OrderDetail, CallError<ProblemDetails>> {
        self.client.call(&ReadOrder { reference, reader: Reader::Once }).await
    }

    /// Reads an order as [`get`](Self::get) does, for a page that shows it and reads it again and again. While such a page
    /// is open, the Worker may read the open payment at Compago more often.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadOrder`].
    pub async fn watch(&self, reference: Reference) -> Result<OrderDetail, CallError<ProblemDetails>> {
        self.client.call(&ReadOrder { reference, reader: Reader::Page }).await
    }

    /// Has the payment of an order read at Compago now, if that is allowed.
    ///
    /// # Errors
    /// [`CallError`], see [`CheckOrder`].
    pub async fn check(&self, reference: Reference) -> Result<OrderDetail, CallError<ProblemDetails>> {
        self.client.call(&CheckOrder { reference }).await
    }
    /// Reads to whom and where an order is delivered. Each read is recorded in the order's history.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadDelivery`].
    pub async fn delivery(&self, reference: Reference) -> Result<DeliveryDetails, CallError<ProblemDetails>> {
        self.client.call(&ReadDelivery { reference }).await
    }

    /// Reports how far the delivery of a paid order is. The same content again changes nothing, so the call may be repeated;
    /// the first hand-over of an order sends `order.fulfilled`.
    ///
    /// # Errors
    /// [`CallError`], see [`FulfilOrder`].
    pub async fn fulfil(
        &self,
        reference: Reference,
        request: &FulfilmentRequest,
    ) -> Result<OrderDetail, CallError<ProblemDetails>> {
        self.client.call(&FulfilOrder { reference, request: request.clone() }).await
    }

    /// Reads one page of the orders as a table in CSV, with the customers' data as long as it is kept. The first page alone
    /// has the line of names, and a page behind the last order is empty. Each read is recorded in the orders' histories.
    ///
    /// # Errors
    /// [`CallError`], see [`ExportOrders`]; a page that was cut off is [`CallError::Decode`].
    pub async fn export(&self, query: OrderExportQuery) -> Result<String, CallError<ProblemDetails>> {
        self.client.call(&ExportOrders { query }).await
    }

    /// Reads the page of `query` and all that follow as tables in CSV, at most [`MAX_PAGES`](crate::MAX_PAGES). Joined in
    /// order they are one table. The stream ends after the first error.
    pub fn export_pages(
        &self,
        query: OrderExportQuery,
    ) -> impl Stream<Item = Result<String, CallError<ProblemDetails>>> + use<'a, T> {
        let tables = pages(self.client, query.orders.page, move |page| {
            let OrderExportQuery { orders, format } = query.clone();
            ExportOrders { query: OrderExportQuery { orders: OrderQuery { page, ..orders }, format } }
        });
        tables.try_take_while(|table| ready(Ok(!table.is_empty())))
    }
}
