//! Compares Compago's list with our orders, and classifies the differences.
//!
//! Compago's list is a hint, never a proof: what it shows as confirmed is settled by the order's own machine, which reads
//! the payment (see [`Event::Listed`](super::order::Event::Listed)). An amount or a currency that differs is recorded there
//! as well, so that no answer which names less settles the order, and is left to a person.

use serde::{Deserialize, Serialize, Serializer};

use crate::api::one_time_payment::Status;
use crate::edge::order::OrderStatus;
use crate::edge::order_detail::AttemptEnd;
use crate::edge::reconciliation::Class;
use crate::value::{Amount, PaymentId, UnixMillis};

pub mod run;
pub mod schedule;

/// A payment as Compago's list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
pub struct RemotePayment {
    /// Compago's state, in lower case.
    #[serde(serialize_with = "in_lower_case")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub status: Status,
    /// The amount.
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
}

/// An order as it was compared.
///
/// See [`Order::projection`](super::order::Order::projection).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase", from = "ProjectionOfOrder")]
pub struct LocalOrder {
    /// Its status.
    pub status: OrderStatus,
    /// The total.
    pub amount: Amount,
    /// The currency's code.
    pub currency: String,
    /// When it was paid.
    #[serde(skip_serializing)]
    pub paid_at: Option<UnixMillis>,
    /// Its attempts that have a payment, each with its end.
    #[serde(skip_serializing)]
    pub attempts: Vec<(PaymentId, AttemptEnd)>,
    /// The external ids of those that may have a payment of which nothing is known.
    #[serde(skip_serializing)]
    pub unproved: Vec<String>,
}

/// What an order publishes of itself, as far as it is compared.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ProjectionOfOrder {
    row: Row,
    attempts: Vec<ListedAttempt>,
}

#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
struct Row {
    status: OrderStatus,
    amount: Amount,
    currency: String,
    paid_at: Option<UnixMillis>,
}

#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
struct ListedAttempt {
    external_id: String,
    payment_id: Option<PaymentId>,
    end: AttemptEnd,
}

impl From<ProjectionOfOrder> for LocalOrder {
    fn from(ProjectionOfOrder { row, attempts: listed }: ProjectionOfOrder) -> Self {
        let (mut attempts, mut unproved) = (Vec::new(), Vec::new());
        for ListedAttempt { external_id, payment_id, end } in listed {
            match payment_id {
                Some(payment) => attempts.push((payment, end)),
                None if end == AttemptEnd::Refused => {}
                None => unproved.push(external_id),
            }
        }
        let Row { status, amount, currency, paid_at } = row;
        Self { status, amount, currency, paid_at, attempts, unproved }
    }
}

fn in_lower_case<S: Serializer>(status: &Status, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&status.as_str().to_ascii_lowercase())
}

impl LocalOrder {
    /// Returns whether a payment that matches the order only by external id may belong to it. Compago refuses an
    /// external id that another program has used; the payment is then that program's.
    pub fn may_own(&self, payment: PaymentId, external_id: &str) -> bool {
        self.end_of(payment).is_some() || self.unproved.iter().any(|name| name == external_id)
    }

    /// Whether one of its attempts has this payment.
    pub fn knows(&self, payment: PaymentId) -> bool {
        self.end_of(payment).is_some()
    }

    fn end_of(&self, payment: PaymentId) -> Option<AttemptEnd> {
        self.attempts.iter().find(|(known, _)| *known == payment).map(|(_, end)| *end)
    }
}

impl Class {
    /// What is wrong between Compago's payment and the order that it belongs to; `None` if they agree.
    ///
    /// `remote` is none for a payment that the list does not show, `local` for one that belongs to no order.
    pub fn of(payment: PaymentId, remote: Option<&RemotePayment>, local: Option<&LocalOrder>) -> Option<Self> {
        let confirmed = remote.is_some_and(|remote| remote.status == Status::Confirmed);
        let Some(local) = local else { return confirmed.then_some(Self::ConfirmedUnknown) };
        let paid_by_another = local.status == OrderStatus::Paid;
        let Some(end) = local.end_of(payment) else {
            return confirmed.then_some(if paid_by_another { Self::PaidTwice } else { Self::ConfirmedNotPaid });
        };
        if remote.is_some_and(|remote| remote.amount != local.amount) {
            return Some(Self::AmountDiffers);
        }
        if remote.is_some_and(|remote| remote.currency != local.currency) {
            return Some(Self::CurrencyDiffers);
        }
        match (confirmed, end) {
            (true, AttemptEnd::Paid) => None,
            (true, AttemptEnd::PaidAgain) => Some(Self::PaidTwice),
            (false, AttemptEnd::Paid | AttemptEnd::PaidAgain) => Some(Self::PaidNotConfirmed),
            (
                true,
                AttemptEnd::Open
                | AttemptEnd::Expired
                | AttemptEnd::Cancelled
                | AttemptEnd::Refused
                | AttemptEnd::Abandoned
                | AttemptEnd::OnHold,
            ) if paid_by_another => Some(Self::PaidTwice),
            (true, AttemptEnd::Cancelled) => Some(Self::PaidAfterCancel),
            (
                true,
                AttemptEnd::Open
                | AttemptEnd::Expired
                | AttemptEnd::Refused
                | AttemptEnd::Abandoned
                | AttemptEnd::OnHold,
            ) => Some(Self::ConfirmedNotPaid),
            (
                false,
                AttemptEnd::Open
                | AttemptEnd::Expired
                | AttemptEnd::Cancelled
                | AttemptEnd::Refused
                | AttemptEnd::Abandoned
                | AttemptEnd::OnHold,
            ) => None,
        }
    }

    /// Whether the order's machine is given the item of the list: it reads a confirmed payment by itself, and records facts
    /// that differ.
    pub const fn concerns_order(self) -> bool {
        self.can_settle() || matches!(self, Self::AmountDiffers | Self::CurrencyDiffers)
    }

    /// Whether the order's machine can settle the disagreement by reading the payment.
    pub const fn can_settle(self) -> bool {
        match self {
            Self::ConfirmedNotPaid | Self::PaidAfterCancel | Self::PaidTwice => true,
            Self::PaidNotConfirmed
            | Self::AmountDiffers
            | Self::CurrencyDiffers
            | Self::ConfirmedUnknown
            | Self::PaidElsewhere
            | Self::StorageLost
            | Self::OrderUnreadable => false,
        }
    }
}
