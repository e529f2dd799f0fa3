//! The order as our own API shows it: to the payer's browser, and with its story to the operator.

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr, VariantArray};

use crate::value::{Amount, Currency, UnixMillis};

/// Where an order stands, in the words of our API.
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
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum OrderStatus {
    /// The link can be paid.
    AwaitingPayment,
    /// What has become of the payment is being found out.
    Verifying,
    /// Compago confirmed the payment. Final.
    Paid,
    /// The link ran out unpaid.
    Expired,
    /// The payment was cancelled.
    Cancelled,
    /// A person looks at it; it must not be paid again.
    OnHold,
    /// No payment could be made.
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

/// `GET /api/shop/orders/{order}`: what a payer's page shows. There is nothing in it about who pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderView {
    /// The order's name, to be read out on the phone.
    pub reference: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// What is to be paid.
    pub amount: Amount,
    /// Its currency.
    pub currency: Currency,
    /// What it is for.
    pub description: String,
    /// When the current link runs out.
    pub expires_at: UnixMillis,
    /// The current attempt, counted from 1.
    pub attempt: u8,
    /// After how many milliseconds a page should ask again; `null` once nothing changes by itself.
    pub poll_after_ms: Option<u32>,
    /// Grows whenever something of this answer changes.
    pub version: u32,
}

/// The answer to creating an order, and to trying again. `Debug` shows neither the capability nor the link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderCreated {
    /// The order's capability: who has it may see the order and cancel it.
    pub order: String,
    /// The order's name, to be read out on the phone.
    pub reference: String,
    /// What is to be paid.
    pub amount: Amount,
    /// Its currency.
    pub currency: Currency,
    /// Where the payer goes.
    pub checkout_url: String,
    /// When the link runs out.
    pub expires_at: UnixMillis,
}

impl fmt::Debug for OrderCreated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OrderCreated").field("reference", &self.reference).finish_non_exhaustive()
    }
}
