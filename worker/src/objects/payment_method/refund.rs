//! Giving back a charge of a saved card: once, whoever asks.

use std::rc::Rc;

use compago::edge::saved_card::RefundStatus;
use compago::flow::refund::Refund;
use compago::flow::refund::terms::RefundTerms;
use compago::value::{Amount, CardPaymentId, Currency};
use serde::Serialize;
use worker::Response;

use super::object::PaymentMethodHandler;
use super::store;
use crate::http::error::ApiError;
use crate::http::respond::json_answer;
use crate::objects::durable::changes::Deadline;
use crate::runtime::clock::now;

impl PaymentMethodHandler {
    /// Gives the charge back, or tells what became of that. One that was refused may be asked for again, with another key.
    ///
    /// # Errors
    /// [`ApiError::PaymentNotConfirmed`], [`ApiError::NotFound`], or what Compago said.
    pub(super) async fn place_refund(self: &Rc<Self>, terms: RefundTerms) -> Result<Response, ApiError> {
        let payment = terms.payment;
        let begun = match store::refund(&self.durable.database()?, payment)? {
            Some(refund) => refund.status() != RefundStatus::Refused || refund.terms().key == terms.key,
            None => false,
        };
        if !begun {
            self.take(Refund::place(terms, now()).into())?;
        }
        let over = || Ok(self.refund(payment)?.status() != RefundStatus::Pending);
        self.wait_until(over, &mut Deadline::standard()).await?;
        told(&self.refund(payment)?)
    }
}

fn told(refund: &Refund) -> Result<Response, ApiError> {
    if refund.status() == RefundStatus::Refused {
        return Err(ApiError::from_refund_failure(refund.refusal()));
    }
    let body = RefundAnswer {
        payment: refund.terms().payment,
        status: refund.status(),
        amount: refund.amount(),
        currency: Currency::Mxn,
    };
    Ok(json_answer(200, &body)?)
}

#[derive(Serialize)]
struct RefundAnswer {
    payment: CardPaymentId,
    status: RefundStatus,
    amount: Option<Amount>,
    currency: Currency,
}
