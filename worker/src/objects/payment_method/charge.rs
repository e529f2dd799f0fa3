//! Charging a saved card: one charge at a time, each made once.

use std::rc::Rc;
use std::time::Duration;

use compago::edge::saved_card::{ChargeStatus, SavedCardStatus};
use compago::flow::charge::terms::ChargeTerms;
use compago::flow::charge::{Charge, Event};
use compago::value::Reference;
use worker::Response;

use super::object::Shell;
use super::store;
use crate::http::error::{Fault, ProviderCall};
use crate::http::respond::json_answer;
use crate::objects::durable::waiting::Patience;
use crate::runtime::clock::now;

/// How long a charge waits for another one of the card: longer than one that goes well.
const TURN: Duration = Duration::from_secs(5);

impl Shell {
    /// Makes the charge, or tells what became of it.
    ///
    /// # Errors
    /// [`Fault::InFlight`], [`Fault::CardNotActive`], [`Fault::CardBusy`], or what Compago said.
    pub(super) async fn place_charge(self: &Rc<Self>, terms: ChargeTerms) -> Result<Response, Fault> {
        let key = terms.key;
        if self.making.borrow().contains(&key) {
            return Err(Fault::InFlight);
        }
        self.making.borrow_mut().push(key);
        let made = self.make_charge(terms).await;
        self.making.borrow_mut().retain(|other| *other != key);
        told(&made?)
    }

    async fn make_charge(self: &Rc<Self>, terms: ChargeTerms) -> Result<Charge, Fault> {
        let key = terms.key;
        let mut patience = Patience::fresh();
        match self.existing_charge(key)? {
            Some(charge) if !charge.is_stalled() => {}
            Some(_) | None => self.begin_charge(terms, &mut patience).await?,
        }
        let answerable = || {
            let charge = self.charge(key)?;
            let known = charge.status() != ChargeStatus::Pending || charge.payment_id().is_some();
            Ok(known || charge.is_stalled())
        };
        self.wait_until(answerable, &mut patience).await?;
        self.charge(key)
    }

    /// Begins the charge, or goes on with it, once the card is free.
    async fn begin_charge(self: &Rc<Self>, terms: ChargeTerms, patience: &mut Patience) -> Result<(), Fault> {
        let card = self.known_card(terms.method, ProviderCall::Charge, patience).await?;
        if card.status() != SavedCardStatus::Active || card.is_being_revoked() {
            return Err(Fault::CardNotActive);
        }
        if !self.wait_until(|| self.is_free(terms.key), &mut Patience::of(TURN)).await? {
            return Err(Fault::CardBusy);
        }
        // Nothing comes between finding the card free and saving that it is not.
        let step = match self.existing_charge(terms.key)? {
            Some(charge) => charge.resume(now()).step(Event::AlarmRang, now()),
            None => Charge::place(terms, now()),
        };
        self.take(step.into())
    }

    fn existing_charge(&self, key: Reference) -> Result<Option<Charge>, Fault> {
        Ok(store::charge(&self.durable.database()?, key)?)
    }

    /// Whether no other charge of the card is under way. One that is stalled has charged nothing, and begins anew in its turn.
    fn is_free(&self, key: Reference) -> Result<bool, Fault> {
        let open = store::open_charges(&self.durable.database()?, key)?;
        Ok(!open.iter().any(Charge::is_under_way))
    }
}

fn told(charge: &Charge) -> Result<Response, Fault> {
    if let Some(reason) = charge.refusal() {
        return Err(Fault::blaming(reason, ProviderCall::Charge));
    }
    if charge.is_stalled() {
        return Err(Fault::ProviderUnavailable(ProviderCall::Charge));
    }
    let status = match charge.status() {
        ChargeStatus::Confirmed | ChargeStatus::Declined | ChargeStatus::Refunded => 201,
        ChargeStatus::Pending if charge.payment_id().is_some() => 201,
        ChargeStatus::Pending | ChargeStatus::Unknown | ChargeStatus::OnHold => 202,
    };
    Ok(json_answer(status, &charge.view())?)
}
