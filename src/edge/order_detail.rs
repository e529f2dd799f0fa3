//! An order as the operator reads it: in a list, and with its attempts, its history and its webhooks.

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr};

use super::Role;
use super::delivery::DeliveryView;
use super::fulfilment::{FulfilmentDetail, FulfilmentState};
use super::items::OrderItemView;
use super::order::{OrderStatus, OrderView};
use super::shipping::Customer;
use crate::value::redacted::debug_only;
use crate::value::{
    Amount, Currency, Description, ExternalId, ItemName, Metadata, MetadataSource, PaymentId, Reference, UnixMillis,
};

/// An order in a list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OrderRow {
    /// The order's name for people.
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    pub reference: Reference,
    /// Its status.
    pub status: OrderStatus,
    /// Why a person has to look at it, or had to.
    #[cfg_attr(test, schemars(with = "Option<crate::flow::order::attempt::ReviewReason>"))]
    pub on_hold: Option<String>,
    /// The total of the order.
    pub amount: Amount,
    /// The currency of the amount.
    pub currency: Currency,
    /// What the payer reads at the checkout.
    pub description: Description,
    /// The external id of the current attempt.
    pub external_id: ExternalId,
    /// The number of the current attempt, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub attempt: u8,
    /// When the order was created.
    pub created_at: UnixMillis,
    /// When it was paid.
    pub paid_at: Option<UnixMillis>,
    /// When the current link expires.
    pub expires_at: UnixMillis,
    /// How far the delivery has come. A paid order without items has none until somebody sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fulfilment: Option<FulfilmentState>,
    /// Since when the delivery has come that far; left out of a pending one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fulfilment_at: Option<UnixMillis>,
    /// How many pieces were ordered: the sum of the quantities.
    #[serde(default)]
    pub pieces: u32,
    /// The name of the shipping method, in the language of the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<ItemName>,
}

debug_only!(OrderRow { reference, status, on_hold, amount, currency, attempt, created_at, paid_at, expires_at });

/// Everything about an order except the payer's data.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "OrderStory"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OrderDetail {
    /// The order as the payer's page shows it.
    pub order: OrderView,
    /// The external id of the current attempt.
    pub external_id: ExternalId,
    /// Compago's hosted checkout, while the link can be paid.
    #[cfg_attr(test, schemars(url))]
    pub checkout_url: Option<String>,
    /// The attempts, the current one last.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub attempts: Vec<AttemptDetail>,
    /// Whether more than one payment of the order was confirmed: a person has to refund one of them.
    pub paid_twice: bool,
    /// When the payment of the current attempt was last read at Compago, whether or not that succeeded; null before there is one.
    pub checked_at: Option<UnixMillis>,
    /// Whether that read succeeded; null while it is under way, and before there is a payment.
    pub check_answered: Option<bool>,
    /// How many milliseconds to wait before an operator may have the payment read; null if the payment is not open, or `checksLeft` is 0.
    pub check_after_ms: Option<u32>,
    /// How many more reads of the payment operators may cause.
    pub checks_left: u16,
    /// What was ordered; empty for an order of an amount alone.
    pub items: Vec<OrderItemView>,
    /// The merchant's own data about the order.
    pub metadata: Metadata,
    /// Who wrote that data.
    pub metadata_source: MetadataSource,
    /// Who bought, as long as that is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
    /// How far the delivery has come; left out while nothing was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fulfilment: Option<FulfilmentDetail>,
    /// Whether the payer's data is still stored.
    pub payer_known: bool,
    /// The history, the oldest entry first.
    pub history: Vec<Entry>,
    /// The webhooks about the order.
    pub deliveries: Vec<DeliveryView>,
}

debug_only!(OrderDetail { order, attempts, paid_twice, checked_at, check_answered, payer_known, history, deliveries });

/// An attempt to have an order paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Attempt"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttemptDetail {
    /// Its number, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub number: u8,
    /// Its external id.
    pub external_id: ExternalId,
    /// Compago's id of its payment; null until an answer of Compago's has proved which payment it is.
    pub payment_id: Option<PaymentId>,
    /// When it began.
    pub started_at: UnixMillis,
    /// When its link expires.
    pub expires_at: UnixMillis,
    /// How often its payment was read.
    pub reads: u16,
    /// How it ended.
    pub end: AttemptEnd,
    /// Why a person has to look at it.
    #[cfg_attr(test, schemars(with = "Option<crate::flow::order::attempt::ReviewReason>"))]
    pub on_hold: Option<String>,
    /// When an answer of Compago's last named another payment id, external id, amount, currency or home page than the payment was created
    /// with; null if none did, or once a later answer named the first four together as they were. Until then, no confirmation that leaves
    /// one of them out makes the order paid.
    pub contradicted_at: Option<UnixMillis>,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AttemptEnd {
    /// It has not ended: it is under way, or can be paid.
    Open,
    /// It paid the order.
    Paid,
    /// It was paid after another one had paid the order.
    PaidAgain,
    /// The link expired unpaid.
    Expired,
    /// The payment was cancelled.
    Cancelled,
    /// Compago refused to create the payment.
    Refused,
    /// No payment was created, or none whose link anyone received.
    Abandoned,
    /// A person has to look at it.
    OnHold,
}

/// An entry of an order's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct Entry {
    /// When it happened.
    pub at: UnixMillis,
    /// The number of the attempt, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub attempt: u8,
    /// What happened.
    pub what: Milestone,
    /// Who did it, if somebody with a role did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// What an entry of an order's history records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
pub enum Milestone {
    /// The attempt began.
    Begun,
    /// Compago returned a link, and the payment is being verified.
    Proving,
    /// The answer was lost, and Compago's list is being searched.
    Searching,
    /// The link can be paid.
    Opened,
    /// The payment is being cancelled.
    #[serde(rename = "withdrawing")]
    Cancelling,
    /// Compago confirmed it.
    Paid,
    /// The link expired.
    Expired,
    /// It was cancelled.
    Cancelled,
    /// Compago refused to create the payment.
    Refused,
    /// No payment was created, or none whose link anyone received.
    Abandoned,
    /// A person has to look at it.
    OnHold,
    /// The order was packed.
    Prepared,
    /// The order was handed over, or what is known of that was changed.
    HandedOver,
    /// That the order was packed or handed over was taken back.
    FulfilmentUndone,
    /// Somebody read where the order goes.
    DeliveryRead,
    /// Somebody read who bought.
    CustomerRead,
    /// Somebody exported the order with who bought and where it goes.
    Exported,
    /// The payer's data, where the order goes and the note about its delivery were deleted.
    PersonalDataDeleted,
}
