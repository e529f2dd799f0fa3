//! How an order looks from outside, and what may be asked of it.

use thiserror::Error;

use super::attempt::{Attempt, Outcome, Stage};
use super::fulfilment::Fulfilment;
use super::terms::Terms;
use super::{AttemptCall, Kind, MAX_ATTEMPTS, MAX_CANCELLATIONS, Order};
use crate::edge::delivery::DeliveryView;
use crate::edge::items;
use crate::edge::order::{OrderStatus, OrderView};
use crate::edge::order_detail::{AttemptDetail, AttemptEnd, OrderDetail};
use crate::edge::shipping::{Customer, ShippingView};
use crate::error::Reason;
use crate::value::UnixMillis;

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
        self.view_of(self.current.polls.payer_page_at(), now)
    }

    /// What a page shows that may have the payment read `payer_page_at`.
    fn view_of(&self, payer_page_at: Option<UnixMillis>, now: UnixMillis) -> OrderView {
        OrderView {
            reference: self.terms.reference.to_string(),
            status: self.status(),
            amount: self.terms.amount,
            currency: self.terms.currency,
            description: self.terms.description.to_string(),
            items: items::views(&self.terms.items),
            shipping: self.terms.shipping.as_ref().map(ShippingView::from),
            created_at: self.placed_at(),
            paid_at: self.paid_at(),
            fulfilment: self.fulfilment.as_ref().map(Fulfilment::view),
            expires_at: self.current.expires_at,
            attempt: self.current.number,
            poll_after_ms: self.poll_after_ms(payer_page_at, now),
            version: self.version,
        }
    }

    /// Returns the order's detail for the operator, without the payer's data.
    pub fn detail(&self, deliveries: Vec<DeliveryView>, now: UnixMillis) -> OrderDetail {
        let Attempt { polls, binding, .. } = &self.current;
        let bound = binding.as_ref();
        OrderDetail {
            order: self.view_of(polls.operator_page_at(), now),
            external_id: self.current.external_id.clone(),
            checkout_url: self.current.link().map(|link| link.url().as_str().to_owned()),
            attempts: self.attempts().map(|attempt| AttemptDetail::new(attempt, self.end_of(attempt))).collect(),
            paid_twice: self.paid_twice,
            checked_at: bound.map(|_| polls.last_read_at()),
            check_answered: bound.filter(|_| !self.is_read_in_flight()).map(|_| polls.is_answered()),
            check_after_ms: self.check_at().map(|at| u32::try_from(at.since(now).as_millis()).unwrap_or(u32::MAX)),
            checks_left: polls.checks_left(),
            items: items::views(&self.terms.items),
            metadata: self.terms.metadata.clone(),
            metadata_source: self.terms.metadata_source,
            customer: self.terms.billing_information.as_ref().map(Customer::from),
            fulfilment: self.fulfilment.as_ref().map(Fulfilment::detail),
            payer_known: self.terms.billing_information.is_some(),
            history: self.whole_history(),
            deliveries,
        }
    }

    fn poll_after_ms(&self, payer_page_at: Option<UnixMillis>, now: UnixMillis) -> Option<u32> {
        if !self.status().is_pending() {
            return None;
        }
        if self.in_flight.is_some() {
            return Some(SOON_MS);
        }
        let next = match self.current.stage {
            Stage::Open { .. } => payer_page_at.or(self.due),
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

impl AttemptDetail {
    fn new(attempt: &Attempt, end: AttemptEnd) -> Self {
        Self {
            number: attempt.number,
            external_id: attempt.external_id.clone(),
            payment_id: attempt.binding.as_ref().map(|binding| binding.payment_id),
            started_at: attempt.started_at,
            expires_at: attempt.expires_at,
            reads: attempt.polls.reads(),
            end,
            on_hold: attempt.review_reason().map(|reason| reason.code().to_owned()),
            contradicted_at: attempt.contradicted_at(),
        }
    }
}
