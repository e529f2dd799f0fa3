//! The charges of a card as Compago lists them, with our own names for those that were made here.

use std::rc::Rc;

use compago::api::payment_method::payment::{CardPayment, GetCardPayment};
use compago::api::payment_method::payments::ListCardPayments;
use compago::edge::card_list::CardPaymentView;
use compago::edge::list::{ListQuery, PageView};
use compago::endpoint::call;
use compago::value::{CardPaymentId, PaymentMethodId};
use worker::Response;

use super::object::PaymentMethodMachines;
use super::store;
use crate::http::error::{ApiError, ProviderCall};
use crate::http::respond::json_answer;

impl PaymentMethodMachines {
    /// Lists the card's charges, with our own names for those that were made here.
    ///
    /// # Errors
    /// [`ApiError::InvalidQuery`], or what Compago said.
    pub(super) async fn payments(self: &Rc<Self>, method: PaymentMethodId, query: &str) -> Result<Response, ApiError> {
        let asked = ListQuery::parse(query).ok_or(ApiError::InvalidQuery)?;
        let ListQuery { status, page, page_size } = asked.clone();
        let listed = call(&ListCardPayments { method, status, page, page_size }, &self.api()?).await;
        let listed = listed.map_err(|error| ApiError::from_call_error(&error, ProviderCall::Read))?;
        Ok(json_answer(200, &PageView::of(&asked, listed, |payment| self.named(payment)))?)
    }

    /// Reads one of the card's charges.
    ///
    /// # Errors
    /// What Compago said.
    pub(super) async fn payment(
        self: &Rc<Self>,
        method: PaymentMethodId,
        payment: CardPaymentId,
    ) -> Result<Response, ApiError> {
        let read = call(&GetCardPayment { method, id: payment }, &self.api()?).await;
        let read = read.map_err(|error| ApiError::from_call_error(&error, ProviderCall::Read))?;
        if read.id != payment {
            return Err(ApiError::ProviderUnavailable(ProviderCall::Read));
        }
        Ok(json_answer(200, &self.named(read))?)
    }

    /// A charge with our own name for it and what it was for; one that cannot be looked up has neither.
    fn named(&self, payment: CardPayment) -> CardPaymentView {
        let database = self.durable.existing().ok().flatten();
        let result = database.and_then(|database| store::charge_of_payment(&database, payment.id).ok()).flatten();
        let (reference, description) =
            result.map(|charge| (charge.terms().key, charge.terms().description.clone())).unzip();
        CardPaymentView::new(payment, reference, description.flatten())
    }
}
