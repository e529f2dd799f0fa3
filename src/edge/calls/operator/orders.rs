//! Orders: of any amount for invoices, and all of them in a list.

use std::borrow::Cow;

use crate::edge::calls::edge_call;
use crate::edge::csv::CsvFormat;
use crate::edge::fulfilment::FulfilmentRequest;
use crate::edge::index_answers::IndexPage;
use crate::edge::operator_query::{OrderExportQuery, OrderQuery};
use crate::edge::order::OrderCreated;
use crate::edge::order_detail::{OrderDetail, OrderRow};
use crate::edge::shipping::DeliveryDetails;
use crate::edge::{Edge, IdempotencyKey, OperatorOrderRequest};
use crate::endpoint::{DecodeError, Endpoint, Method};
use crate::value::Reference;

const ORDERS: &str = "/api/operator/orders";

/// `POST /api/operator/orders`: creates an order of any amount with its payment link.
///
/// Without an answer, or after a 503, repeat the call with the same key: it creates at most one order with one payable link.
///
/// Refused with 409 `order-paid`, `order-closed` or `request-in-flight`, 422 `idempotency-key-reused`, `payment-refused`,
/// `amount-below-minimum` or `external-id-taken`, 502 `provider-refused` or `payment-on-hold`, 503 `provider-unavailable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOrder {
    /// Made once for the order, kept until it is answered.
    pub idempotency_key: IdempotencyKey,
    /// The amount, the description and the payer.
    pub request: OperatorOrderRequest,
}

edge_call!(CreateOrder: Post "operator.order.create" -> OrderCreated {
    path: |_| ORDERS.to_owned(),
    key: |call| &call.idempotency_key,
    body: |call| &call.request,
});

/// `GET /api/operator/orders`: one page of the orders, the newest first.
///
/// Refused with 400 `invalid-query`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListOrders {
    /// The filter and the page.
    pub query: OrderQuery,
}

edge_call!(ListOrders: Get "operator.order.list" -> IndexPage<OrderRow> {
    path: |_| ORDERS.to_owned(),
    query: |call| call.query.pairs(),
});

/// Who reads an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reader {
    /// Somebody who looks once, such as a backend.
    #[default]
    Once,
    /// A page that follows the order. The open payment may then be read at Compago more often.
    Page,
}

/// `GET /api/operator/orders/{reference}`: an order with its attempts, history and webhooks.
///
/// Refused with 404 `not-found`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOrder {
    /// The order's reference.
    pub reference: Reference,
    /// Who reads it.
    pub reader: Reader,
}

edge_call!(ReadOrder: Get "operator.order.read" -> OrderDetail {
    path: |call| format!("{ORDERS}/{}", call.reference),
    query: |call| match call.reader {
        Reader::Once => Vec::new(),
        Reader::Page => Vec::from([("watch", "true".to_owned())]),
    },
});

/// `POST /api/operator/orders/{reference}/check`: has the payment of an order read at Compago now, if that is allowed.
///
/// Refused with 404 `not-found`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckOrder {
    /// The order's reference.
    pub reference: Reference,
}

edge_call!(CheckOrder: Post "operator.order.check" -> OrderDetail {
    path: |call| format!("{ORDERS}/{}/check", call.reference),
});

/// `GET /api/operator/orders/{reference}/delivery`: everything that is needed to deliver an order. Each read is an entry of the order's
/// history.
///
/// Refused with 404 `not-found`, and with 410 `personal-data-deleted` once the payer's data is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadDelivery {
    /// The order's reference.
    pub reference: Reference,
}

edge_call!(ReadDelivery: Get "operator.order.delivery" -> DeliveryDetails {
    path: |call| format!("{ORDERS}/{}/delivery", call.reference),
});

/// `POST /api/operator/orders/{reference}/fulfilment`: reports that a paid order was packed or handed over, or takes that back.
///
/// The same content again changes nothing, so the call may be repeated. The first hand-over of an order sends `order.fulfilled`.
///
/// Refused with 404 `not-found` and 409 `not-paid`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FulfilOrder {
    /// The order's reference.
    pub reference: Reference,
    /// What happened to the order.
    pub request: FulfilmentRequest,
}

edge_call!(FulfilOrder: Post "operator.order.fulfil" -> OrderDetail {
    path: |call| format!("{ORDERS}/{}/fulfilment", call.reference),
    body: |call| &call.request,
});

/// `GET /api/operator/orders.csv`: one page of the orders as CSV, with who bought and where each order goes as long as that is stored.
///
/// The header is on the first page only, so the pages one after the other are one table. Each exported order has an entry in its history.
/// A page of which the end is missing is [`DecodeError::Shape`].
///
/// Refused with 400 `invalid-query`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportOrders {
    /// The filter, the page and the format.
    pub query: OrderExportQuery,
}

impl Endpoint for ExportOrders {
    type Host = Edge;
    type Answer = String;

    const NAME: &'static str = "operator.order.export";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("{ORDERS}.csv")
    }

    fn query(&self) -> Vec<(Cow<'static, str>, String)> {
        self.query.pairs()
    }

    fn read(&self, body: &[u8]) -> Result<String, DecodeError> {
        let table = core::str::from_utf8(body).map_err(|_| DecodeError::Shape)?;
        // Only the final line break distinguishes a whole page from one that was cut off. A page behind the last order is empty.
        let is_whole = table.is_empty() || table.ends_with(CsvFormat::END);
        if is_whole { Ok(table.to_owned()) } else { Err(DecodeError::Shape) }
    }
}
