//! What an order's object shows of itself.

use compago::edge::order::OrderCreated;
use compago::flow::order::Order;

use super::store::OrderMeta;
use crate::http::error::InternalError;
use crate::http::order_urls::RETURN_PAGE;

/// The answer to making an order, once its attempt has a link.
pub(super) fn created(order: &Order, capability: &str) -> Option<OrderCreated> {
    let link = order.current().link()?;
    Some(OrderCreated {
        order: capability.to_owned(),
        reference: order.terms().reference.to_string(),
        amount: order.terms().amount,
        currency: order.terms().currency,
        checkout_url: link.url().to_string(),
        expires_at: order.current().expires_at,
    })
}

/// Where a payer who comes back is sent: the merchant's own page, or ours.
///
/// # Errors
/// The merchant's page has too long an address for one more pair.
pub(super) fn return_page(meta: &OrderMeta) -> Result<String, InternalError> {
    match &meta.return_page {
        Some(page) => Ok(page.with_sole_query_pair("order", &meta.capability)?.to_string()),
        None => Ok(format!("{RETURN_PAGE}?order={}", meta.capability)),
    }
}
