//! The charges of one terminal: one of them runs at a time, and another replaces it only by an explicit take-over.
//!
//! A charge that any terminal may take has an object of its own.

use std::rc::Rc;

use compago::edge::payment_intent::IntentStatus;
use compago::flow::intent::{Event, Intent};
use compago::flow::machine::{Input, Machine as _};
use compago::flow::terminal::{Claim, Decision, decide};
use compago::value::Reference;
use worker::Response;

use super::message::{Command, PlaceCharge};
use super::store::{self, CLASS};
use crate::http::error::ApiError;
use crate::http::respond::{json_answer, json_text};
use crate::objects::durable::ObjectClass;
use crate::objects::durable::changes::Deadline;
use crate::objects::machine_object::{KeysInFlight, MachineObject, ObjectHandler, machine_object};
use crate::runtime::clock::now;

machine_object! {
    /// The Durable Object of one terminal, or of one charge that any terminal may take.
    TerminalObject, TerminalHandler
}

/// The class of terminals.
pub(super) struct TerminalHandler;

/// The object of one terminal.
pub(super) type TerminalMachines = MachineObject<TerminalHandler>;

impl ObjectHandler for TerminalHandler {
    type Command = Command;
    type Memory = KeysInFlight;
    const CLASS: &'static ObjectClass = &CLASS;

    async fn handle(object: &Rc<TerminalMachines>, command: Command) -> Result<Response, ApiError> {
        match command {
            Command::Place(new_charge) => object.place(*new_charge).await,
            Command::Watch { key } => object.watch(key),
            Command::Cancel { key } => object.cancel(key).await,
        }
    }

    /// Calls and deliveries go on in the background: none delays another charge.
    async fn on_alarm(object: &Rc<TerminalMachines>) -> Result<(), ApiError> {
        for key in store::due(&object.database()?, now())? {
            if let Some(early) = object.wake::<Intent>(key)? {
                let at = object.next_wake(&early);
                object.durable.commit(|database| store::put_wake_at(database, &key, at))?;
            }
        }
        object.spawn_deliveries();
        Ok(())
    }
}

impl TerminalMachines {
    async fn place(self: &Rc<Self>, new_charge: PlaceCharge) -> Result<Response, ApiError> {
        let key = new_charge.terms.key;
        if let Some(created) = store::created(&self.durable.database()?, &key)? {
            return Ok(json_text(201, created)?);
        }
        self.memory.run(key, self.create_charge(new_charge)).await
    }

    async fn create_charge(self: &Rc<Self>, new_charge: PlaceCharge) -> Result<Response, ApiError> {
        let key = new_charge.terms.key;
        let mut deadline = Deadline::standard();
        if store::intent(&self.durable.database()?, &key)?.is_some() {
            self.on_input::<Intent>(key, Input::AlarmFired)?;
        } else {
            self.claim(new_charge, &mut deadline).await?;
        }
        let charge = self.wait_for(key, Intent::is_announced, &mut deadline).await?;
        match store::created(&self.database()?, &key)? {
            Some(created) => Ok(json_text(201, created)?),
            None => Err(ApiError::from_intent_failure(&charge)),
        }
    }

    /// Gets hold of the terminal, and begins the charge.
    async fn claim(self: &Rc<Self>, new_charge: PlaceCharge, deadline: &mut Deadline) -> Result<(), ApiError> {
        let PlaceCharge { terms, take_over } = new_charge;
        loop {
            let database = self.durable.database()?;
            let latest = store::latest(&database)?;
            let displacing = store::displacing(&database, &terms.key)?;
            let displaced = match &displacing {
                Some(key) => store::intent(&database, key)?,
                None => None,
            };
            let claim = if take_over { Claim::TakeOver { displacing } } else { Claim::IfFree };
            match decide(claim, latest.as_ref(), displaced.as_ref(), now()) {
                Decision::Place => return self.apply(Intent::place(terms, now()), |_| Ok(())),
                Decision::Busy => return Err(ApiError::TerminalBusy),
                Decision::DisplacedPaid => return Err(ApiError::IntentPaid),
                Decision::Cancel(rival) => {
                    let step = self.machine::<Intent>(rival)?.step(Input::Event(Event::CancelAsked), now());
                    self.apply(step, |database| store::put_claim(database, &terms.key, &rival))?;
                }
                Decision::Wait(rival) if displacing.is_none() => {
                    self.durable.commit(|database| store::put_claim(database, &terms.key, &rival))?;
                }
                // Nothing comes in between this decision and the waiting, so no change is missed.
                Decision::Wait(_) if !self.durable.changes.changed(deadline).await => {
                    return Err(ApiError::TerminalBusy);
                }
                Decision::Wait(_) => {}
            }
        }
    }

    fn watch(self: &Rc<Self>, key: Option<Reference>) -> Result<Response, ApiError> {
        let key = match key {
            Some(key) => key,
            None => store::latest(&self.database()?)?.ok_or(ApiError::NotFound)?.terms().key,
        };
        self.on_event::<Intent>(key, Event::Watched)?;
        self.view(key)
    }

    async fn cancel(self: &Rc<Self>, key: Reference) -> Result<Response, ApiError> {
        self.on_event::<Intent>(key, Event::CancelAsked)?;
        let certain = |charge: &Intent| charge.status() != IntentStatus::CancelRequested;
        self.wait_for(key, certain, &mut Deadline::standard()).await?;
        self.view(key)
    }

    fn view(&self, key: Reference) -> Result<Response, ApiError> {
        Ok(json_answer(200, &self.machine::<Intent>(key)?.view(now()))?)
    }
}
