//! How a terminal's object takes an event about a charge: load, step, save, call, and feed the answer back.

use std::rc::Rc;

use compago::api::payment_intent::cancel::Acknowledged;
use compago::endpoint::call;
use compago::flow::intent::notice::Notice;
use compago::flow::intent::{Answer, Call, Event, Intent};
use compago::flow::machine::{Input, Machine as _, PendingCall, Step};
use compago::json;
use compago::value::Reference;
use compago::webhook::EventKind;

use serde_json::json;

use super::message::{ObjectAddress, intent_key};
use super::object::TerminalHandler;
use super::store;
use crate::compago::CompagoApi;
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::database::Database;
use crate::objects::durable::changes::Deadline;
use crate::objects::durable::outbox::PendingDelivery;
use crate::objects::key_index;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// The call that a step of a charge asks for.
type NextCall = Option<PendingCall<Intent>>;

impl TerminalHandler {
    /// The terminal's database.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if it was never asked to charge.
    pub(super) fn database(&self) -> Result<Database, ApiError> {
        self.durable.existing()?.ok_or(ApiError::NotFound)
    }

    /// A charge.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    pub(super) fn intent(&self, key: &Reference) -> Result<Intent, ApiError> {
        store::intent(&self.database()?, key)?.ok_or(ApiError::NotFound)
    }

    /// Waits until the charge is as wanted, or patience is over.
    pub(super) async fn wait_until(
        &self,
        key: &Reference,
        wanted: impl Fn(&Intent) -> bool,
        deadline: &mut Deadline,
    ) -> Result<Intent, ApiError> {
        loop {
            let charge = self.intent(key)?;
            if wanted(&charge) || !self.durable.changes.changed(deadline).await {
                return self.intent(key);
            }
        }
    }

    /// Takes an event, and pursues what it asks for in the background.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if there is no such charge.
    pub(super) fn event(self: &Rc<Self>, key: &Reference, event: Event) -> Result<(), ApiError> {
        self.input(key, Input::Event(event))
    }

    /// Takes an input, and pursues what it asks for in the background.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if there is no such charge.
    pub(super) fn input(self: &Rc<Self>, key: &Reference, input: Input<Intent>) -> Result<(), ApiError> {
        let before = self.intent(key)?;
        let step = before.clone().step(input, now());
        let changes = !step.notices.is_empty() || step.call.is_some() || step.machine != before;
        if changes { self.take(step, None) } else { Ok(()) }
    }

    /// Saves a step, with the claim that displaces the charge, and pursues in the background what it asks for.
    pub(super) fn take(self: &Rc<Self>, step: Step<Intent>, claim: Option<&Reference>) -> Result<(), ApiError> {
        let key = step.machine.terms().key;
        let next_call = self.save(step, claim)?;
        if next_call.is_some() {
            let handler = Rc::clone(self);
            self.durable.in_background(async move { handler.run_calls(&key, next_call).await });
        }
        Ok(())
    }

    /// The alarm: the charges that are due, and what the desk and the merchant are owed, which holds up nothing.
    pub(super) async fn on_alarm(self: &Rc<Self>) -> Result<(), ApiError> {
        // An alarm of an object that has lost its storage has nothing to do.
        if self.durable.existing()?.is_none() {
            return Ok(());
        }
        self.durable.ensure_alarm().await?;
        for key in store::due(&self.database()?, now())? {
            self.input(&key, Input::AlarmFired)?;
        }
        let handler = Rc::clone(self);
        self.durable.in_background(async move { handler.durable.publish_and_deliver().await });
        Ok(())
    }

    async fn run_calls(&self, key: &Reference, mut next_call: NextCall) -> Result<(), ApiError> {
        while let Some(PendingCall { number, call }) = next_call {
            let answer = self.execute(key, call).await?;
            next_call = self.save(self.intent(key)?.step(Input::Completed { call: number, answer }, now()), None)?;
        }
        Ok(())
    }

    /// Makes one call of a charge's.
    async fn execute(&self, key: &Reference, wanted: Call) -> Result<Answer, ApiError> {
        let config = Config::read(&self.durable.env)?;
        let api = CompagoApi::new(&config);
        Ok(match wanted {
            Call::Create(request) => Answer::Created(call(&request, &api).await),
            Call::Register(id) => {
                let ours = json::to_string(&ObjectAddress::of(self.intent(key)?.terms()));
                Answer::Registered(match key_index::put_if_absent(&intent_key(id), &ours, &self.durable.env).await {
                    Ok(noted) => noted == ours,
                    Err(error) => {
                        log::write(
                            Level::Error,
                            "register-not-asked",
                            json!({ "reference": key, "error": error.internal() }),
                        );
                        false
                    }
                })
            }
            Call::Read(request) => Answer::Read(call(&request, &api).await),
            Call::Cancel(request) => Answer::Cancelled(call(&request, &api).await.map(|Acknowledged {}| ())),
        })
    }

    fn save(&self, step: Step<Intent>, claim: Option<&Reference>) -> Result<NextCall, ApiError> {
        let Step { machine: charge, notices, call } = step;
        let key = charge.terms().key;
        let mut owed = Vec::new();
        for notice in notices {
            report(&notice);
            let Notice { id, event } = notice;
            owed.push(PendingDelivery::new(id, event.kind, event.timestamp, json::to_string(&event)));
        }
        let created = (charge.is_made() && charge.is_announced()).then(|| json::to_string(&charge.view(now())));
        self.durable.commit(|database| {
            if let Some(claim) = claim {
                store::put_claim(database, claim, &key)?;
            }
            store::put_intent(database, &charge)?;
            if let Some(created) = &created {
                store::put_created(database, &key, created)?;
            }
            self.durable.enqueue(database, &owed)
        })?;
        Ok(call)
    }
}

/// What needs a person is said aloud as well: a shop may have no endpoint for webhooks.
fn report(notice: &Notice) {
    if notice.event.kind == EventKind::PaymentIntentOnHold {
        let data = &notice.event.data;
        let reason = data.reason.as_deref().unwrap_or_default();
        log::write(Level::Error, "intent-on-hold", json!({ "externalId": data.external_id, "reason": reason }));
    }
}
