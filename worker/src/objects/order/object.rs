//! One order: its state on disk, its one call in flight, its alarm.
//!
//! The machine in the core decides everything. This shell loads the order, steps it, saves the order, its webhooks and
//! the alarm in one transaction, and only then makes the call that the step asks for, feeding the answer back as the
//! next event. The order is read again for each event, because other events come in between while a call is under way; from
//! memory, where those who poll have left it, if nobody has written since.

use std::cell::Cell;
use std::rc::Rc;

use compago::edge::Fingerprint;
use compago::edge::order::OrderStatus;
use compago::error::Blame;
use compago::flow::order::facts::Listed;
use compago::flow::order::{CancelRefusal, Event, Order};
use compago::flow::outbox::Told;
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use super::message::{Ask, Claim, Placing};
use super::show::{created, return_page};
use super::store::{self, CLASS, Placed};
use crate::config::Config;
use crate::http::error::{Fault, InternalError, ProviderCall};
use crate::http::respond::{json_answer, json_text, see_other};
use crate::objects::durable::waiting::Patience;
use crate::objects::durable::{Durable, outbox};
use crate::objects::envelope::Question;
use crate::runtime::clock::now;

/// The Durable Object of one order.
#[durable_object(alarm)]
pub struct OrderObject {
    shell: Rc<Shell>,
}

/// What the requests and alarms of one object share.
pub(super) struct Shell {
    pub(super) durable: Durable,
    /// The order, left here by the last who read it and did not change it; gone as soon as anybody writes.
    pub(super) unchanged: Cell<Option<Order>>,
    /// How many requests that make an attempt are being answered.
    making: Cell<u32>,
    /// When it was last saved, the order was open: that it is closed is to be told, see [`crate::objects::open_links`].
    pub(super) is_open: Cell<bool>,
}

/// Whether a repeated request may begin another attempt.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Renewal {
    Allowed,
    Refused,
}

