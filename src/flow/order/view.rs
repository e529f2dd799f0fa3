//! How an order looks from outside, and what may be asked of it.

use serde::Serialize;
use thiserror::Error;

use super::attempt::{Attempt, Outcome, ReviewReason, Stage};
use super::notice::Entry;
use super::projection::AttemptEnd;
use super::terms::Terms;
use super::{AttemptCall, Kind, MAX_ATTEMPTS, MAX_CANCELLATIONS, Order};
use crate::edge::order::{OrderStatus, OrderView};
use crate::error::Reason;
use crate::flow::outbox::DeliveryView;
use crate::json;
use crate::value::{ExternalId, PaymentId, UnixMillis};

/// How soon a page asks again while an answer is on its way.
const SOON_MS: u32 = 1_000;
/// The longest wait between two questions of one page. It costs Compago nothing.
const LATE_MS: u32 = 15_000;

/// Why an order cannot be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RetryRefusal {
    /// It is paid.
    #[error("the order is paid")]
    Paid,
    /// The last attempt can still be paid, or nobody knows yet that it cannot.
    #[error("the last payment link can still be paid")]
    StillPayable,
    /// A person looks at it.
    #[error("the order is on hold")]
    OnHold,
    /// The payer's data is no longer kept, or there were too many attempts: a new order is needed.
    #[error("the order is closed")]
    Closed,
}

/// Why an order cannot be cancelled now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CancelRefusal {
    /// It is paid.
    #[error("the order is paid")]
    Paid,
    /// What has become of the payment is being found out, or Compago has refused to cancel it again and again.
    #[error("the payment is being verified")]
    Verifying,
    /// A person looks at it.
    #[error("the order is on hold")]
    OnHold,
    /// There is nothing to cancel any more.
    #[error("the order is closed")]
    Closed,
}

impl Order {
    /// What was ordered.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// All attempts, the current one last.
    pub fn attempts(&self) -> impl Iterator<Item = &Attempt> {
        self.earlier.iter().chain([&self.current])
    }

    /// The attempt that counts.
    pub fn current(&self) -> &Attempt {
        &self.current
    }

    /// Returns the status of the order.
    pub fn status(&self) -> OrderStatus {
        if self.paid_by.is_some() {
            return OrderStatus::Paid;
        }
        if self.is_superseded() {
            return OrderStatus::OnHold;
        }
        match &self.current.stage {
            Stage::Open { claimed: false, .. } => OrderStatus::AwaitingPayment,
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { claimed: true, .. }
            | Stage::Cancelling { .. } => OrderStatus::Verifying,
            Stage::Closed(outcome) => match outcome {
                Outcome::Paid { .. } => OrderStatus::Paid,
                Outcome::Expired => OrderStatus::Expired,
                Outcome::Cancelled => OrderStatus::Cancelled,
                Outcome::Refused { .. } | Outcome::Abandoned => OrderStatus::Failed,
                Outcome::NeedsReview { .. } => OrderStatus::OnHold,
            },
        }
    }

