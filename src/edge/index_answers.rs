//! What the operator's index answers: pages of its lists, what a person has to look at, figures, and its own state.
//!
//! SQLite writes these answers in the Worker, so these types read them; the tests of the Worker check each against the document.

use serde::{Deserialize, Serialize};
use serde_with::{As, DeserializeFromStr, DisplayFromStr, SerializeDisplay};
use strum::{Display, EnumString};

use super::total::{Sum, Total};
use crate::api::list::PageSize;
use crate::value::{Amount, Extensible, PaymentMethodId, Reference, UnixMillis};
use crate::webhook::EventKind;

/// A page of a list from the operator's index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "{T}IndexPage"))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct IndexPage<T> {
    /// The number of items on all pages together.
    pub count: u64,
    /// The number of the page, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub page: u32,
    /// The most items that a page has.
    pub page_size: PageSize,
    /// The items.
    pub items: Vec<T>,
}

/// What kind of thing a person has to look at.
///
/// A later version of the Worker may have further kinds, which do not keep the rest of the list from being read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, SerializeDisplay, DeserializeFromStr, Display, EnumString)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename_all = "kebab-case"))]
#[strum(serialize_all = "kebab-case")]
#[non_exhaustive]
pub enum AttentionKind {
    /// An order.
    Order,
    /// A charge at a terminal.
    PaymentIntent,
    /// A charge of a saved card.
    CardPayment,
    /// A refund of a charge of a saved card.
    Refund,
    /// A webhook that was not delivered.
    Webhook,
    /// A difference that a reconciliation found.
    Finding,
    /// A reconciliation that failed, or did not read all payments.
    Reconciliation,
    /// A kind that this version does not know.
    #[strum(default)]
    #[cfg_attr(test, schemars(skip))]
    Other(String),
}

/// Something that a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Attention {
    /// What kind of thing it is.
    pub kind: AttentionKind,
    /// The key of the item, unique among the items of its kind.
    pub key: String,
    /// Why a person has to look at it, a kebab-case code: why an order or a charge is on hold, why a webhook was parked, the class of a
    /// finding; `failed` or `not-whole` of a reconciliation; `storage-lost` of an order or a charge that is no longer where it was stored;
    /// `unreadable` of anything whose record in the index cannot be read: the log says why.
    pub reason: String,
    /// Since when.
    pub since: UnixMillis,
    /// The reference of the order, the charge or the refund.
    #[serde(serialize_with = "As::<Option<DisplayFromStr>>::serialize")]
    pub reference: Option<Reference>,
    /// The amount.
    pub amount: Option<Amount>,
    /// The currency's code.
    pub currency: Option<String>,
    /// Compago's id of the payment or the intent.
    pub payment_id: Option<String>,
    /// Compago's id of the saved card.
    pub payment_method: Option<PaymentMethodId>,
    /// The terminal's code.
    pub terminal_code: Option<String>,
    /// The type of a webhook's event.
    #[serde(rename = "type")]
    #[cfg_attr(test, schemars(with = "Option<EventKind>"))]
    pub event: Option<Extensible<EventKind>>,
}

/// How much came in and was refunded between two times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Figures {
    /// Start of the period.
    pub from: UnixMillis,
    /// End of the period, exclusive.
    pub to: UnixMillis,
    /// What was paid.
    pub paid: Total,
    /// What was refunded.
    pub refunded: Total,
    /// What was paid by each kind of payment.
    pub kinds: Vec<KindTotal>,
    /// The length of each bucket in minutes: hours for periods of up to two days, days for longer ones.
    #[cfg_attr(test, schemars(with = "u32", transform = crate::openapi::tidy::hours_or_days))]
    pub bucket_minutes: u32,
    /// What was paid in each bucket, in order and without gaps.
    pub buckets: Vec<Bucket>,
}

/// What was paid by one kind of payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct KindTotal {
    /// The kind of payment.
    #[cfg_attr(test, schemars(extend("enum" = ["order", "payment-intent", "card-payment"])))]
    pub kind: String,
    /// How many there are.
    pub count: u64,
    /// Their sum in pesos.
    pub amount: Sum,
}

/// What was paid in one bucket of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct Bucket {
    /// When the bucket begins.
    pub at: UnixMillis,
    /// How many there are.
    pub count: u64,
    /// Their sum in pesos.
    pub amount: Sum,
}

/// The state of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Index"))]
pub struct IndexState {
    /// The number of entries.
    pub entries: u64,
    /// Whether it is being rebuilt.
    pub rebuilding: bool,
}
