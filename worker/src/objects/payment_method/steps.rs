//! How a saved card's object takes an event about the card, a charge or a refund: load, step, save, call, and feed the
//! answer back.
//!
//! A step is saved with the flight of its call before the call is made, and a flight is called for once: by whoever saved
//! it. What no call was made for counts as lost, and the machine finds out. So no charge is ever sent twice.

use std::rc::Rc;

use compago::api::payment_method::payments::all_payments;
use compago::edge::saved_card::ChargeStatus;
use compago::endpoint::call;
use compago::flow::charge::search::Others;
use compago::flow::record;
use compago::flow::{charge, refund, saved_card};
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
    pending_call: Option<PendingCall>,
}

/// A call that a step asks for.
struct PendingCall {
    flight: u32,
    call: Call,
}

/// A call, with the name of whose it is.
enum Call {
    Card(saved_card::Call),
    Charge(Reference, charge::Call),
    Refund(CardPaymentId, refund::Call),
}

impl StepResult {
    fn new(name: Name, machine: &impl record::Record, wake_at: Option<compago::value::UnixMillis>) -> Self {
        let record = Record { name, json: record::to_string(machine), wake_at, listing: None };
        Self { record, owed: Vec::new(), pending_call: None }
    }

    fn owe<Data: Serialize>(&mut self, id: EventId, event: &Event<Data>) {
        // What needs a person is said aloud as well: a shop may have no endpoint for webhooks.
        if event.kind == EventKind::PaymentOnHold {
            log::write(Level::Error, "payment-on-hold", json!({ "id": id }));
        }
        self.owed.push(PendingDelivery::new(id, event.kind, event.timestamp, json::to_string(event)));
    }
}

impl From<&saved_card::SavedCard> for StepResult {
    fn from(card: &saved_card::SavedCard) -> Self {
        Self::new(Name::Card, card, card.wake_at())
    }
}

impl From<saved_card::Step> for StepResult {
    fn from(step: saved_card::Step) -> Self {
        let mut result = Self::from(&step.card);
        for effect in step.effects {
            match effect {
                saved_card::Effect::Notify(notice) => result.owe(notice.id, &notice.event),
                saved_card::Effect::Call { flight, call } => {
                    result.pending_call = Some(PendingCall { flight, call: Call::Card(call) });
                }
            }
        }
        result
    }
}

impl From<charge::Step> for StepResult {
    fn from(step: charge::Step) -> Self {
        let key = step.charge.terms().key;
        let mut result = Self::new(Name::Charge(key), &step.charge, step.charge.wake_at());
        result.record.listing = Some(step.charge.listing());
        for effect in step.effects {
            match effect {
                charge::Effect::Notify(notice) => result.owe(notice.id, &notice.event),
                charge::Effect::Call { flight, call } => {
                    result.pending_call = Some(PendingCall { flight, call: Call::Charge(key, call) });
                }
            }
        }
        result
    }
}

impl From<refund::Step> for StepResult {
    fn from(step: refund::Step) -> Self {
        let payment = step.refund.terms().payment;
        let mut result = Self::new(Name::Refund(payment), &step.refund, step.refund.wake_at());
        result.record.listing = Some(step.refund.listing());
        for effect in step.effects {
            match effect {
                refund::Effect::Notify(notice) => result.owe(notice.id, &notice.event),
                refund::Effect::Call { flight, call } => {
                    result.pending_call = Some(PendingCall { flight, call: Call::Refund(payment, call) });
                }
            }
        }
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
    pub(super) fn card(&self) -> Result<saved_card::SavedCard, ApiError> {
        store::card(&self.database()?)?.ok_or(ApiError::NotFound)
    }

    /// A charge.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    pub(super) fn charge(&self, key: Reference) -> Result<charge::Charge, ApiError> {
        store::charge(&self.database()?, key)?.ok_or(ApiError::NotFound)
    }

    /// The refund of a charge.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    pub(super) fn refund(&self, payment: CardPaymentId) -> Result<refund::Refund, ApiError> {
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
        let result = StepResult::from(self.card()?.step(event, now()));
        self.take(result)
    }

    /// Saves a step, and pursues in the background what it asks for.
    ///
    /// # Errors
    /// Those of the storage.
    pub(super) fn take(self: &Rc<Self>, result: StepResult) -> Result<(), ApiError> {
        if let Some(pending_call) = self.save(result)? {
            let handler = Rc::clone(self);
            self.durable.in_background(async move { handler.run_calls(pending_call).await });
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
                Name::Card => self.card()?.step(saved_card::Event::AlarmRang, now()).into(),
                Name::Charge(key) => self.charge(key)?.step(charge::Event::AlarmRang, now()).into(),
                Name::Refund(payment) => self.refund(payment)?.step(refund::Event::AlarmRang, now()).into(),
                Name::Form | Name::Created => continue,
            };
            self.take(result)?;
        }
        let handler = Rc::clone(self);
        self.durable.in_background(async move { handler.durable.publish_and_deliver().await });
        Ok(())
    }

    async fn run_calls(&self, mut pending_call: PendingCall) -> Result<(), ApiError> {
        loop {
            let result = self.execute(pending_call).await?;
            match self.save(result)? {
                Some(next) => pending_call = next,
                None => return Ok(()),
            }
        }
    }

    /// Makes one call, and steps with its answer. The machine is loaded after the call: nothing comes between that and saving.
    async fn execute(&self, PendingCall { flight, call: wanted }: PendingCall) -> Result<StepResult, ApiError> {
        let api = self.api()?;
        Ok(match wanted {
            Call::Card(wanted) => {
                let answer = match wanted {
                    saved_card::Call::Read(request) => saved_card::Answer::Read(call(&request, &api).await),
                    saved_card::Call::Revoke(request) => saved_card::Answer::Revoked(call(&request, &api).await),
                };
                self.card()?.step(saved_card::Event::Answered { flight, answer }, now()).into()
            }
            Call::Charge(key, wanted) => {
                let answer = match wanted {
                    charge::Call::List(method) => {
                        let result = all_payments(method, &api).await;
                        let attribution = Config::read(&self.durable.env)?.attribution;
                        charge::Answer::Listed { result, others: self.others(key)?, attribution }
                    }
                    charge::Call::Charge(request) => charge::Answer::Charged(call(&request, &api).await),
                    charge::Call::Read(request) => charge::Answer::Read(call(&request, &api).await),
                };
                self.charge(key)?.step(charge::Event::Answered { flight, answer }, now()).into()
            }
            Call::Refund(payment, wanted) => {
                let answer = match wanted {
                    refund::Call::Read(request) => call(&request, &api).await,
                    refund::Call::Refund(request) => call(&request, &api).await,
                };
                self.refund(payment)?.step(refund::Event::Answered { flight, answer }, now()).into()
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
    fn save(&self, StepResult { record, owed, pending_call }: StepResult) -> Result<Option<PendingCall>, ApiError> {
        if owed.is_empty() && pending_call.is_none() && store::is_unchanged(&self.durable.database()?, &record)? {
            return Ok(None);
        }
        self.durable.commit(|database| {
            store::put(database, &record)?;
            self.durable.enqueue(database, &owed)
        })?;
        Ok(pending_call)
    }
}