    /// Why Compago refused to make the current payment, if it did.
    pub fn refusal(&self) -> Option<Reason> {
        match &self.current.stage {
            Stage::Closed(Outcome::Refused { reason }) => Some(*reason),
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Open { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => None,
        }
    }

    /// Whether a new attempt may begin.
    ///
    /// # Errors
    /// [`RetryRefusal`]; above all while the last link can still be paid.
    pub fn retry_allowed(&self) -> Result<(), RetryRefusal> {
        match self.status() {
            OrderStatus::Paid => return Err(RetryRefusal::Paid),
            OrderStatus::AwaitingPayment | OrderStatus::Verifying => return Err(RetryRefusal::StillPayable),
            OrderStatus::OnHold => return Err(RetryRefusal::OnHold),
            OrderStatus::Expired | OrderStatus::Cancelled | OrderStatus::Failed => {}
        }
        let known = self.terms.billing_information.is_some();
        if known && self.current.number < MAX_ATTEMPTS { Ok(()) } else { Err(RetryRefusal::Closed) }
    }

    /// Whether the payer may cancel.
    ///
    /// # Errors
    /// [`CancelRefusal`].
    pub fn cancel_allowed(&self) -> Result<(), CancelRefusal> {
        match self.status() {
            OrderStatus::Paid => Err(CancelRefusal::Paid),
            OrderStatus::OnHold => Err(CancelRefusal::OnHold),
            OrderStatus::Expired | OrderStatus::Cancelled | OrderStatus::Failed => Err(CancelRefusal::Closed),
            OrderStatus::AwaitingPayment | OrderStatus::Verifying => {
                let asked_enough = self.current.cancellations >= MAX_CANCELLATIONS;
                self.current.link().filter(|_| !asked_enough).map(|_| ()).ok_or(CancelRefusal::Verifying)
            }
        }
    }

    /// Whether an answer is being waited for that a caller may wait for as well.
    pub fn is_in_flight(&self) -> bool {
        self.in_flight.is_some()
    }

    /// Whether a read of the current payment is in flight.
    pub fn is_read_in_flight(&self) -> bool {
        let is_read = |call: &AttemptCall| call.kind == Kind::Read && call.attempt == self.current.number;
        self.in_flight.as_ref().is_some_and(is_read)
    }

    /// When the last read of the current payment was sent.
    pub fn last_read_at(&self) -> UnixMillis {
        self.current.polls.last_read_at()
    }

    /// What a payer's page shows.
    pub fn view(&self, now: UnixMillis) -> OrderView {
        self.view_of(self.current.polls.watch_at(), now)
    }

    /// What a page shows that may have the payment read `watch_at`.
    fn view_of(&self, watch_at: Option<UnixMillis>, now: UnixMillis) -> OrderView {
        OrderView {
            reference: self.terms.reference.to_string(),
            status: self.status(),
            amount: self.terms.amount,
            currency: self.terms.currency,
            description: self.terms.description.to_string(),
            expires_at: self.current.expires_at,
            attempt: self.current.number,
            poll_after_ms: self.poll_after_ms(watch_at, now),
            version: self.version,
        }
    }

    /// Returns the order's detail for the operator, without the payer's data.
    pub fn detail(&self, deliveries: &[DeliveryView<'_>], now: UnixMillis) -> String {
        let Attempt { polls, binding, .. } = &self.current;
        let bound = binding.as_ref();
        json::to_string(&OrderDetail {
            order: self.view_of(polls.operator_page_at(), now),
            external_id: &self.current.external_id,
            checkout_url: self.current.link().map(|link| link.url().as_str()),
            attempts: self.attempts().map(|attempt| AttemptDetail::new(attempt, self.end_of(attempt))).collect(),
            paid_twice: self.paid_twice,
            checked_at: bound.map(|_| polls.last_read_at()),
            check_answered: bound.filter(|_| !self.is_read_in_flight()).map(|_| polls.is_answered()),
            check_after_ms: self.check_at().map(|at| u32::try_from(at.since(now).as_millis()).unwrap_or(u32::MAX)),
            checks_left: polls.checks_left(),
            payer_known: self.terms.billing_information.is_some(),
            history: &self.history,
            deliveries,
        })
    }

    fn poll_after_ms(&self, watch_at: Option<UnixMillis>, now: UnixMillis) -> Option<u32> {
        if !self.status().is_pending() {
            return None;
        }
        if self.in_flight.is_some() {
            return Some(SOON_MS);
        }
        let next = match self.current.stage {
            Stage::Open { .. } => watch_at.or(self.due),
            Stage::Creating { .. }
            | Stage::Proving { .. }
            | Stage::Searching { .. }
            | Stage::Cancelling { .. }
            | Stage::Closed(_) => self.due,
        };
        let wait = next.map_or(LATE_MS, |at| u32::try_from(at.since(now).as_millis()).unwrap_or(LATE_MS));
        Some(wait.clamp(SOON_MS, LATE_MS))
    }
}

/// Everything about an order except the payer's data.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "OrderStory"))]
#[serde(rename_all = "camelCase")]
pub(crate) struct OrderDetail<'a> {
    /// The order as the payer's page shows it.
    order: OrderView,
    /// The external id of the current attempt.
    external_id: &'a ExternalId,
    /// Compago's hosted checkout, while the link can be paid.
    #[cfg_attr(test, schemars(url))]
    checkout_url: Option<&'a str>,
    /// The attempts, the current one last.
    #[cfg_attr(test, schemars(length(min = 1)))]
    attempts: Vec<AttemptDetail<'a>>,
    /// Whether more than one payment of the order was confirmed: a person has to refund one of them.
    paid_twice: bool,
    /// When the payment of the current attempt was last read at Compago, whether or not that succeeded; null before there is one.
    checked_at: Option<UnixMillis>,
    /// Whether that read succeeded; null while it is under way, and before there is a payment.
    check_answered: Option<bool>,
    /// How many milliseconds to wait before an operator may have the payment read; null if the payment is not open, or `checksLeft` is 0.
    check_after_ms: Option<u32>,
    /// How many more reads of the payment operators may cause.
    checks_left: u16,
    /// Whether the payer's data is still stored.
    payer_known: bool,
    /// The history, the oldest entry first.
    history: &'a [Entry],
    /// The webhooks about the order.
    deliveries: &'a [DeliveryView<'a>],
}

/// An attempt to have an order paid.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "Attempt"))]
#[serde(rename_all = "camelCase")]
struct AttemptDetail<'a> {
    /// Its number, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    number: u8,
    /// Its external id.
    external_id: &'a ExternalId,
    /// Compago's id of its payment; null until an answer of Compago's has proved which payment it is.
    payment_id: Option<PaymentId>,
    /// When it began.
    started_at: UnixMillis,
    /// When its link expires.
    expires_at: UnixMillis,
    /// How often its payment was read.
    reads: u16,
    /// How it ended.
    end: AttemptEnd,
    /// Why a person has to look at it.
    #[cfg_attr(test, schemars(with = "Option<ReviewReason>"))]
    on_hold: Option<&'static str>,
    /// When an answer of Compago's last named another payment id, external id, amount, currency or home page than the payment was created
    /// with; null if none did, or once a later answer named the first four together as they were. Until then, no confirmation that leaves
    /// one of them out makes the order paid.
    contradicted_at: Option<UnixMillis>,
}

impl<'a> AttemptDetail<'a> {
    fn new(attempt: &'a Attempt, end: AttemptEnd) -> Self {
        Self {
            number: attempt.number,
            external_id: &attempt.external_id,
            payment_id: attempt.binding.as_ref().map(|binding| binding.payment_id),
            started_at: attempt.started_at,
            expires_at: attempt.expires_at,
            reads: attempt.polls.reads(),
            end,
            on_hold: attempt.review_reason().map(ReviewReason::code),
            contradicted_at: attempt.contradicted_at(),
        }
    }
}
