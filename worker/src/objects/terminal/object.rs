//! The charges of one terminal: one of them runs, and another takes its place only by an explicit take-over.
//!
//! Like an order's object, this shell loads a charge, steps it, saves it with its webhooks and the alarm in one transaction,
//! and then makes the call that the step asks for. A charge that any terminal may take has an object of its own.

use std::cell::RefCell;
use std::rc::Rc;

use compago::edge::payment_intent::IntentStatus;
use compago::flow::intent::{Event, Intent};
use compago::flow::machine::{Input, Machine as _};
use compago::flow::terminal::{Claim, Decision, decide};
use compago::value::Reference;
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use super::message::{Command, PlaceCharge};
use super::store::{self, CLASS};
use crate::http::error::ApiError;
use crate::http::respond::{json_answer, json_text};
use crate::objects::durable::Durable;
use crate::objects::durable::changes::Deadline;
use crate::objects::envelope::{self, Envelope, Message};
use crate::runtime::clock::now;

/// The Durable Object of one terminal, or of one charge for any.
#[durable_object(alarm)]
pub struct TerminalObject {
    handler: Rc<TerminalHandler>,
}

/// What the requests and alarms of one object share.
pub(super) struct TerminalHandler {
    pub(super) durable: Durable,
    /// The charges whose making is being answered.
    creating: RefCell<Vec<Reference>>,
}

impl DurableObject for TerminalObject {
    fn new(state: State, env: Env) -> Self {
        Self {
            handler: Rc::new(TerminalHandler {
                durable: Durable::new(&CLASS, state, env),
                creating: RefCell::default(),
            }),
        }
    }

    /// Answers a message as the API does.
    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let (locale, message) = Envelope::open(request).await?;
        let answer = match message {
            Message::Maintenance(work) => self.handler.durable.handle_maintenance(&work).await,
            Message::Command(command) => self.handler.answer(command).await,
        };
        envelope::respond(answer, locale, CLASS.name)
    }

    /// Goes on with what is due.
    async fn alarm(&self) -> worker::Result<Response> {
        self.handler.durable.start_alarm();
        self.handler.durable.finish_alarm(self.handler.on_alarm().await);
        Response::empty()
    }
}

impl TerminalHandler {
    async fn answer(self: &Rc<Self>, command: Command) -> Result<Response, ApiError> {
        self.durable.ensure_alarm().await?;
        match command {
            Command::Place(new_charge) => self.place(*new_charge).await,
            Command::Watch { key } => self.watch(key),
            Command::Cancel { key } => self.cancel(&key).await,
        }
    }

    async fn place(self: &Rc<Self>, new_charge: PlaceCharge) -> Result<Response, ApiError> {
        let key = new_charge.terms.key;
        if let Some(created) = store::created(&self.durable.database()?, &key)? {
            return Ok(json_text(201, created)?);
        }
        if self.creating.borrow().contains(&key) {
            return Err(ApiError::InFlight);
        }
        self.creating.borrow_mut().push(key);
        let result = self.create_charge(new_charge).await;
        self.creating.borrow_mut().retain(|other| *other != key);
        result
    }

    async fn create_charge(self: &Rc<Self>, new_charge: PlaceCharge) -> Result<Response, ApiError> {
        let key = new_charge.terms.key;
        let mut deadline = Deadline::standard();
        if store::intent(&self.durable.database()?, &key)?.is_some() {
            self.input(&key, Input::AlarmFired)?;
        } else {
            self.claim(new_charge, &mut deadline).await?;
        }
        let charge = self.wait_until(&key, Intent::is_announced, &mut deadline).await?;
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
                Decision::Place => return self.take(Intent::place(terms, now()), None),
                Decision::Busy => return Err(ApiError::TerminalBusy),
                Decision::DisplacedPaid => return Err(ApiError::IntentPaid),
                Decision::Withdraw(rival) => {
                    let step = self.intent(&rival)?.step(Input::Event(Event::CancelAsked), now());
                    self.take(step, Some(&terms.key))?;
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
        self.event(&key, Event::Watched)?;
        self.view(&key)
    }

    async fn cancel(self: &Rc<Self>, key: &Reference) -> Result<Response, ApiError> {
        self.event(key, Event::CancelAsked)?;
        let certain = |charge: &Intent| charge.status() != IntentStatus::CancelRequested;
        self.wait_until(key, certain, &mut Deadline::standard()).await?;
        self.view(key)
    }

    fn view(&self, key: &Reference) -> Result<Response, ApiError> {
        Ok(json_answer(200, &self.intent(key)?.view(now()))?)
    }
}
