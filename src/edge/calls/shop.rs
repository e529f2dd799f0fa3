//! The calls of a payer's page: catalog, order, its status, another attempt, cancel, and the status of a saved card.
//!
//! ```
//! use compago::edge::{Edge, calls::shop::ReadOrder};
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

use super::edge_call;
use crate::edge::card_answers::PayersCard;
use crate::edge::order::{OrderCreated, OrderView};
use crate::edge::{Capability, IdempotencyKey, ShopCatalog, ShopOrderRequest};

const ORDERS: &str = "/api/shop/orders";

/// `GET /api/shop/catalog`: what is for sale and who sells it.
///
/// Refused with 503 `catalog-unreadable` while the catalog file has an error, `shop-file-unreadable` while the shop's file has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadCatalog;

edge_call!(ReadCatalog: Get "shop.catalog" -> ShopCatalog<'static> {
    path: |_| "/api/shop/catalog".to_owned(),
});

/// `POST /api/shop/orders`: creates an order with its payment link.
///
/// Without an answer, or after a 503, repeat the call with the same key: it creates at most one order with one payable link.
///
/// Refused with 409 `order-paid`, `order-closed` or `request-in-flight`, 422 `idempotency-key-reused`, `payment-refused` or
/// `amount-below-minimum`, 429 also for too many open links, 502 `provider-refused` or `payment-on-hold`, 503 `provider-unavailable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOrder {
    /// Made once for what the payer wants, kept until it is answered.
    pub idempotency_key: IdempotencyKey,
    /// The items and the payer.
    pub request: ShopOrderRequest,
}

edge_call!(CreateOrder: Post "shop.order.create" -> OrderCreated {
    path: |_| ORDERS.to_owned(),
    key: |call| &call.idempotency_key,
    body: |call| &call.request,
});

/// `GET /api/shop/orders/{order}`: the state of the order.
///
/// Refused with 404 `not-found`, also for a capability that is not genuine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOrder {
    /// The order's capability.
    pub order: Capability,
}

edge_call!(ReadOrder: Get "shop.order.read" -> OrderView {
    path: |call| format!("{ORDERS}/{}", call.order.as_str()),
});

/// `POST /api/shop/orders/{order}/retry`: a new link for an order whose last one ended unpaid.
///
/// Refused with 409 while the last link may still be paid, and for ever once the order is paid; with 404 `not-found`; else as
/// [`CreateOrder`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryOrder {
    /// The order's capability.
    pub order: Capability,
}

edge_call!(RetryOrder: Post "shop.order.retry" -> OrderCreated {
    path: |call| format!("{ORDERS}/{}/retry", call.order.as_str()),
});

/// `POST /api/shop/orders/{order}/cancel`: cancels the order.
///
/// Returns the order's state. Refused with 409 if it turned out to be paid, and with 404 `not-found`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelOrder {
    /// The order's capability.
    pub order: Capability,
}

edge_call!(CancelOrder: Post "shop.order.cancel" -> OrderView {
    path: |call| format!("{ORDERS}/{}/cancel", call.order.as_str()),
});

/// `GET /api/shop/cards/{card}`: the state of a card that is being saved, for its holder.
///
/// Refused with 404 `not-found`, also for a capability that is not genuine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadCard {
    /// The card's capability.
    pub card: Capability,
}

edge_call!(ReadCard: Get "shop.card.read" -> PayersCard {
    path: |call| format!("/api/shop/cards/{}", call.card.as_str()),
});
