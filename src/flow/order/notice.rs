//! The webhooks of an order.

use super::Order;
use super::attempt::{Outcome, ReviewReason};
use super::fulfilment::Fulfilment;
use crate::edge::items;
use crate::value::UnixMillis;
use crate::webhook::{Event, EventId, EventKind, HoldReason, OrderData, ShippingData};

/// Set apart from the numbers of attempts.
const PAID_TWICE: u32 = 100;

/// A pending webhook. Its id is derived from the order, the attempt and the event type, so enqueuing it twice produces the same
/// event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<OrderData>,
}

impl Order {
    pub(super) fn paid_notice(&self, number: u8, now: UnixMillis) -> Notice {
        self.notice(EventKind::OrderPaid, 1, number, None, now)
    }

    pub(super) fn fulfilled_notice(&self, now: UnixMillis) -> Notice {
        let number = self.paid_by.unwrap_or(self.current.number);
        self.notice(EventKind::OrderFulfilled, 1, number, None, now)
    }

    pub(super) fn review_notice(&self, number: u8, reason: &ReviewReason, now: UnixMillis) -> Notice {
        // An attempt that was on hold before and then turns out to be a second payment is another event.
        let nth = if *reason == ReviewReason::PaidTwice { PAID_TWICE } else { 0 };
        self.notice(EventKind::OrderOnHold, nth + u32::from(number), number, Some(reason.code().into()), now)
    }

    pub(super) fn closing_notice(&self, outcome: &Outcome, now: UnixMillis) -> Option<Notice> {
        let number = self.current.number;
        match outcome {
            Outcome::Expired => Some(self.notice(EventKind::OrderExpired, u32::from(number), number, None, now)),
            Outcome::Cancelled => Some(self.notice(EventKind::OrderCancelled, u32::from(number), number, None, now)),
            Outcome::NeedsReview { reason } => Some(self.review_notice(number, reason, now)),
            Outcome::Paid { .. } | Outcome::Refused { .. } | Outcome::Abandoned => None,
        }
    }

    fn notice(&self, kind: EventKind, nth: u32, number: u8, reason: Option<HoldReason>, now: UnixMillis) -> Notice {
        let attempt = self.attempts().find(|attempt| attempt.number == number).unwrap_or(&self.current);
        let data = OrderData {
            reference: self.terms.reference,
            external_id: attempt.external_id.clone(),
            payment_id: attempt.binding.as_ref().map(|binding| binding.payment_id),
            amount: self.terms.amount,
            currency: self.terms.currency,
            attempt: number,
            items: items::views(&self.terms.items),
            shipping: self
                .terms
                .shipping
                .clone()
                .map(|shipping| ShippingData { method: shipping.method, amount: shipping.amount }),
            metadata: self.terms.metadata.clone(),
            metadata_source: self.terms.metadata_source,
            fulfilment: self.fulfilment.as_ref().map(Fulfilment::view),
            reason,
        };
        Notice {
            id: EventId::of(&self.terms.reference, kind, nth),
            event: Event { kind, timestamp: now, data, environment: None },
        }
    }
}

impl ReviewReason {
    /// The stable code, kebab-case.
    pub fn code(&self) -> &'static str {
        self.into()
    }
}
