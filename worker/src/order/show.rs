//! What an order's object shows of itself.

use compago::edge::order::OrderCreated;
use compago::flow::order::Order;
use compago::flow::outbox::{Delivery, DeliveryState};
use compago::json::{ToJson, Writer};

use super::store::Placed;
use crate::shop::RETURN_PAGE;

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

/// A webhook's delivery as the operator reads it.
pub(super) struct Told<'a>(pub(super) &'a Delivery);

impl ToJson for Told<'_> {
    fn to_json(&self, out: &mut Writer) {
        let Self(delivery) = self;
        let (state, at, next_at, reason) = match delivery.state() {
            DeliveryState::Pending { next_at } => ("pending", None, Some(next_at), None),
            DeliveryState::Delivered { at } => ("delivered", Some(at), None, None),
            DeliveryState::Parked { at, reason } => ("parked", Some(at), None, Some(reason)),
        };
        out.object(&[
            ("id", delivery.id()),
            ("type", &delivery.kind()),
            ("state", &state),
            ("tries", &delivery.tries()),
            ("nextAt", &next_at),
            ("at", &at),
            ("reason", &reason),
        ]);
    }
}

/// Where a payer who comes back is sent: the merchant's own page, or ours.
pub(super) fn return_page(placed: &Placed) -> Option<String> {
    match &placed.return_page {
        Some(page) => Some(page.with_query_pair("order", &placed.capability).ok()?.to_string()),
        None => Some(format!("{RETURN_PAGE}?order={}", placed.capability)),
    }
}
