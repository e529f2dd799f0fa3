//! The calls of a payer's page: catalog, order, its status, another attempt, cancel.
//!
//! ```
//! use compago::edge::{Edge, shop_calls::ReadOrder};
//! use compago::endpoint::{Reply, Request, Transport, Undelivered, call};
//!
//! struct Page;
//! impl Transport<Edge> for Page {
//!     async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
//!         assert!(request.target.starts_with("/api/shop/orders/"));
//!         Err(Undelivered::Network)
//!     }
//! }
//! async fn look(order: compago::edge::Capability) {
//!     let _ = call(&ReadOrder { order }, &Page).await;
//! }
//! ```

use super::host::Edge;
use super::order::{OrderCreated, OrderView};
use super::{Capability, Catalog, IdempotencyKey, ShopOrderRequest};
use crate::endpoint::{DecodeError, Endpoint, Method, read_json};
use crate::json;

/// `GET /api/shop/catalog`: what is for sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadCatalog;

impl Endpoint for ReadCatalog {
    type Host = Edge;
    type Answer = Catalog;

    const NAME: &'static str = "shop.catalog";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/api/shop/catalog".to_owned()
    }

    fn read(&self, body: &[u8]) -> Result<Catalog, DecodeError> {
        let text = core::str::from_utf8(body).map_err(|_| DecodeError::Json)?;
        Catalog::parse(text).map_err(|error| if error.is_json() { DecodeError::Shape } else { DecodeError::Json })
    }
}

/// `POST /api/shop/orders`: orders, and answers where to pay.
///
/// Without an answer, or with 503, it is asked again with the same key: there will be one order and one payable link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOrder {
    /// Made once for what the payer wants, kept until it is answered.
    pub idempotency_key: IdempotencyKey,
    /// What, and who pays.
    pub request: ShopOrderRequest,
}

impl Endpoint for CreateOrder {
    type Host = Edge;
    type Answer = OrderCreated;

    const NAME: &'static str = "shop.order.create";
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        ORDERS.to_owned()
    }

    fn headers(&self) -> Vec<(&'static str, String)> {
        vec![("Idempotency-Key", structured_string(self.idempotency_key.as_str()))]
    }

    fn body(&self) -> Option<String> {
        Some(json::to_string(&self.request))
    }

    fn read(&self, body: &[u8]) -> Result<OrderCreated, DecodeError> {
        read_json(body)
    }
}

/// `GET /api/shop/orders/{order}`: the state of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOrder {
    /// Which.
    pub order: Capability,
}

impl Endpoint for ReadOrder {
    type Host = Edge;
    type Answer = OrderView;

    const NAME: &'static str = "shop.order.read";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        format!("{ORDERS}/{}", self.order.as_str())
    }

    fn read(&self, body: &[u8]) -> Result<OrderView, DecodeError> {
        read_json(body)
    }
}

/// `POST /api/shop/orders/{order}/retry`: a new link for an order whose last one ended unpaid.
///
/// Refused with 409 while the last link may still be paid, and for ever once the order is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryOrder {
    /// Which.
    pub order: Capability,
}

impl Endpoint for RetryOrder {
    type Host = Edge;
    type Answer = OrderCreated;

    const NAME: &'static str = "shop.order.retry";
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("{ORDERS}/{}/retry", self.order.as_str())
    }

    fn read(&self, body: &[u8]) -> Result<OrderCreated, DecodeError> {
        read_json(body)
    }
}

/// `POST /api/shop/orders/{order}/cancel`: takes the order back.
///
/// The answer tells what became of it. Refused with 409 if it turned out to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelOrder {
    /// Which.
    pub order: Capability,
}

impl Endpoint for CancelOrder {
    type Host = Edge;
    type Answer = OrderView;

    const NAME: &'static str = "shop.order.cancel";
    const METHOD: Method = Method::Post;

    fn path(&self) -> String {
        format!("{ORDERS}/{}/cancel", self.order.as_str())
    }

    fn read(&self, body: &[u8]) -> Result<OrderView, DecodeError> {
        read_json(body)
    }
}

const ORDERS: &str = "/api/shop/orders";

/// Visible ASCII as a string of structured fields (RFC 9651, section 4.1.6), as the draft of the header wants it.
fn structured_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#))
}
