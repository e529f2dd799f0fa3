//! Refunding a charge of a saved card: once, however often it is asked for.

use std::rc::Rc;

use compago::edge::card_answers::CardRefund;
use compago::edge::saved_card::RefundStatus;
use compago::flow::refund::Refund;
use compago::flow::refund::terms::RefundTerms;
use compago::value::Currency;
use worker::Response;

use super::object::PaymentMethodMachines;
use super::store::{self, Name};
use crate::http::error::ApiError;
use crate::http::respond::json_answer;
use crate::objects::durable::changes::Deadline;
use crate::runtime::clock::now;

impl PaymentMethodMachines {
    /// Refunds the charge, or returns what became of that. A refund that was refused may be asked for again, with another key.
    ///
    /// # Errors
    /// [`ApiError::PaymentNotConfirmed`], [`ApiError::NotFound`], or what Compago said.
    pub(super) async fn place_refund(self: &Rc<Self>, terms: RefundTerms) -> Result<Response, ApiError> {
        let payment = terms.payment;
        let known: Option<Refund> = store::find(&self.durable.database()?, Name::Refund(payment))?;
        let begun = match known {
            Some(refund) => refund.status() != RefundStatus::Refused || refund.terms().key == terms.key,
            None => false,
        };
        if !begun {
            self.apply(Refund::place(terms, now()), |_| Ok(()))?;
        }
        let is_over = |refund: &Refund| refund.status() != RefundStatus::Pending;
        respond(&self.wait_for(payment, is_over, &mut Deadline::standard()).await?)
    }
}

fn respond(refund: &Refund) -> Result<Response, ApiError> {
    if refund.status() == RefundStatus::Refused {
        return Err(ApiError::from_refund_failure(refund.refusal()));
    }
    let body = CardRefund {
        payment: refund.terms().payment,
        status: refund.status(),
        amount: refund.amount(),
        currency: Currency::Mxn,
        metadata: refund.terms().metadata.clone(),
    };
    Ok(json_answer(200, &body)?)
}
