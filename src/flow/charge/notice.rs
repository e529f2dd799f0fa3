//! The webhooks of a charge of a saved card.

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr};

use super::Charge;
use super::stage::ReviewReason;
use crate::value::{CardPaymentId, ChargeAmount, Currency, PaymentMethodId, Reference, UnixMillis};
use crate::webhook::{Event, EventId, EventKind};

/// A pending webhook. Its id is derived from the charge and the event type, so enqueuing it twice produces the same event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<ChargeData>,
}

/// What a webhook reports of a charge of a saved card, or of its refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "CardPaymentEventData"))]
#[serde(rename_all = "camelCase")]
pub struct ChargeData {
    /// Compago's id of the saved card.
    pub payment_method: PaymentMethodId,
    /// Compago's id of the payment; null while it is not known which one it is.
    pub payment: Option<CardPaymentId>,
    /// The reference of the charge, or of the refund.
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    pub reference: Reference,
    /// The amount; null of a refund whose charge was not read.
    #[cfg_attr(test, schemars(with = "Option<ChargeAmount>"))]
    pub amount: ChargeAmount,
    /// The currency of the amount.
    pub currency: Currency,
    /// Why a person has to look at it. `payment.on-hold` alone has it.
    #[cfg_attr(test, schemars(with = "crate::openapi::reasons::CardPaymentReason"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Charge {
    pub(super) fn confirmed_notice(&self, now: UnixMillis) -> Notice {
        self.notice(EventKind::PaymentConfirmed, None, now)
    }

    pub(super) fn review_notice(&self, reason: ReviewReason, now: UnixMillis) -> Notice {
        self.notice(EventKind::PaymentOnHold, Some(reason.code()), now)
    }

    fn notice(&self, kind: EventKind, reason: Option<&'static str>, now: UnixMillis) -> Notice {
        let data = ChargeData {
            payment_method: self.terms.method,
            payment: self.id,
            reference: self.terms.key,
            amount: self.terms.amount,
            currency: self.terms.currency,
            reason: reason.map(str::to_owned),
        };
        Notice {
            id: EventId::of(&self.terms.key, kind, 1),
            event: Event { kind, timestamp: now, data, environment: None },
        }
    }
}
