//! Giving back a charge of a saved card: once, whoever asks.

use std::rc::Rc;

use compago::edge::saved_card::RefundStatus;
use compago::flow::refund::Refund;
use compago::flow::refund::terms::RefundTerms;
use compago::value::{Amount, CardPaymentId, Currency};
use serde::Serialize;
use worker::Response;

use super::object::Shell;
use super::store;
use crate::http::error::Fault;
use crate::http::respond::json_answer;
use crate::objects::durable::waiting::Patience;
use crate::runtime::clock::now;

impl Shell {
    /// Gives the charge back, or tells what became of that. One that was refused may be asked for again, with another key.
    ///
    /// # Errors
    /// [`Fault::PaymentNotConfirmed`], [`Fault::NotFound`], or what Compago said.
    pub(super) async fn place_refund(self: &Rc<Self>, terms: RefundTerms) -> Result<Response, Fault> {
        let payment = terms.payment;
        let begun = match store::refund(&self.durable.database()?, payment)? {
            Some(refund) => refund.status() != RefundStatus::Refused || refund.terms().key == terms.key,
            None => false,
        };
        if !begun {
            self.take(Refund::place(terms, now()).into())?;
        }
        let over = || Ok(self.refund(payment)?.status() != RefundStatus::Pending);
        self.wait_until(over, &mut Patience::fresh()).await?;
        told(&self.refund(payment)?)
    }
}

fn told(refund: &Refund) -> Result<Response, Fault> {
    if refund.status() == RefundStatus::Refused {
        return Err(Fault::of_unrefunded(refund.refusal()));
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
