//! How a saved card's object takes an event about the card, a charge or a refund: load, step, save, call, and feed the
//! answer back.
//!
//! A step is saved with its pending call before the call is made, and a pending call is made once: by whoever saved it. One that
//! was never made counts as lost, and the machine finds out. So no charge is ever sent twice.

use std::rc::Rc;

use compago::api::payment_method::payments::all_payments;
use compago::edge::saved_card::ChargeStatus;
use compago::endpoint::call;
use compago::flow::charge::search::Others;
use compago::flow::charge::{self, Charge};
use compago::flow::machine::{Input, Machine, PendingCall, Step};
use compago::flow::record;
use compago::flow::refund::{self, Refund};
use compago::flow::saved_card::{self, SavedCard};
use compago::json;
use compago::value::{CardPaymentId, Reference};
use compago::webhook::{Event, EventId, EventKind};

use serde::Serialize;
use serde_json::json;

use super::object::PaymentMethodHandler;
use super::store::{self, Name, Record};
use crate::compago::CompagoApi;
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::database::Database;
use crate::objects::durable::outbox::PendingDelivery;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// A step that was taken, whosever it is.
pub(super) struct StepResult {
    record: Record,
    owed: Vec<PendingDelivery>,
    next_call: Option<NextCall>,
}

/// A call that a step asks for, with the name of whose it is.
enum NextCall {
    Card(PendingCall<SavedCard>),
    Charge(Reference, PendingCall<Charge>),
    Refund(CardPaymentId, PendingCall<Refund>),
}

impl StepResult {
    fn new(name: Name, machine: &impl Machine) -> Self {
        let record = Record { name, json: record::to_string(machine), wake_at: machine.next_wake(), listing: None };
        Self { record, owed: Vec::new(), next_call: None }
    }

    fn owe<Data: Serialize>(&mut self, id: EventId, event: &Event<Data>) {
        // What needs a person is said aloud as well: a shop may have no endpoint for webhooks.
        if event.kind == EventKind::PaymentOnHold {
            log::write(Level::Error, "payment-on-hold", json!({ "id": id }));
        }
        self.owed.push(PendingDelivery::new(id, event.kind, event.timestamp, json::to_string(event)));
    }
}

impl From<&SavedCard> for StepResult {
    fn from(card: &SavedCard) -> Self {
        Self::new(Name::Card, card)
    }
}

impl From<Step<SavedCard>> for StepResult {
    fn from(step: Step<SavedCard>) -> Self {
        let mut result = Self::from(&step.machine);
        step.notices.into_iter().for_each(|notice| result.owe(notice.id, &notice.event));
        result.next_call = step.call.map(NextCall::Card);
        result
    }
}

impl From<Step<Charge>> for StepResult {
    fn from(step: Step<Charge>) -> Self {
        let key = step.machine.terms().key;
        let mut result = Self::new(Name::Charge(key), &step.machine);
        result.record.listing = Some(step.machine.listing());
        step.notices.into_iter().for_each(|notice| result.owe(notice.id, &notice.event));
        result.next_call = step.call.map(|call| NextCall::Charge(key, call));
        result
    }
}

impl From<Step<Refund>> for StepResult {
    fn from(step: Step<Refund>) -> Self {
        let payment = step.machine.terms().payment;
        let mut result = Self::new(Name::Refund(payment), &step.machine);
        result.record.listing = Some(step.machine.listing());
        step.notices.into_iter().for_each(|notice| result.owe(notice.id, &notice.event));
        result.next_call = step.call.map(|call| NextCall::Refund(payment, call));
        result
    }
}

impl PaymentMethodHandler {
    /// The object's database.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if it holds nothing.
    pub(super) fn database(&self) -> Result<Database, ApiError> {
        self.durable.existing()?.ok_or(ApiError::NotFound)
    }

