//! The calls of a payer's page.

use compago::edge::calls::shop::{CancelOrder, CreateOrder, ReadCard, ReadCatalog, ReadOrder, RetryOrder};
use compago::edge::card_answers::PayersCard;
use compago::edge::order::{OrderCreated, OrderView};
use compago::edge::{Capability, Edge, IdempotencyKey, ProblemDetails, ShopCatalog, ShopOrderRequest};
use compago::endpoint::{CallError, Transport};

use super::EdgeClient;

/// The calls of a payer's page; see [`EdgeClient::shop`].
#[derive(Debug, Clone, Copy)]
pub struct Shop<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<T: Transport<Edge>> Shop<'_, T> {
    /// Reads what is for sale and who sells it.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadCatalog`].
    pub async fn catalog(&self) -> Result<ShopCatalog<'static>, CallError<ProblemDetails>> {
        self.client.call(&ReadCatalog).await
    }

    /// Orders, and returns where to pay. Repeated with the same key, it is the same order.
    ///
    /// # Errors
    /// [`CallError`], see [`CreateOrder`].
    pub async fn create_order(
        &self,
        key: &IdempotencyKey,
        request: &ShopOrderRequest,
    ) -> Result<OrderCreated, CallError<ProblemDetails>> {
        self.client.call(&CreateOrder { idempotency_key: key.clone(), request: request.clone() }).await
    }

    /// Reads the state of an order.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadOrder`].
    pub async fn order(&self, order: &Capability) -> Result<OrderView, CallError<ProblemDetails>> {
        self.client.call(&ReadOrder { order: order.clone() }).await
    }

    /// Makes a new link for an order whose last one ended unpaid.
    ///
    /// # Errors
    /// [`CallError`], see [`RetryOrder`].
    pub async fn retry_order(&self, order: &Capability) -> Result<OrderCreated, CallError<ProblemDetails>> {
        self.client.call(&RetryOrder { order: order.clone() }).await
    }

    /// Cancels an order, and returns what became of it.
    ///
    /// # Errors
    /// [`CallError`], see [`CancelOrder`].
    pub async fn cancel_order(&self, order: &Capability) -> Result<OrderView, CallError<ProblemDetails>> {
        self.client.call(&CancelOrder { order: order.clone() }).await
    }

    /// Reads the state of a card that is being saved.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadCard`].
    pub async fn card(&self, card: &Capability) -> Result<PayersCard, CallError<ProblemDetails>> {
        self.client.call(&ReadCard { card: card.clone() }).await
    }
}
