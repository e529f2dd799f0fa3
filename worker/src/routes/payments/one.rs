//! One payment: what Compago answers about it, its order's detail, and cancelling it.

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::cancel::CancelOneTimePayment;
use compago::api::one_time_payment::get::GetOneTimePayment;
use compago::edge::Role;
use compago::edge::one_time_payment::{PaymentStatus, PaymentView};
use compago::endpoint::{CallError, call};
use compago::json::{self, Json, ShapeError};
use compago::problem::Locale;
use compago::value::{PaymentId, Reference, UnixMillis};
use serde::Serialize;
use worker::{Env, Response};

use super::reads::await_turn;
use super::reference_in;
use crate::compago::CompagoApi;
use crate::config::KeyedConfig;
use crate::http::error::{ApiError, InternalError, ProviderCall};
use crate::http::respond::json_answer;
use crate::objects::index_client;
use crate::objects::order;
use crate::objects::order::message::Command;
use crate::runtime::clock::now;

/// A request about one payment.
pub(super) struct PaymentRequest<'a> {
    pub(super) id: PaymentId,
    /// What is wanted, as refusals name it.
    pub(super) wanted: ProviderCall,
    /// The role of whoever asks.
    pub(super) role: Role,
    pub(super) api: &'a CompagoApi,
    pub(super) locale: Locale,
    pub(super) config: &'a KeyedConfig,
    pub(super) env: &'a Env,
}

/// What is known of the payment.
struct Found {
    payment: PaymentView,
    /// Its order's, as the operator reads it.
    detail: Option<Json>,
    /// How the order's attempt ended that it belongs to.
    end: End,
    /// What Compago's list showed of it when it was last read; asked for where neither a read nor an order names the amount.
    listed: Option<Json>,
}

/// How an attempt ended, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The order follows the payment.
    Open,
    Paid,
    Cancelled,
    /// A person must review it.
    NeedsReview,
    /// In some other way, or it is no order's.
    Other,
}

impl PaymentRequest<'_> {
    /// Shows the payment, and its order if it has one.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], or what Compago said.
    pub(super) async fn show(&self) -> Result<Response, ApiError> {
        let mut found = self.find().await?;
        if found.payment.amount.is_none() && found.detail.is_none() {
            let (reference, listed) = index_client::listed(self.id, self.env).await?;
            found.payment.reference = found.payment.reference.or(reference);
            found.detail = self.detail(found.payment.reference).await?;
            found.listed = Some(listed);
        }
        found.answer()
    }

    /// Cancels the payment: through its order, if the order follows it, so that the order is cancelled and its webhook is sent.
    ///
    /// # Errors
    /// [`ApiError::NotCancellable`]; the order's own refusals; what Compago said.
    pub(super) async fn cancel(&self) -> Result<Response, ApiError> {
        let mut found = self.find().await?;
        match (found.end, found.payment.reference) {
            (End::Paid, _) => return Err(ApiError::OrderPaid),
            (End::Open, Some(reference)) => return self.cancel_order(reference).await,
            (End::Open | End::Cancelled | End::NeedsReview | End::Other, _) => {}
        }
        if !found.payment.is_payable() {
            return Err(ApiError::NotCancellable);
        }
        let result = call(&CancelOneTimePayment { id: self.id }, self.api).await;
        let done = result.as_ref().is_ok_and(|payment| payment.id == self.id && payment.status == Status::Cancelled);
        if !done {
            let error = match &result {
                Err(CallError::Refused(refusal)) => ApiError::from_reason(refusal.reason, ProviderCall::Cancel),
                Ok(_) | Err(CallError::Undelivered(_) | CallError::Decode(_)) => {
                    ApiError::ProviderUnavailable(ProviderCall::Cancel)
                }
            };
            match self.read(None).await {
                Ok(seen) if seen.status == PaymentStatus::Cancelled => {}
                Ok(seen) if !seen.is_payable() => return Err(ApiError::NotCancellable),
                Err(ApiError::NotFound) => return Err(ApiError::NotFound),
                // A read without an answer leaves the outcome of the cancel call.
                Ok(_) | Err(_) => return Err(error),
            }
        }
        found.payment.status = PaymentStatus::Cancelled;
        found.answer()
    }

    async fn cancel_order(&self, reference: Reference) -> Result<Response, ApiError> {
        let answer = order::send(&reference, Command::Cancel, self.locale, self.env).await?;
        if answer.status_code() != 200 {
            return Ok(answer);
        }
        let detail = self.detail(Some(reference)).await?;
        let (Some(order), Some(attempt)) = (&detail, attempt_of(detail.as_ref(), self.id)) else {
            return Err(ApiError::NotCancellable);
        };
        match attempt.end {
            End::Cancelled => {}
            // The order goes on cancelling it until Compago says what became of it.
            End::Open => return Err(ApiError::ProviderUnavailable(ProviderCall::Cancel)),
            End::Paid => return Err(ApiError::OrderPaid),
            End::NeedsReview => return Err(ApiError::OrderOnHold),
            End::Other => return Err(ApiError::NotCancellable),
        }
        let mut payment = attempt.payment(order, self.id, reference).map_err(InternalError::from)?;
        payment.status = PaymentStatus::Cancelled;
        Found { payment, detail, end: End::Cancelled, listed: None }.answer()
    }

    async fn find(&self) -> Result<Found, ApiError> {
        let listed = index_client::reference_of(self.id, self.env).await?;
        let mut detail = self.detail(listed).await?;
        let attempt = attempt_of(detail.as_ref(), self.id);
        if let (Some(reference), Some(order), Some(attempt)) = (listed, &detail, &attempt)
            && attempt.end == End::Open
        {
            let payment = attempt.payment(order, self.id, reference).map_err(InternalError::from)?;
            return Ok(Found { payment, detail, end: End::Open, listed: None });
        }
        let mut payment = self.read(attempt.and_then(|attempt| attempt.last_at)).await?;
        payment.reference = payment.reference.or(listed);
        if detail.is_none() {
            detail = self.detail(payment.reference).await?;
        }
        let end = attempt_of(detail.as_ref(), self.id).map_or(End::Other, |attempt| attempt.end);
        Ok(Found { payment, detail, end, listed: None })
    }

    async fn read(&self, earlier: Option<UnixMillis>) -> Result<PaymentView, ApiError> {
        await_turn(self.id, earlier).await;
        let reading = call(&GetOneTimePayment { id: self.id }, self.api).await;
        let reading = reading.map_err(|error| ApiError::from_call_error(&error, self.wanted))?;
        let reference = reference_in(reading.redirect_url.as_deref(), self.config);
        Ok(PaymentView::of_read(self.id, reading, reference, now()))
    }

    /// Returns the order's detail; `None` if there is no such order.
    async fn detail(&self, reference: Option<Reference>) -> Result<Option<Json>, ApiError> {
        let Some(reference) = reference else { return Ok(None) };
        let mut answer = order::send(&reference, Command::Detail { role: self.role }, self.locale, self.env).await?;
        if answer.status_code() == 404 {
            return Ok(None);
        }
        Ok(Some(json::parse(&answer.text().await?).map_err(InternalError::from)?))
    }
}