    /// The card.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    pub(super) fn card(&self) -> Result<SavedCard, ApiError> {
        store::card(&self.database()?)?.ok_or(ApiError::NotFound)
    }

    /// A charge.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    pub(super) fn charge(&self, key: Reference) -> Result<Charge, ApiError> {
        store::charge(&self.database()?, key)?.ok_or(ApiError::NotFound)
    }

    /// The refund of a charge.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    pub(super) fn refund(&self, payment: CardPaymentId) -> Result<Refund, ApiError> {
        store::refund(&self.database()?, payment)?.ok_or(ApiError::NotFound)
    }

    /// Compago's API.
    ///
    /// # Errors
    /// [`ApiError::Misconfigured`].
    pub(super) fn api(&self) -> Result<CompagoApi, ApiError> {
        let config = Config::read(&self.durable.env)?;
        Ok(CompagoApi::new(&config))
    }

    /// Takes an event about the card.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if nothing is known of it.
    pub(super) fn card_event(self: &Rc<Self>, event: saved_card::Event) -> Result<(), ApiError> {
        let result = StepResult::from(self.card()?.step(Input::Event(event), now()));
        self.take(result)
    }

    /// Saves a step, and pursues in the background what it asks for.
    ///
    /// # Errors
    /// Those of the storage.
    pub(super) fn take(self: &Rc<Self>, result: StepResult) -> Result<(), ApiError> {
        if let Some(next_call) = self.save(result)? {
            let handler = Rc::clone(self);
            self.durable.in_background(async move { handler.run_calls(next_call).await });
        }
        Ok(())
    }

    /// The alarm: the machines that are due, and what the desk and the merchant are owed, which holds up nothing.
    pub(super) async fn on_alarm(self: &Rc<Self>) -> Result<(), ApiError> {
        // An alarm of an object that has lost its storage has nothing to do.
        if self.durable.existing()?.is_none() {
            return Ok(());
        }
        self.durable.ensure_alarm().await?;
        for name in store::due(&self.database()?, now())? {
            let result = match name {
                Name::Card => self.card()?.step(Input::AlarmFired, now()).into(),
                Name::Charge(key) => self.charge(key)?.step(Input::AlarmFired, now()).into(),
                Name::Refund(payment) => self.refund(payment)?.step(Input::AlarmFired, now()).into(),
                Name::Form | Name::Created => continue,
            };
            self.take(result)?;
        }
        let handler = Rc::clone(self);
        self.durable.in_background(async move { handler.durable.publish_and_deliver().await });
        Ok(())
    }

    async fn run_calls(&self, mut next_call: NextCall) -> Result<(), ApiError> {
        loop {
            let result = self.execute(next_call).await?;
            match self.save(result)? {
                Some(next) => next_call = next,
                None => return Ok(()),
            }
        }
    }

    /// Makes one call, and steps with its answer. The machine is loaded after the call: nothing comes between that and saving.
    async fn execute(&self, next_call: NextCall) -> Result<StepResult, ApiError> {
        let api = self.api()?;
        Ok(match next_call {
            NextCall::Card(PendingCall { number, call: wanted }) => {
                let answer = match wanted {
                    saved_card::Call::Read(request) => saved_card::Answer::Read(call(&request, &api).await),
                    saved_card::Call::Revoke(request) => saved_card::Answer::Revoked(call(&request, &api).await),
                };
                self.card()?.step(Input::Completed { call: number, answer }, now()).into()
            }
            NextCall::Charge(key, PendingCall { number, call: wanted }) => {
                let answer = match wanted {
                    charge::Call::List(method) => {
                        let result = all_payments(method, &api).await;
                        let attribution = Config::read(&self.durable.env)?.attribution;
                        charge::Answer::Listed { result, others: self.others(key)?, attribution }
                    }
                    charge::Call::Charge(request) => charge::Answer::Charged(call(&request, &api).await),
                    charge::Call::Read(request) => charge::Answer::Read(call(&request, &api).await),
                };
                self.charge(key)?.step(Input::Completed { call: number, answer }, now()).into()
            }
            NextCall::Refund(payment, PendingCall { number, call: wanted }) => {
                let answer = match wanted {
                    refund::Call::Read(request) => call(&request, &api).await,
                    refund::Call::Refund(request) => call(&request, &api).await,
                };
                self.refund(payment)?.step(Input::Completed { call: number, answer }, now()).into()
            }
        })
    }

    /// What the card's other charges are to this one. Those of other amounts are nothing to it, nor any before its call.
    fn others(&self, key: Reference) -> Result<Others, ApiError> {
        let charge = self.charge(key)?;
        if charge.status() == ChargeStatus::Pending {
            return Ok(Others::default());
        }
        let charges = store::charges_of(&self.database()?, charge.terms().amount)?;
        Ok(Others::to(&charge, &charges))
    }

    /// Saves a step. What changes nothing writes nothing.
    fn save(&self, StepResult { record, owed, next_call }: StepResult) -> Result<Option<NextCall>, ApiError> {
        if owed.is_empty() && next_call.is_none() && store::is_unchanged(&self.durable.database()?, &record)? {
            return Ok(None);
        }
        self.durable.commit(|database| {
            store::put(database, &record)?;
            self.durable.enqueue(database, &owed)
        })?;
        Ok(next_call)
    }
}
