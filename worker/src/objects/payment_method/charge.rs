//! Charging a saved card: one charge at a time, each made once.

use std::rc::Rc;
use std::time::Duration;

use compago::edge::saved_card::{ChargeStatus, SavedCardStatus};
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::charge::{Charge, Event};
use compago::flow::machine::{Input, Machine as _};
use compago::value::Reference;
use worker::Response;

use super::object::PaymentMethodHandler;
use super::store;
use crate::http::error::{ApiError, ProviderCall};
use crate::http::respond::json_answer;
use crate::objects::durable::changes::Deadline;
use crate::runtime::clock::now;

/// How long a charge waits for another one of the card: longer than one that goes well.
const TURN: Duration = Duration::from_secs(5);

impl PaymentMethodHandler {
    /// Makes the charge, or tells what became of it.
    ///
    /// # Errors
    /// [`ApiError::InFlight`], [`ApiError::CardNotActive`], [`ApiError::CardBusy`], or what Compago said.
    pub(super) async fn place_charge(self: &Rc<Self>, terms: ChargeTerms) -> Result<Response, ApiError> {
        let key = terms.key;
        if self.creating.borrow().contains(&key) {
            return Err(ApiError::InFlight);
        }
        self.creating.borrow_mut().push(key);
        let result = self.create_charge(terms).await;
        self.creating.borrow_mut().retain(|other| *other != key);
        told(&result?)
    }

    async fn create_charge(self: &Rc<Self>, terms: ChargeTerms) -> Result<Charge, ApiError> {
        let key = terms.key;
        let mut deadline = Deadline::standard();
        match self.existing_charge(key)? {
            Some(charge) if !charge.is_stalled() => {}
            Some(_) | None => self.begin_charge(terms, &mut deadline).await?,
        }
        let answerable = || {
            let charge = self.charge(key)?;
            let known = charge.status() != ChargeStatus::Pending || charge.payment_id().is_some();
            Ok(known || charge.is_stalled())
        };
        self.wait_until(answerable, &mut deadline).await?;
        self.charge(key)
    }

    /// Begins the charge, or goes on with it, once the card is free.
    async fn begin_charge(self: &Rc<Self>, terms: ChargeTerms, deadline: &mut Deadline) -> Result<(), ApiError> {
        let card = self.known_card(terms.method, ProviderCall::Charge, deadline).await?;
        if card.status() != SavedCardStatus::Active || card.is_being_revoked() {
            return Err(ApiError::CardNotActive);
        }
        if !self.wait_until(|| self.is_free(terms.key), &mut Deadline::of(TURN)).await? {
            return Err(ApiError::CardBusy);
        }
        // Nothing comes between finding the card free and saving that it is not.
        let step = match self.existing_charge(terms.key)? {
            Some(charge) => charge.step(Input::Event(Event::ResumeAsked), now()),
            None => Charge::place(terms, now()),
        };
        self.take(step.into())
    }

    fn existing_charge(&self, key: Reference) -> Result<Option<Charge>, ApiError> {
        Ok(store::charge(&self.durable.database()?, key)?)
    }

    /// Whether no other charge of the card is under way. One that is stalled has charged nothing, and begins anew in its turn.
    fn is_free(&self, key: Reference) -> Result<bool, ApiError> {
        let open = store::open_charges(&self.durable.database()?, key)?;
        Ok(!open.iter().any(Charge::is_under_way))
    }
}

fn told(charge: &Charge) -> Result<Response, ApiError> {
    if let Some(reason) = charge.refusal() {
        return Err(ApiError::from_reason(reason, ProviderCall::Charge));
    }
    if charge.is_stalled() {
        return Err(ApiError::ProviderUnavailable(ProviderCall::Charge));
    }
    let status = match charge.status() {
        ChargeStatus::Confirmed | ChargeStatus::Declined | ChargeStatus::Refunded => 201,
        ChargeStatus::Pending if charge.payment_id().is_some() => 201,
        ChargeStatus::Pending | ChargeStatus::Unknown | ChargeStatus::OnHold => 202,
    };
    Ok(json_answer(status, &charge.view())?)
}
