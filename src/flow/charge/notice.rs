//! What a charge of a saved card tells the merchant's backend.

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr};

use super::Charge;
use super::stage::Doubt;
use crate::value::{CardPaymentId, ChargeAmount, Currency, PaymentMethodId, Reference, UnixMillis};
use crate::webhook::{Event, EventId, EventKind};

/// A webhook that is owed. Its id follows from the charge and the fact alone, so that a fact told twice is one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The same for ever.
    pub id: EventId,
    /// The body.
    pub event: Event<ChargeData>,
}

/// The `data` of a charge's webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChargeData {
    /// Whose card.
    pub payment_method: PaymentMethodId,
    /// Compago's payment; none while it is not known which one it is.
    pub payment: Option<CardPaymentId>,
    /// The charge's own name.
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    pub reference: Reference,
    /// How much.
    pub amount: ChargeAmount,
    /// Its currency.
    pub currency: Currency,
    /// Why a person must look, a kebab-case code; for `payment.on-hold` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Charge {
    pub(super) fn confirmed_notice(&self, now: UnixMillis) -> Notice {
        self.notice(EventKind::PaymentConfirmed, None, now)
    }

    pub(super) fn hold_notice(&self, doubt: Doubt, now: UnixMillis) -> Notice {
        self.notice(EventKind::PaymentOnHold, Some(doubt.code()), now)
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
