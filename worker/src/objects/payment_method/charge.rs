//! Charging a saved card: one charge at a time, each made once.

use std::rc::Rc;
use std::time::Duration;

use compago::edge::saved_card::{ChargeStatus, SavedCardStatus};
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::charge::{Charge, Event};
use compago::flow::machine::{Input, Machine as _};
use compago::value::Reference;
use worker::Response;

use super::object::PaymentMethodMachines;
use super::store::{self, Name};
use crate::http::error::{ApiError, ProviderCall};
use crate::http::respond::json_answer;
use crate::objects::durable::changes::Deadline;
use crate::runtime::clock::now;

/// How long a charge waits for another one of the card: longer than one that goes well.
const TURN: Duration = Duration::from_secs(5);

impl PaymentMethodMachines {
    /// Creates the charge, or returns what became of it.
    ///
    /// # Errors
    /// [`ApiError::InFlight`], [`ApiError::CardNotActive`], [`ApiError::CardBusy`], or what Compago said.
    pub(super) async fn place_charge(self: &Rc<Self>, terms: ChargeTerms) -> Result<Response, ApiError> {
        let key = terms.key;
        respond(&self.memory.run(key, self.create_charge(terms)).await?)
    }

    async fn create_charge(self: &Rc<Self>, terms: ChargeTerms) -> Result<Charge, ApiError> {
        let key = terms.key;
        let mut deadline = Deadline::standard();
        match self.existing_charge(key)? {
            Some(charge) if !charge.is_stalled() => {}
            Some(_) | None => self.begin_charge(terms, &mut deadline).await?,
        }
        let is_answerable = |charge: &Charge| {
            let is_known = charge.status() != ChargeStatus::Pending || charge.payment_id().is_some();
            is_known || charge.is_stalled()
        };
        self.wait_for(key, is_answerable, &mut deadline).await
    }

    /// Begins the charge, or goes on with it, once the card is free.
    async fn begin_charge(self: &Rc<Self>, terms: ChargeTerms, deadline: &mut Deadline) -> Result<(), ApiError> {
        let card = self.known_card(terms.method, ProviderCall::Charge, deadline).await?;
        if card.status() != SavedCardStatus::Active || card.is_being_revoked() {
            return Err(ApiError::CardNotActive);
        }
        self.wait_for_turn(terms.key).await?;
        // Nothing comes between finding the card free and saving that it is not.
        let step = match self.existing_charge(terms.key)? {
            Some(charge) => charge.step(Input::Event(Event::ResumeAsked), now()),
            None => Charge::place(terms, now()),
        };
        self.apply(step, |_| Ok(()))
    }

    /// Waits until no other charge of the card is under way.
    ///
    /// # Errors
    /// [`ApiError::CardBusy`].
    async fn wait_for_turn(&self, key: Reference) -> Result<(), ApiError> {
        let mut deadline = Deadline::of(TURN);
        let mut in_time = true;
        while !self.is_free(key)? {
            if !in_time {
                return Err(ApiError::CardBusy);
            }
            in_time = self.durable.changes.changed(&mut deadline).await;
        }
        Ok(())
    }

    fn existing_charge(&self, key: Reference) -> Result<Option<Charge>, ApiError> {
        Ok(store::find(&self.durable.database()?, Name::Charge(key))?)
    }

    /// Whether no other charge of the card is under way. One that is stalled has charged nothing, and begins anew in its turn.
    fn is_free(&self, key: Reference) -> Result<bool, ApiError> {
        let open = store::open_charges(&self.durable.database()?, key)?;
        Ok(!open.iter().any(Charge::is_under_way))
    }
}

fn respond(charge: &Charge) -> Result<Response, ApiError> {
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