impl DurableObject for OrderObject {
    fn new(state: State, env: Env) -> Self {
        Self {
            shell: Rc::new(Shell {
                durable: Durable::new(&CLASS, state, env),
                unchanged: Cell::default(),
                making: Cell::new(0),
                is_open: Cell::new(false),
            }),
        }
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
            Ask::Place(placing) => {
                let ticket = placing.ticket;
                let answer = self.place(*placing).await;
                self.release_unused(ticket);
                answer
            }
            Ask::Replay { body, ticket } => {
                let answer = self.replay(&body, Renewal::Allowed).await;
                // Where nothing was placed, the link is that of the order which is placed now.
                let is_none = matches!(answer, Err(Fault::NotFound));
                self.release_unused(ticket.filter(|_| !is_none));
                answer
            }
            Ask::Recall { body } => self.replay(&body, Renewal::Refused).await,
            Ask::Watch => {
                self.event(Event::Watched)?;
                self.view()
            }
            Ask::Return { claim } => self.welcome(claim).await,
            Ask::Retry(ticket) => {
                let answer = self.retry().await;
                self.release_unused(ticket);
                answer
            }
            Ask::Cancel => self.cancel().await,
            Ask::Story => self.story(),
            Ask::WatchStory => {
                self.event(Event::WatchedByOperator)?;
                self.story()
            }
            Ask::Check => self.check().await,
            Ask::Account { listed } => self.account(listed).await,
        }
    }

    async fn place(self: &Rc<Self>, placing: Placing) -> Result<Response, Fault> {
        let Placing { terms, body, capability, return_page, counted, ticket: _ } = placing;
        if store::order(&self.durable.database()?)?.is_some() {
            return self.replay(&body, Renewal::Allowed).await;
        }
        let config = Config::read(&self.durable.env)?;
        let fingerprint = Fingerprint::of(body.as_bytes(), &config.keys);
        let placed = Placed { fingerprint, return_page, capability, counted };
        let step = Order::place(terms, now()).ok_or(InternalError::Impossible("terms that no order can have"))?;
        let owing = self.save(step, Some(&placed))?;
        self.pursue(owing);
        self.await_link(ProviderCall::CreateOrder).await
    }

    /// The same key again: the same body gets the same answer.
    async fn replay(self: &Rc<Self>, body: &str, renewal: Renewal) -> Result<Response, Fault> {
        if let Some(created) = self.first_answer(body)? {
            return Ok(created);
        }
        if self.making.get() > 0 {
            return Err(Fault::InFlight);
        }
        let order = self.order()?;
        // What failed for a reason that passes is made now: nobody has heard of a link yet.
        let passes = order.refusal().is_none_or(|reason| reason.blame() != Blame::Caller);
        if order.status() == OrderStatus::Failed && passes {
            if renewal == Renewal::Refused {
                return Err(Fault::NotFound);
            }
            order.retry_allowed()?;
            self.event(Event::RetryAsked)?;
        } else {
            self.event(Event::AlarmRang)?;
        }
        self.await_link(ProviderCall::CreateOrder).await
    }

    /// The answer that was given when the order was placed with this body; `None` if none had a link yet.
    fn first_answer(&self, body: &str) -> Result<Option<Response>, Fault> {
        let database = self.database()?;
        let placed = store::placed(&database)?.ok_or(Fault::NotFound)?;
        let config = Config::read(&self.durable.env)?;
        if !placed.fingerprint.fits(body.as_bytes(), &config.keys) {
            return Err(Fault::KeyReused);
        }
        Ok(store::created(&database)?.map(|created| json_text(201, created)).transpose()?)
    }

    async fn retry(self: &Rc<Self>) -> Result<Response, Fault> {
        let order = self.order()?;
        // The answer to an earlier request to try again may have been lost, and nobody have the link.
        if !(order.current().number > 1 && order.current().is_being_made()) {
            order.retry_allowed()?;
            self.event(Event::RetryAsked)?;
        }
        self.await_link(ProviderCall::RetryOrder).await
    }

    async fn cancel(self: &Rc<Self>) -> Result<Response, Fault> {
        match self.order()?.cancel_allowed() {
            Ok(()) => {}
            Err(CancelRefusal::Closed) => return self.view(),
            Err(refusal) => return Err(refusal.into()),
        }
        self.event(Event::CancelAsked)?;
        let order = self.wait_until(|order| order.status() != OrderStatus::Verifying).await?;
        if order.status() == OrderStatus::Paid {
            return Err(Fault::OrderPaid);
        }
        self.view()
    }

    async fn welcome(self: &Rc<Self>, claim: Option<Claim>) -> Result<Response, Fault> {
        let placed = store::placed(&self.database()?)?.ok_or(Fault::NotFound)?;
        if let Some(Claim { payment_id, external_id }) = claim {
            self.event(Event::Returned { payment_id, external_id })?;
        }
        let page = return_page(&placed)?;
        Ok(see_other(&page)?)
    }

    fn view(&self) -> Result<Response, Fault> {
        let order = self.order()?;
        let answer = json_answer(200, &order.view(now()));
        self.unchanged.set(Some(order));
        Ok(answer?)
    }

    fn story(&self) -> Result<Response, Fault> {
        let owed = outbox::all(&self.database()?)?;
        let deliveries: Vec<Told> = owed.iter().map(|owed| Told::from(&owed.delivery)).collect();
        Ok(json_text(200, self.order()?.story(&deliveries, now()))?)
    }

    /// Has the payment read, if that is allowed, and answers with what came of it.
    async fn check(self: &Rc<Self>) -> Result<Response, Fault> {
        let (before, mut patience) = (self.order()?, Patience::fresh());
        self.event(Event::CheckAsked)?;
        let order = self.wait_within(&mut patience, |order| !order.is_in_flight()).await?;
        let was_read = before.is_read_in_flight() || order.last_read_at() > before.last_read_at();
        // While another call was in flight, none could be sent.
        if !was_read && !order.is_in_flight() {
            self.event(Event::CheckAsked)?;
            self.wait_within(&mut patience, |order| !order.is_in_flight()).await?;
        }
        self.story()
    }

    /// What the desk keeps of the order, with its newest state.
    async fn account(self: &Rc<Self>, listed: Option<Listed>) -> Result<Response, Fault> {
        self.order()?;
        self.durable.commit(store::ensure_listed)?;
        if let Some(listed) = listed {
            let payment_id = listed.payment_id;
            self.event(Event::Listed(listed))?;
            let order = self.wait_until(|order| !order.is_reading(now())).await?;
            if order.is_reading(now()) || !order.has_read(payment_id) {
                return Err(Fault::ProviderUnavailable(ProviderCall::Read));
            }
        }
        Ok(json_text(200, self.order()?.listing().json)?)
    }

    /// Waits until the current attempt, which `call` made, has a link, or is known to get none.
    async fn await_link(self: &Rc<Self>, call: ProviderCall) -> Result<Response, Fault> {
        self.making.set(self.making.get() + 1);
        let waited = self.wait_until(|order| order.current().link().is_some() || !order.status().is_pending()).await;
        self.making.set(self.making.get() - 1);
        let order = waited?;
        let placed = store::placed(&self.database()?)?.ok_or(Fault::NotFound)?;
        match created(&order, &placed.capability) {
            Some(created) => Ok(json_answer(201, &created)?),
            None => Err(Fault::of_unopened(&order, call)),
        }
    }
}