impl Found {
    fn answer(&self) -> Result<Response, ApiError> {
        let body = Answer { payment: &self.payment, order: self.detail.as_ref(), listed: self.listed.as_ref() };
        Ok(json_answer(200, &body)?)
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    payment: &'a PaymentView,
    order: Option<&'a Json>,
    listed: Option<&'a Json>,
}

/// The order's attempt that the payment belongs to.
struct Attempt {
    external_id: String,
    expires_at: UnixMillis,
    end: End,
    /// When something last happened to the order, which may be because the payment was read.
    last_at: Option<UnixMillis>,
}

fn attempt_of(detail: Option<&Json>, id: PaymentId) -> Option<Attempt> {
    let attempts = detail?.get("attempts").ok()?.entries().ok()?;
    let attempt = attempts.iter().find(|attempt| attempt.field("paymentId") == Ok(Some(id)))?;
    let last = detail?.get("history").ok()?.entries().ok()?.last();
    Some(Attempt {
        external_id: attempt.field("externalId").ok()?,
        expires_at: attempt.field("expiresAt").ok()?,
        end: match attempt.get("end").ok()?.text().ok()? {
            "open" => End::Open,
            "paid" | "paid-again" => End::Paid,
            "cancelled" => End::Cancelled,
            "on-hold" => End::NeedsReview,
            _ => End::Other,
        },
        last_at: last.and_then(|last| last.field("at").ok()),
    })
}

impl Attempt {
    /// The payment as it was proved when it was bound to the order.
    fn payment(&self, detail: &Json, id: PaymentId, reference: Reference) -> Result<PaymentView, ShapeError> {
        let order = detail.get("order")?;
        Ok(PaymentView {
            id,
            status: PaymentStatus::Pending,
            expired: self.expires_at <= now(),
            amount: Some(order.field("amount")?),
            currency: order.field("currency")?,
            description: order.field("description")?,
            external_id: Some(self.external_id.clone()),
            created_at: None,
            updated_at: None,
            expires_at: Some(self.expires_at),
            payer: None,
            reference: Some(reference),
        })
    }
}
