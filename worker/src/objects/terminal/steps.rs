//! How a terminal's object takes an event about a charge: load, step, save, call, and feed the answer back.

use std::rc::Rc;

use compago::api::payment_intent::cancel::Acknowledged;
use compago::endpoint::call;
use compago::flow::intent::notice::Notice;
use compago::flow::intent::{Answer, Call, Effect, Event, Intent, Step};
use compago::json;
use compago::value::Reference;
use compago::webhook::EventKind;

use serde_json::json;

use super::message::{Whereabouts, id_name};
use super::object::Shell;
use super::store;
use crate::compago::CompagoApi;
use crate::config::Config;
use crate::http::error::Fault;
use crate::objects::database::Database;
use crate::objects::durable::outbox::Owed;
use crate::objects::durable::waiting::Patience;
use crate::objects::key_index;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// A call that a step of a charge asks for, under the number of its flight.
type Owing = Option<(u32, Call)>;

impl Shell {
    /// The terminal's database.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if it was never asked to charge.
    pub(super) fn database(&self) -> Result<Database, Fault> {
        self.durable.existing()?.ok_or(Fault::NotFound)
    }

    /// A charge.
    ///
    /// # Errors
    /// [`Fault::NotFound`].
    pub(super) fn intent(&self, key: &Reference) -> Result<Intent, Fault> {
        store::intent(&self.database()?, key)?.ok_or(Fault::NotFound)
    }

    /// Waits until the charge is as wanted, or patience is over.
    pub(super) async fn wait_until(
        &self,
        key: &Reference,
        wanted: impl Fn(&Intent) -> bool,
        patience: &mut Patience,
    ) -> Result<Intent, Fault> {
        loop {
            let charge = self.intent(key)?;
            if wanted(&charge) || !self.durable.waiting.change(patience).await {
                return self.intent(key);
            }
        }
    }

    /// Takes an event, and pursues what it asks for in the background.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if there is no such charge.
    pub(super) fn event(self: &Rc<Self>, key: &Reference, event: Event) -> Result<(), Fault> {
        let before = self.intent(key)?;
        let step = before.clone().step(event, now());
        if step.effects.is_empty() && step.intent == before { Ok(()) } else { self.take(step, None) }
    }

    /// Saves a step, with the claim that displaces the charge, and pursues in the background what it asks for.
    pub(super) fn take(self: &Rc<Self>, step: Step, claim: Option<&Reference>) -> Result<(), Fault> {
        let key = step.intent.terms().key;
        let owing = self.save(step, claim)?;
        if owing.is_some() {
            let shell = Rc::clone(self);
            self.durable.in_background(async move { shell.follow(&key, owing).await });
        }
        Ok(())
    }

    /// The alarm: the charges that are due, and what the desk and the merchant are owed, which holds up nothing.
    pub(super) async fn wake(self: &Rc<Self>) -> Result<(), Fault> {
        // An alarm of an object that has lost its storage has nothing to do.
        if self.durable.existing()?.is_none() {
            return Ok(());
        }
        self.durable.arm().await?;
        for key in store::due(&self.database()?, now())? {
            self.event(&key, Event::AlarmRang)?;
        }
        let shell = Rc::clone(self);
        self.durable.in_background(async move { shell.durable.tell_and_deliver().await });
        Ok(())
    }

    async fn follow(&self, key: &Reference, mut owing: Owing) -> Result<(), Fault> {
        while let Some((flight, call)) = owing {
            let answer = self.make(key, call).await?;
            owing = self.save(self.intent(key)?.step(Event::Answered { flight, answer }, now()), None)?;
        }
        Ok(())
    }

    /// Makes one call of a charge's.
    async fn make(&self, key: &Reference, wanted: Call) -> Result<Answer, Fault> {
        let config = Config::read(&self.durable.env)?;
        let api = CompagoApi::new(&config);
        Ok(match wanted {
            Call::Create(request) => Answer::Created(call(&request, &api).await),
            Call::Register(id) => {
                let ours = json::to_string(&Whereabouts::of(self.intent(key)?.terms()));
                Answer::Registered(match key_index::note(&id_name(id), &ours, &self.durable.env).await {
                    Ok(noted) => noted == ours,
                    Err(fault) => {
                        log::write(
                            Level::Error,
                            "register-not-asked",
                            json!({ "reference": key, "error": fault.internal() }),
                        );
                        false
                    }
                })
            }
            Call::Read(request) => Answer::Read(call(&request, &api).await),
            Call::Cancel(request) => Answer::Cancelled(call(&request, &api).await.map(|Acknowledged {}| ())),
        })
    }

    fn save(&self, step: Step, claim: Option<&Reference>) -> Result<Owing, Fault> {
        let Step { intent: charge, effects } = step;
        let key = charge.terms().key;
        let mut owing = None;
        let mut owed = Vec::new();
        for effect in effects {
            match effect {
                Effect::Call { flight, call } => owing = Some((flight, call)),
                Effect::Notify(notice) => {
                    report(&notice);
                    let Notice { id, event } = notice;
                    owed.push(Owed::new(id, event.kind, event.timestamp, json::to_string(&event)));
                }
            }
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
            self.durable.owe(database, &owed)
        })?;
        Ok(owing)
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
