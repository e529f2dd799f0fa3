//! The answers about payment methods and their charges, field for field as documented
//! (docs.compago.com/payment-method/save-card, /manage, /charge and /refund, read November 2026).

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Number;
use uuid::Uuid;

use super::charge::{self, Charge};
use super::{Method, Saved, Status};
use crate::clock::written;
use crate::settings::Settings;

/// The answer of create.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Created {
    id: Uuid,
    checkout_url: String,
}

impl Created {
    pub(crate) fn new(method: &Method, settings: &Settings, origin: &str) -> Self {
        Self { id: method.id, checkout_url: checkout_address(method.id, settings, origin) }
    }
}

/// The answer of get, and one item of the list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Details<'a> {
    id: Uuid,
    status: Status,
    /// Absent or null if none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<Option<&'a str>>,
    /// Absent or null before a card was saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<Option<CardPart>>,
    created_at: String,
}

impl<'a> Details<'a> {
    pub(crate) fn new(method: &'a Method, settings: &Settings, now: Timestamp) -> Self {
        let (external_id, card) = (method.external_id.as_deref(), method.saved.as_ref().map(CardPart::new));
        let null = settings.null_method_fields;
        Self {
            id: method.id,
            status: method.status(now),
            external_id: (external_id.is_some() || null).then_some(external_id),
            card: (card.is_some() || null).then_some(card),
            created_at: written(method.created_at, settings.fraction()),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CardPart {
    last_four_digits: &'static str,
    network_type: &'static str,
}

impl CardPart {
    fn new(saved: &Saved) -> Self {
        Self { last_four_digits: saved.card.last_four_digits(), network_type: saved.card.network_type() }
    }
}

/// The answer about one charge: of charge, get and refund.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Payment {
    id: Uuid,
    status: charge::Status,
    amount: Number,
    currency: String,
}

impl Payment {
    pub(crate) fn new(charge: &Charge, now: Timestamp) -> Self {
        let (amount, currency) = (charge.amount.number(), charge.currency.clone());
        Self { id: charge.id, status: charge.status(now), amount, currency }
    }
}

/// One item of the list of a method's charges.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PaymentItem {
    #[serde(flatten)]
    payment: Payment,
    created_at: String,
}

impl PaymentItem {
    pub(crate) fn new(charge: &Charge, settings: &Settings, now: Timestamp) -> Self {
        let created_at = written(charge.created_at, settings.fraction());
        Self { payment: Payment::new(charge, now), created_at }
    }
}

/// Returns the URL where the customer saves a card. The form of Compago's URLs is not documented.
pub(crate) fn checkout_address(id: Uuid, settings: &Settings, origin: &str) -> String {
    let origin = settings.checkout_origin.as_deref().unwrap_or(origin);
    let path = settings.card_checkout_path.as_deref().unwrap_or("/checkout/card/{id}");
    format!("{origin}{}", path.replace("{id}", &id.to_string()))
}
