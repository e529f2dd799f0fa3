//! The webhooks of a refund.

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr};

use super::Refund;
use crate::value::{Amount, CardPaymentId, Currency, PaymentMethodId, Reference, UnixMillis};
use crate::webhook::{Event, EventId, EventKind};

/// A pending webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<RefundData>,
}

/// The `data` of a refund's webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefundData {
    /// Whose card.
    pub payment_method: PaymentMethodId,
    /// The charge.
    pub payment: CardPaymentId,
    /// The refund's reference.
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    pub reference: Reference,
    /// What was refunded; `None` if it was never learnt.
    pub amount: Option<Amount>,
    /// Its currency.
    pub currency: Currency,
    /// Why a person must look, a kebab-case code; for `payment.on-hold` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Refund {
    pub(super) fn notice(&self, kind: EventKind, reason: Option<&'static str>, now: UnixMillis) -> Notice {
        let data = RefundData {
            payment_method: self.terms.method,
            payment: self.terms.payment,
            reference: self.terms.key,
            amount: self.amount,
            currency: Currency::Mxn,
            reason: reason.map(str::to_owned),
        };
        Notice {
            id: EventId::of(&self.terms.key, kind, 1),
            event: Event { kind, timestamp: now, data, environment: None },
        }
    }
}
