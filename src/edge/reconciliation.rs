//! Reconciliation as the operator reads it: its runs, and the differences between Compago's list and the orders.
//!
//! SQLite and the Worker write some of these answers, so these types read them; the tests of the Worker check each against the document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr};
use strum::{EnumString, IntoStaticStr};

use super::order::OrderStatus;
use crate::value::redacted::debug_only;
use crate::value::{Amount, PaymentId, Reference, UnixMillis};

/// The reconciliation that is running, and the last one that ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Reconciliation {
    /// The one that is running.
    pub running: Option<ReconciliationRun>,
    /// The last one that ended.
    pub last: Option<ReconciliationRun>,
}

/// A reconciliation with what it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReconciliationRun {
    /// The run itself.
    #[serde(flatten)]
    pub run: RunView,
    /// The first 200 findings, those that need a person first.
    pub findings: Vec<Finding>,
    /// How many findings there are of each class.
    #[cfg_attr(test, schemars(transform = crate::openapi::tidy::by_class))]
    pub counts: BTreeMap<String, u64>,
    /// How many findings there are by who has to act.
    pub outcome: Outcome,
}

/// How many findings there are by who has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Outcome {
    /// Those that a person has to look at.
    pub needs_person: u64,
    /// Those that a person has marked as resolved.
    pub done: u64,
    /// Payments that other programs created, which concern no order.
    pub other_systems: u64,
    /// Those that the order has settled.
    pub settled: u64,
}

/// A difference between Compago's list and the orders.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Finding {
    /// What differs.
    pub class: Class,
    /// Compago's id of the payment.
    pub payment_id: PaymentId,
    /// The external id of the payment, of any form.
    pub external_id: Option<String>,
    /// The reference of the order that it belongs to.
    #[serde(serialize_with = "As::<Option<DisplayFromStr>>::serialize")]
    pub reference: Option<Reference>,
    /// The order as it was found.
    pub here: Option<FoundOrder>,
    /// The payment as Compago's list shows it.
    pub there: Option<FoundPayment>,
    /// The status of the order once it had read the payment; null if that settled nothing.
    pub settled: Option<OrderStatus>,
    /// Whether a person has to look at it.
    pub needs_person: bool,
    /// Whether a person has marked it as resolved, as it was found.
    pub done: bool,
}

debug_only!(Finding { class, payment_id, reference, here, there, settled, needs_person, done });

/// An order as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct FoundOrder {
    /// Its status.
    pub status: OrderStatus,
    /// The total.
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
}

/// A payment as Compago's list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[non_exhaustive]
pub struct FoundPayment {
    /// Compago's state, in lower case.
    pub status: String,
    /// The amount.
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
}

/// The kind of a difference between Compago's list and the orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "FindingClass"))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The payment is confirmed at Compago, and its order is not paid.
    ConfirmedNotPaid,
    /// The order is paid, and its payment is not confirmed at Compago.
    PaidNotConfirmed,
    /// The amounts differ.
    AmountDiffers,
    /// The currencies differ.
    CurrencyDiffers,
    /// The payment is confirmed at Compago and belongs to no order: another program created it, or the order was lost.
    ConfirmedUnknown,
    /// The payment is confirmed at Compago, and its order was cancelled.
    PaidAfterCancel,
    /// An order was paid more than once.
    PaidTwice,
    /// Neither this payment nor at least two others that were paid before it are in Compago's whole list, which belongs to another
    /// environment or organisation. One finding stands for all of them.
    PaidElsewhere,
    /// The order does not know a payment that it published: its storage was lost.
    StorageLost,
    /// The order's record could not be read for more than ten minutes, so nothing is known of it.
    OrderUnreadable,
}

/// Who began a reconciliation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
pub enum StartedBy {
    /// The schedule, every night.
    Schedule,
    /// An operator.
    Operator,
}

/// The state of a reconciliation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Compago's list is being read.
    Reading,
    /// The list is being compared with the orders.
    Comparing,
    /// The orders of the differences are being read.
    Checking,
    /// It is finished.
    Done,
    /// Given up: Compago or an order could not be asked for hours.
    Failed,
}

/// A reconciliation, without its findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RunView {
    /// When it began.
    pub started_at: UnixMillis,
    /// When it ended.
    pub finished_at: Option<UnixMillis>,
    /// Who began it.
    pub started_by: StartedBy,
    /// Its state.
    pub state: Stage,
    /// How far it is: payments read, or differences checked.
    pub progress: Progress,
    /// The number of payments that were read of Compago's list.
    pub payments: u64,
    /// The number of orders that were compared.
    pub orders: u64,
    /// The number of items of the list that are not of the documented shape.
    pub unreadable: u64,
    /// Whether every payment that existed when it began was read. False until that is known.
    pub whole: bool,
}

/// How far a reconciliation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
pub struct Progress {
    /// How many are done.
    pub done: u64,
    /// Of how many, if that is known.
    pub of: Option<u64>,
}

impl Class {
    /// Returns the class as it is written.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
