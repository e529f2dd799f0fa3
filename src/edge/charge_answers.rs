//! What the operator's index answers about charges and refunds, and about a payment of which no order may be known.
//!
//! SQLite and the Worker write some of these answers, so these types read them; the tests of the Worker check each against the document.

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr};
use strum::{EnumString, IntoStaticStr};

use super::delivery::DeliveryView;
use super::one_time_payment::PaymentView;
use super::order_detail::OrderDetail;
use super::total::Total;
use crate::value::redacted::debug_only;
use crate::value::{Amount, PaymentMethodId, Reference, UnixMillis};

/// A charge, or the refund of one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ChargeType {
    /// A charge.
    #[default]
    Charge,
    /// A refund of a charge of a saved card.
    Refund,
}

/// Where a charge was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Channel {
    /// At a terminal.
    Terminal,
    /// Of a saved card.
    Card,
}

/// A charge at a terminal or of a saved card, or a refund.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ChargeItem {
    /// Which of the two it is.
    #[serde(rename = "type")]
    #[cfg_attr(test, schemars(with = "String", extend("enum" = ["charge", "refund"])))]
    pub kind: ChargeType,
    /// Where it was made.
    #[cfg_attr(test, schemars(with = "String", extend("enum" = ["terminal", "card"])))]
    pub channel: Channel,
    /// Its reference.
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    pub reference: Reference,
    /// The status: of a charge, one of `PaymentIntentStatus` or `CardChargeStatus`, and `refunded` of a charge of a card that was refunded;
    /// of a refund, `pending`, `refunded`, `refused` or `on-hold`.
    pub status: String,
    /// The amount; null of a refund whose charge was not read yet.
    pub amount: Option<Amount>,
    /// The currency's code.
    pub currency: Option<String>,
    /// What a saved card was charged for.
    pub description: Option<String>,
    /// The external id of a charge at a terminal.
    pub external_id: Option<String>,
    /// The terminal's code; null if any terminal could take the charge.
    pub terminal_code: Option<String>,
    /// Compago's id of the saved card.
    pub payment_method: Option<PaymentMethodId>,
    /// Compago's id of the intent, or of the card's payment, once it is known.
    pub payment_id: Option<String>,
    /// When it was requested.
    pub created_at: UnixMillis,
    /// When the money came in; of a refund that was made, when it was requested.
    pub settled_at: Option<UnixMillis>,
    /// Why a person has to look at it, or had to.
    pub on_hold: Option<String>,
    /// When a person marked it as resolved, as it is now.
    pub done_at: Option<UnixMillis>,
}

debug_only!(ChargeItem {
    kind,
    channel,
    reference,
    status,
    amount,
    currency,
    payment_method,
    payment_id,
    created_at,
    settled_at,
    on_hold,
    done_at
});

/// A part of the list of charges and refunds, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ChargeList {
    /// The charges or refunds.
    #[cfg_attr(test, schemars(length(max = 200)))]
    pub items: Vec<ChargeItem>,
    /// The `cursor` of the next part; null if this is the last.
    pub next: Option<String>,
    /// How many there are in all parts and their sum, with `settledFrom` and `settledTo`; null without.
    pub sum: Option<Total>,
}

/// A charge with its refund and its webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ChargeDetail {
    /// The charge; null of a refund whose charge was not made here.
    pub charge: Option<ChargeItem>,
    /// The refund.
    pub refund: Option<ChargeItem>,
    /// The webhooks about both.
    pub deliveries: Vec<DeliveryView>,
}

/// A one-time payment with what is known of it here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PaymentDetail {
    /// The payment.
    pub payment: PaymentView,
    /// The order that it was created for.
    pub order: Option<OrderDetail>,
    /// What Compago's list showed of it when a reconciliation last read it, of a payment without an order whose amount Compago no longer
    /// returns.
    pub listed: Option<ListedPayment>,
}

/// A payment as Compago's list showed it when a reconciliation last read it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ListedPayment {
    /// When that reconciliation began.
    pub at: UnixMillis,
    /// Compago's state, in lower case.
    pub status: String,
    /// The amount.
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
    /// The external id, of any form.
    pub external_id: Option<String>,
    /// Whether the reconciliation found that another program created it.
    pub other_system: bool,
}

debug_only!(ListedPayment { at, status, amount, currency, other_system });
