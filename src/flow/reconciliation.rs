//! Do Compago's books and ours agree? What is compared, and what a difference is called.
//!
//! Compago's list is a hint, never a proof: what it shows as confirmed is settled by the order's own machine, which reads
//! the payment (see [`Event::Listed`](super::order::Event::Listed)). An amount or a currency that differs is recorded there
//! as well, so that no answer which names less settles the order, and is left to a person.

use crate::api::one_time_payment::Status;
use crate::edge::order::OrderStatus;
use crate::flow::order::AttemptEnd;
use crate::json::{FromJson, Json, ToJson, Unexpected, Writer};
use crate::value::{Amount, PaymentId, UnixMillis};

pub mod run;

/// A payment as Compago's list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct There {
    /// Its state.
    pub status: Status,
    /// Its amount.
    pub amount: Amount,
    /// Its currency's code.
    pub currency: String,
}

record_from_json!(There { status: "status", amount: "amount", currency: "currency" });

impl ToJson for There {
    fn to_json(&self, out: &mut Writer) {
        let status = self.status.to_string().to_ascii_lowercase();
        out.object().field("status", &status).field("amount", &self.amount).field("currency", &self.currency).end();
    }
}

/// An order as it tells of itself, see [`Order::listing`](super::order::Order::listing).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Here {
    /// Where it stands.
    pub status: OrderStatus,
    /// Its amount.
    pub amount: Amount,
    /// Its currency's code.
    pub currency: String,
    /// When it was paid.
    pub paid_at: Option<UnixMillis>,
    /// Its attempts that have a payment, each with its end.
    pub attempts: Vec<(PaymentId, AttemptEnd)>,
    /// The external ids of those that may have a payment of which nothing is known.
    pub unproved: Vec<String>,
}

impl FromJson for Here {
    fn from_json(listing: &Json) -> Result<Self, Unexpected> {
        let row = listing.get("row")?;
        let (mut attempts, mut unproved) = (Vec::new(), Vec::new());
        for attempt in listing.get("attempts")?.entries()? {
            let payment: Option<PaymentId> = attempt.field("paymentId")?;
            let end = attempt.field("end")?;
            match payment {
                Some(payment) => attempts.push((payment, end)),
                None if end == AttemptEnd::Refused => {}
                None => unproved.push(attempt.field("externalId")?),
            }
        }
        Ok(Self {
            status: row.field("status")?,
            amount: row.field("amount")?,
            currency: row.field("currency")?,
            paid_at: row.field("paidAt")?,
            attempts,
            unproved,
        })
    }
}

impl ToJson for Here {
    fn to_json(&self, out: &mut Writer) {
        out.object()
            .field("status", &self.status)
            .field("amount", &self.amount)
            .field("currency", &self.currency)
            .end();
    }
}

impl Here {
    /// Whether a payment that bears no mark of the order's but this name may be the order's. Compago refuses a name that
    /// another program has used: then it is that program's.
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

/// What a disagreement is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Compago shows the payment as confirmed, and its order is not paid.
    ConfirmedNotPaid,
    /// The order is paid, and Compago does not show its payment as confirmed.
    PaidNotConfirmed,
    /// The amounts are not the same.
    AmountDiffers,
    /// The currencies are not the same.
    CurrencyDiffers,
    /// Compago shows a confirmed payment that is no order's of ours: another program's, or that of an order that was lost.
    ConfirmedUnknown,
    /// Compago shows a payment as confirmed whose order was cancelled.
    PaidAfterCancel,
    /// An order was paid more than once.
    PaidTwice,
    /// Compago's list holds neither this payment nor any other that was paid up to then: it is that of another environment or
    /// organisation.
    PaidElsewhere,
    /// The order does not know a payment any more that it has told of: it has lost what it had stored.
    StorageLost,
    /// The order's own record could not be read, time and again: what it knows of the payment is not known.
    OrderUnreadable,
}

variants_on_the_wire!(Class {
    ConfirmedNotPaid = "confirmed-not-paid",
    PaidNotConfirmed = "paid-not-confirmed",
    AmountDiffers = "amount-differs",
    CurrencyDiffers = "currency-differs",
    ConfirmedUnknown = "confirmed-unknown",
    PaidAfterCancel = "paid-after-cancel",
    PaidTwice = "paid-twice",
    PaidElsewhere = "paid-elsewhere",
    StorageLost = "storage-lost",
    OrderUnreadable = "order-unreadable",
});

impl Class {
    /// What is wrong between Compago's payment and the order that it belongs to; `None` if they agree.
    ///
    /// `there` is none for a payment that the list does not show, `here` for one that belongs to no order.
    pub fn of(payment: PaymentId, there: Option<&There>, here: Option<&Here>) -> Option<Self> {
        let confirmed = there.is_some_and(|there| there.status == Status::Confirmed);
        let Some(here) = here else { return confirmed.then_some(Self::ConfirmedUnknown) };
        let paid_by_another = here.status == OrderStatus::Paid;
        let Some(end) = here.end_of(payment) else {
            return confirmed.then_some(if paid_by_another { Self::PaidTwice } else { Self::ConfirmedNotPaid });
        };
        if there.is_some_and(|there| there.amount != here.amount) {
            return Some(Self::AmountDiffers);
        }
        if there.is_some_and(|there| there.currency != here.currency) {
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
