//! The order as our own API shows it: to the payer's browser, and with its timeline for the operator.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

use super::fulfilment::FulfilmentView;
use super::items::OrderItemView;
use super::shipping::ShippingView;
use crate::value::redacted::debug_only;
use crate::value::{Amount, Currency, UnixMillis};

/// The status of an order.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum OrderStatus {
    /// The link can be paid.
    AwaitingPayment,
    /// Whether the payment was made is being verified.
    Verifying,
    /// Compago confirmed the payment. This is final.
    Paid,
    /// The link expired unpaid. The order may be retried.
    Expired,
    /// The payment was cancelled. The order may be retried.
    Cancelled,
    /// A person has to look at the order. It must not be paid again.
    OnHold,
    /// No payment could be created. The order may be retried.
    Failed,
}

impl OrderStatus {
    /// Every status.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The status as it is written in JSON.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether it can change without somebody acting.
    pub const fn is_pending(self) -> bool {
        match self {
            Self::AwaitingPayment | Self::Verifying => true,
            Self::Paid | Self::Expired | Self::Cancelled | Self::OnHold | Self::Failed => false,
        }
    }
}

/// An order as the payer's page shows it, without the payer's data.
///
/// The answer of `GET /api/shop/orders/{order}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OrderView {
    /// The order's name for people.
    #[cfg_attr(test, schemars(with = "crate::value::Reference"))]
    pub reference: String,
    /// Its status.
    pub status: OrderStatus,
    /// The total to be paid.
    pub amount: Amount,
    /// The currency of the amount.
    pub currency: Currency,
    /// What the payer reads at the checkout.
    #[cfg_attr(test, schemars(with = "crate::value::Description"))]
    pub description: String,
    /// What was ordered; empty for an order of an amount alone.
    pub items: Vec<OrderItemView>,
    /// How it is delivered; left out if that was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<ShippingView>,
    /// When the order was created.
    pub created_at: UnixMillis,
    /// When it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<UnixMillis>,
    /// How far its delivery has come; left out while nothing was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fulfilment: Option<FulfilmentView>,
    /// When the current link expires.
    pub expires_at: UnixMillis,
    /// The number of the current attempt, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub attempt: u8,
    /// How many milliseconds to wait before the next request; null once nothing changes by itself.
    pub poll_after_ms: Option<u32>,
    /// A number that grows whenever another field changes.
    pub version: u32,
}

debug_only!(OrderView { reference, status, amount, currency, created_at, paid_at, expires_at, attempt, version });

/// An order with a new payment link: the answer to creating an order and to retrying one.
///
/// `Debug` shows neither the capability nor the link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderCreated {
    /// The order's capability, for the payer's browser alone.
    #[cfg_attr(test, schemars(with = "crate::edge::Capability"))]
    pub order: String,
    /// The order's name for people.
    #[cfg_attr(test, schemars(with = "crate::value::Reference"))]
    pub reference: String,
    /// The total to be paid.
    pub amount: Amount,
    /// The currency of the amount.
    pub currency: Currency,
    /// Compago's hosted checkout, to which the payer is redirected.
    #[cfg_attr(test, schemars(url))]
    pub checkout_url: String,
    /// When the link expires.
    pub expires_at: UnixMillis,
}

debug_only!(OrderCreated { reference });
