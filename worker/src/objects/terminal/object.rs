//! The charges of one terminal: one of them runs, and another takes its place only by an explicit take-over.
//!
//! Like an order's object, this shell loads a charge, steps it, saves it with its webhooks and the alarm in one transaction,
//! and then makes the call that the step asks for. A charge that any terminal may take has an object of its own.

use std::cell::RefCell;
use std::rc::Rc;

use compago::edge::payment_intent::IntentStatus;
use compago::flow::intent::{Event, Intent};
use compago::flow::terminal::{Claim, Decision, decide};
use compago::value::Reference;
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use super::message::{Ask, Placing};
use super::store::{self, CLASS};
use crate::http::error::Fault;
use crate::http::respond::{json_answer, json_text};
use crate::objects::durable::Durable;
use crate::objects::durable::waiting::Patience;
use crate::objects::envelope::Question;
use crate::runtime::clock::now;

/// The Durable Object of one terminal, or of one charge for any.
#[durable_object(alarm)]
pub struct TerminalObject {
    shell: Rc<Shell>,
}

/// What the requests and alarms of one object share.
pub(super) struct Shell {
    pub(super) durable: Durable,
    /// The charges whose making is being answered.
    making: RefCell<Vec<Reference>>,
}

impl DurableObject for TerminalObject {
    fn new(state: State, env: Env) -> Self {
        Self { shell: Rc::new(Shell { durable: Durable::new(&CLASS, state, env), making: RefCell::default() }) }
    }

    /// Answers a question as the API does.
    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let question = Question::of(request).await?;
        let answer = match question.ask() {
            Ok(upkeep) => self.shell.durable.keep_up(&upkeep).await,
            Err(_) => self.shell.answer(question.ask()?).await,
        };
        question.told(answer, &CLASS)
    }

    /// Goes on with what is due.
    async fn alarm(&self) -> worker::Result<Response> {
        self.shell.durable.fired();
        self.shell.durable.rang(self.shell.wake().await);
        Response::empty()
    }
}

impl Shell {
    async fn answer(self: &Rc<Self>, ask: Ask) -> Result<Response, Fault> {
        self.durable.arm().await?;
        match ask {
            Ask::Place(placing) => self.place(*placing).await,
            Ask::Watch { key } => self.watch(key),
            Ask::Cancel { key } => self.cancel(&key).await,
        }
    }

    async fn place(self: &Rc<Self>, placing: Placing) -> Result<Response, Fault> {
        let key = placing.terms.key;
        if let Some(created) = store::created(&self.durable.database()?, &key)? {
            return Ok(json_text(201, created)?);
        }
        if self.making.borrow().contains(&key) {
            return Err(Fault::InFlight);
        }
        self.making.borrow_mut().push(key);
        let made = self.make_charge(placing).await;
        self.making.borrow_mut().retain(|other| *other != key);
        made
    }

    async fn make_charge(self: &Rc<Self>, placing: Placing) -> Result<Response, Fault> {
        let key = placing.terms.key;
        let mut patience = Patience::fresh();
        if store::intent(&self.durable.database()?, &key)?.is_some() {
            self.event(&key, Event::AlarmRang)?;
        } else {
            self.claim(placing, &mut patience).await?;
        }
        let charge = self.wait_until(&key, Intent::is_announced, &mut patience).await?;
        match store::created(&self.database()?, &key)? {
            Some(created) => Ok(json_text(201, created)?),
            None => Err(Fault::of_unmade(&charge)),
        }
    }

    /// Gets hold of the terminal, and begins the charge.
    async fn claim(self: &Rc<Self>, placing: Placing, patience: &mut Patience) -> Result<(), Fault> {
        let Placing { terms, take_over } = placing;
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
                Decision::Busy => return Err(Fault::TerminalBusy),
                Decision::DisplacedPaid => return Err(Fault::IntentPaid),
                Decision::Withdraw(rival) => {
                    let step = self.intent(&rival)?.step(Event::CancelAsked, now());
                    self.take(step, Some(&terms.key))?;
                }
                Decision::Wait(rival) if displacing.is_none() => {
                    self.durable.commit(|database| store::put_claim(database, &terms.key, &rival))?;
                }
                // Nothing comes in between this decision and the waiting, so no change is missed.
                Decision::Wait(_) if !self.durable.waiting.change(patience).await => return Err(Fault::TerminalBusy),
                Decision::Wait(_) => {}
            }
        }
    }

    fn watch(self: &Rc<Self>, key: Option<Reference>) -> Result<Response, Fault> {
        let key = match key {
            Some(key) => key,
            None => store::latest(&self.database()?)?.ok_or(Fault::NotFound)?.terms().key,
        };
        self.event(&key, Event::Watched)?;
        self.view(&key)
    }

    async fn cancel(self: &Rc<Self>, key: &Reference) -> Result<Response, Fault> {
        self.event(key, Event::CancelAsked)?;
        let certain = |charge: &Intent| charge.status() != IntentStatus::CancelRequested;
        self.wait_until(key, certain, &mut Patience::fresh()).await?;
        self.view(key)
    }

    fn view(&self, key: &Reference) -> Result<Response, Fault> {
        Ok(json_answer(200, &self.intent(key)?.view(now()))?)
    }
}
