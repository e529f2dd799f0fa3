//! The `data` of webhooks: what an event reports about an order, a charge or a saved card, without the payer's data.

use serde::{Deserialize, Serialize};
use serde_with::{As, DeserializeFromStr, DisplayFromStr, SerializeDisplay};
use strum::{Display, EnumString};

use crate::value::{
    Amount, Card, CardPaymentId, Currency, ExternalId, FulfilmentView, Metadata, MetadataSource, OrderItemView,
    PaymentId, PaymentIntentId, PaymentMethodId, Reference, SaleReference, ShippingAmount, ShippingMethodCode,
    TerminalCode,
};

/// What a webhook reports of an order, without the payer's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "OrderEventData"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OrderData {
    /// The order's name for people.
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    pub reference: Reference,
    /// The external id of the attempt that the event is about.
    pub external_id: ExternalId,
    /// Compago's id of its payment, if it is known.
    pub payment_id: Option<PaymentId>,
    /// The total of the order.
    pub amount: Amount,
    /// The currency of the amount.
    pub currency: Currency,
    /// The number of the attempt, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub attempt: u8,
    /// What was ordered; empty for an order of an amount alone. Events of earlier versions have none.
    #[serde(default)]
    pub items: Vec<OrderItemView>,
    /// How it is delivered; left out if that was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<ShippingData>,
    /// The merchant's own data about the order.
    #[serde(default)]
    pub metadata: Metadata,
    /// Who wrote that data.
    #[serde(default)]
    pub metadata_source: MetadataSource,
    /// How far its delivery has come; left out while nothing was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fulfilment: Option<FulfilmentView>,
    /// Why a person has to look at the order. `order.on-hold` alone has it.
    #[cfg_attr(test, schemars(with = "crate::openapi::reasons::OrderReason"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<HoldReason>,
}

/// What a webhook reports of the shipping of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
pub struct ShippingData {
    /// The method.
    pub method: ShippingMethodCode,
    /// What it costs.
    pub amount: ShippingAmount,
}

/// What a webhook reports of a charge at a terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "PaymentIntentEventData"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PaymentIntentData {
    /// Compago's id of the payment intent; null if it is not known.
    pub intent: Option<PaymentIntentId>,
    /// Its external id at Compago.
    pub external_id: ExternalId,
    /// The merchant's own name for the sale.
    pub reference: Option<SaleReference>,
    /// The amount that was to be charged.
    pub amount: Amount,
    /// The currency of the amount.
    pub currency: Currency,
    /// The terminal; null if any could take it.
    pub terminal_code: Option<TerminalCode>,
    /// The merchant's own data about the charge. Events of earlier versions have none.
    #[serde(default)]
    pub metadata: Metadata,
    /// The card. `payment-intent.paid` alone has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// Whether an earlier webhook reported it as closed or on hold. `payment-intent.paid` alone has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<bool>,
    /// How it ended. `payment-intent.closed` alone has it.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("enum" = crate::openapi::reasons::CLOSED)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<IntentOutcome>,
    /// Why a person has to look at it. `payment-intent.on-hold` alone has it.
    #[cfg_attr(test, schemars(with = "crate::openapi::reasons::IntentReason"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<HoldReason>,
}

/// What a webhook reports of a charge of a saved card, or of its refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "CardPaymentEventData"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CardPaymentData {
    /// Compago's id of the saved card.
    pub payment_method: PaymentMethodId,
    /// Compago's id of the payment; null while it is not known which one it is.
    pub payment: Option<CardPaymentId>,
    /// The reference of the charge, or of the refund.
    #[serde(serialize_with = "As::<DisplayFromStr>::serialize")]
    pub reference: Reference,
    /// The amount; null of a refund whose charge was not read.
    #[cfg_attr(test, schemars(with = "Option<crate::value::ChargeAmount>"))]
    pub amount: Option<Amount>,
    /// The currency of the amount.
    pub currency: Currency,
    /// The merchant's own data about the charge, or about the refund. Events of earlier versions have none.
    #[serde(default)]
    pub metadata: Metadata,
    /// Why a person has to look at it. `payment.on-hold` alone has it.
    #[cfg_attr(test, schemars(with = "crate::openapi::reasons::CardPaymentReason"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<HoldReason>,
}

/// What a webhook reports of a saved card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PaymentMethodData {
    /// Compago's id of the saved card.
    pub payment_method: PaymentMethodId,
    /// The merchant's own id of the saved card.
    pub external_id: Option<ExternalId>,
    /// The card, as far as Compago describes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
}

/// What a test event reports: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TestData {}

/// How an unpaid charge at a terminal ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Display, EnumString, SerializeDisplay, DeserializeFromStr)]
#[strum(serialize_all = "kebab-case")]
#[non_exhaustive]
pub enum IntentOutcome {
    /// Its time ran out.
    Expired,
    /// It was cancelled.
    Cancelled,
    /// Another outcome, of a newer version.
    #[strum(default)]
    Other(String),
}

/// Why a person has to look at an order, a charge, or a refund. Further reasons may be added.
///
/// ```
/// use compago::webhook::HoldReason;
///
/// assert_eq!(HoldReason::from("paid-twice"), HoldReason::PaidTwice);
/// assert_eq!(HoldReason::from("a-new-reason").to_string(), "a-new-reason");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Display, EnumString, SerializeDisplay, DeserializeFromStr)]
#[strum(serialize_all = "kebab-case")]
#[non_exhaustive]
pub enum HoldReason {
    /// Order: Compago answered a checkout link on an origin that is not allowed.
    LinkElsewhere,
    /// Order: no answer names the payment that was made.
    NotProvable,
    /// What exists at Compago is not, or not provably, what was requested.
    Mismatch,
    /// A state that is not documented, or an answer about something else.
    UnknownStatus,
    /// Nothing could be learnt for long after its end.
    Unresolved,
    /// Order: it was already paid by another attempt.
    PaidTwice,
    /// Terminal: the intent may have been created, and its id is not known.
    CreateLost,
    /// Terminal: `CONFIRMED` without a successful charge in the answer.
    ConfirmedWithoutSuccess,
    /// Saved card: the answer was lost, and the charge is not in the card's list.
    NotListed,
    /// Saved card: more than one new charge could be this one, or one whose time is not known.
    Ambiguous,
    /// Saved card: the card's list could not be read completely.
    ListUnreadable,
    /// Saved card: the answer was lost, and other programs charge the card as well.
    NotAttributable,
    /// Refund: it never reached a final state.
    RefundUnresolved,
    /// Refund: what was refunded is not what was charged.
    RefundMismatch,
    /// Another reason, of a newer version.
    #[strum(default)]
    Other(String),
}
