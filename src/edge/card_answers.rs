//! What our own API answers about saved cards.

use serde::{Deserialize, Serialize};

use super::Capability;
use super::saved_card::{RefundStatus, SavedCardStatus};
use crate::value::redacted::debug_only;
use crate::value::{
    Amount, Card, CardPaymentId, Currency, ExternalId, HttpsUrl, Metadata, PaymentMethodId, UnixMillis,
};

/// A card that its holder can save now.
///
/// `Debug` shows neither the capability nor the form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SavedCardCreated {
    /// Compago's id of the saved card.
    pub id: PaymentMethodId,
    /// The capability of the page that follows the card, for the payer's browser alone.
    #[cfg_attr(test, schemars(with = "crate::openapi::values::CardCapability"))]
    pub card: Capability,
    /// Its status.
    #[cfg_attr(test, schemars(with = "String", extend("const" = SavedCardStatus::Pending)))]
    pub status: SavedCardStatus,
    /// The merchant's own id of the saved card.
    pub external_id: Option<ExternalId>,
    /// Whether Compago's form is a page of its own or shown in an `iframe`.
    #[cfg_attr(test, schemars(extend("enum" = crate::openapi::requests::modes())))]
    pub display_mode: String,
    /// Compago's form.
    pub checkout_url: HttpsUrl,
    /// The page for the payer, which shows the form and follows the card.
    pub page: HttpsUrl,
    /// When the form expires.
    pub expires_at: UnixMillis,
}

debug_only!(SavedCardCreated { id });

/// A saved card as the merchant's backend reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "SavedCard"))]
#[serde(rename_all = "camelCase")]
pub struct SavedCardDetail {
    /// Compago's id of the saved card.
    pub id: PaymentMethodId,
    /// Its status.
    pub status: SavedCardStatus,
    /// The merchant's own id of the saved card.
    pub external_id: Option<ExternalId>,
    /// The card, once it is saved and as far as Compago describes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// How many milliseconds to wait before the next request; null once nothing changes by itself.
    pub poll_after_ms: Option<u32>,
    /// A number that grows whenever another field changes.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub version: u32,
}

/// A saved card as the page of its holder reads it.
///
/// `Debug` does not show the form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PayersCard {
    /// Its status.
    pub status: SavedCardStatus,
    /// Whether Compago's form is a page of its own or shown in an `iframe`.
    #[cfg_attr(test, schemars(extend("enum" = crate::openapi::requests::modes())))]
    pub display_mode: String,
    /// Compago's form, while it can be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkout_url: Option<HttpsUrl>,
    /// The card, once it is saved and as far as Compago describes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// Where the card page's button leads afterwards, on the shop's own origin; the shop if it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_url: Option<HttpsUrl>,
    /// When the form expires.
    pub expires_at: UnixMillis,
    /// How many milliseconds to wait before the next request; null once nothing changes by itself.
    pub poll_after_ms: Option<u32>,
    /// A number that grows whenever another field changes.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub version: u32,
}

debug_only!(PayersCard { status });

/// A refund of a charge of a saved card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CardRefund {
    /// Compago's id of the payment.
    pub payment: CardPaymentId,
    /// Its status. One that Compago refuses is answered with a problem.
    #[cfg_attr(
        test,
        schemars(with = "String", extend("enum" = [RefundStatus::Refunded, RefundStatus::Pending, RefundStatus::OnHold]))
    )]
    pub status: RefundStatus,
    /// The amount; null while the charge was not read.
    pub amount: Option<Amount>,
    /// The currency of the amount.
    pub currency: Currency,
    /// The merchant's own data about the refund.
    pub metadata: Metadata,
}
