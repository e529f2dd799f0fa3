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
use compago::flow::machine::Input;
use compago::flow::order::facts::Listed;
use compago::flow::order::{CancelRefusal, Event, Order};
use compago::flow::outbox::Told;
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use super::message::{Claim, Command, PlaceOrder};
use super::show::{created, return_page};
use super::store::{self, CLASS, OrderMeta};
use crate::config::Config;
use crate::http::error::{ApiError, InternalError, ProviderCall};
use crate::http::respond::{json_answer, json_text, see_other};
use crate::objects::durable::changes::Deadline;
use crate::objects::durable::{Durable, outbox};
use crate::objects::envelope::{self, Envelope, Message};
use crate::runtime::clock::now;

/// The Durable Object of one order.
#[durable_object(alarm)]
pub struct OrderObject {
    handler: Rc<OrderHandler>,
}

/// What the requests and alarms of one object share.
pub(super) struct OrderHandler {
    pub(super) durable: Durable,
    /// The order, left here by the last who read it and did not change it; gone as soon as anybody writes.
    pub(super) unchanged: Cell<Option<Order>>,
    /// How many requests that make an attempt are being answered.
    creating: Cell<u32>,
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
            handler: Rc::new(OrderHandler {
                durable: Durable::new(&CLASS, state, env),
                unchanged: Cell::default(),
                creating: Cell::new(0),
                is_open: Cell::new(false),
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

impl OrderHandler {
    async fn answer(self: &Rc<Self>, command: Command) -> Result<Response, ApiError> {
        self.durable.ensure_alarm().await?;
        match command {
            Command::Place(new_order) => {
                let ticket = new_order.ticket;
                let answer = self.place(*new_order).await;
                self.release_unused(ticket);
                answer
            }
            Command::Replay { body, ticket } => {
                let answer = self.replay(&body, Renewal::Allowed).await;
                // Where nothing was placed, the link is that of the order which is placed now.
                let is_none = matches!(answer, Err(ApiError::NotFound));
                self.release_unused(ticket.filter(|_| !is_none));
                answer
            }
            Command::Recall { body } => self.replay(&body, Renewal::Refused).await,
            Command::Watch => {
                self.event(Event::Watched)?;
                self.view()
            }
            Command::Return { claim } => self.handle_return(claim).await,
            Command::Retry(ticket) => {
                let answer = self.retry().await;
                self.release_unused(ticket);
                answer
            }
            Command::Cancel => self.cancel().await,
            Command::Detail => self.detail(),
            Command::WatchDetail => {
                self.event(Event::WatchedByOperator)?;
                self.detail()
            }
            Command::Check => self.check().await,
            Command::Reconcile { listed } => self.reconcile(listed).await,
        }
    }

    async fn place(self: &Rc<Self>, new_order: PlaceOrder) -> Result<Response, ApiError> {
        let PlaceOrder { terms, body, capability, return_page, counted, ticket: _ } = new_order;
        if store::order(&self.durable.database()?)?.is_some() {
            return self.replay(&body, Renewal::Allowed).await;
        }
        let config = Config::read(&self.durable.env)?;
        let fingerprint = Fingerprint::of(body.as_bytes(), &config.keys);
        let meta = OrderMeta { fingerprint, return_page, capability, counted };
        let step = Order::place(terms, now()).ok_or(InternalError::Impossible("terms that no order can have"))?;
        let next_call = self.save(step, Some(&meta))?;
        self.spawn_calls(next_call);
        self.await_link(ProviderCall::CreateOrder).await
    }

    /// The same key again: the same body gets the same answer.
    async fn replay(self: &Rc<Self>, body: &str, renewal: Renewal) -> Result<Response, ApiError> {
        if let Some(created) = self.first_answer(body)? {
            return Ok(created);
        }
        if self.creating.get() > 0 {
            return Err(ApiError::InFlight);
        }
        let order = self.order()?;
        // What failed for a reason that passes is made now: nobody has heard of a link yet.
        let passes = order.refusal().is_none_or(|reason| reason.blame() != Blame::Caller);
        if order.status() == OrderStatus::Failed && passes {
            if renewal == Renewal::Refused {
                return Err(ApiError::NotFound);
            }
            order.retry_allowed()?;
            self.event(Event::RetryAsked)?;
        } else {
            self.input(Input::AlarmFired)?;
        }
        self.await_link(ProviderCall::CreateOrder).await
    }

    /// The answer that was given when the order was placed with this body; `None` if none had a link yet.
    fn first_answer(&self, body: &str) -> Result<Option<Response>, ApiError> {
        let database = self.database()?;
        let meta = store::meta(&database)?.ok_or(ApiError::NotFound)?;
        let config = Config::read(&self.durable.env)?;
        if !meta.fingerprint.fits(body.as_bytes(), &config.keys) {
            return Err(ApiError::KeyReused);
        }
        Ok(store::created(&database)?.map(|created| json_text(201, created)).transpose()?)
    }

    async fn retry(self: &Rc<Self>) -> Result<Response, ApiError> {
        let order = self.order()?;
        // The answer to an earlier request to try again may have been lost, and nobody have the link.
        if !(order.current().number > 1 && order.current().is_being_made()) {
            order.retry_allowed()?;
            self.event(Event::RetryAsked)?;
        }
        self.await_link(ProviderCall::RetryOrder).await
    }

    async fn cancel(self: &Rc<Self>) -> Result<Response, ApiError> {
        match self.order()?.cancel_allowed() {
            Ok(()) => {}
            Err(CancelRefusal::Closed) => return self.view(),
            Err(refusal) => return Err(refusal.into()),
        }
        self.event(Event::CancelAsked)?;
        let order = self.wait_until(|order| order.status() != OrderStatus::Verifying).await?;
        if order.status() == OrderStatus::Paid {
            return Err(ApiError::OrderPaid);
        }
        self.view()
    }

    async fn handle_return(self: &Rc<Self>, claim: Option<Claim>) -> Result<Response, ApiError> {
        let meta = store::meta(&self.database()?)?.ok_or(ApiError::NotFound)?;
        if let Some(Claim { payment_id, external_id }) = claim {
            self.event(Event::PayerReturned { payment_id, external_id })?;
        }
        let page = return_page(&meta)?;
        Ok(see_other(&page)?)
    }

    fn view(&self) -> Result<Response, ApiError> {
        let order = self.order()?;
        let answer = json_answer(200, &order.view(now()));
        self.unchanged.set(Some(order));
        Ok(answer?)
    }

    fn detail(&self) -> Result<Response, ApiError> {
        let owed = outbox::all(&self.database()?)?;
        let deliveries: Vec<Told> = owed.iter().map(|owed| Told::from(&owed.delivery)).collect();
        Ok(json_text(200, self.order()?.story(&deliveries, now()))?)
    }

    /// Has the payment read, if that is allowed, and answers with what came of it.
    async fn check(self: &Rc<Self>) -> Result<Response, ApiError> {
        let (before, mut deadline) = (self.order()?, Deadline::standard());
        self.event(Event::CheckAsked)?;
        let order = self.wait_within(&mut deadline, |order| !order.is_in_flight()).await?;
        let was_read = before.is_read_in_flight() || order.last_read_at() > before.last_read_at();
        // While another call was in flight, none could be sent.
        if !was_read && !order.is_in_flight() {
            self.event(Event::CheckAsked)?;
            self.wait_within(&mut deadline, |order| !order.is_in_flight()).await?;
        }
        self.detail()
    }

    /// What the desk keeps of the order, with its newest state.
    async fn reconcile(self: &Rc<Self>, listed: Option<Listed>) -> Result<Response, ApiError> {
        self.order()?;
        self.durable.commit(store::ensure_listed)?;
        if let Some(listed) = listed {
            let payment_id = listed.payment_id;
            self.event(Event::Listed(listed))?;
            let order = self.wait_until(|order| !order.is_reading(now())).await?;
            if order.is_reading(now()) || !order.has_read(payment_id) {
                return Err(ApiError::ProviderUnavailable(ProviderCall::Read));
            }
        }
        Ok(json_text(200, self.order()?.listing().json)?)
    }

    /// Waits until the current attempt, which `call` made, has a link, or is known to get none.
    async fn await_link(self: &Rc<Self>, call: ProviderCall) -> Result<Response, ApiError> {
        self.creating.set(self.creating.get() + 1);
        let waited = self.wait_until(|order| order.current().link().is_some() || !order.status().is_pending()).await;
        self.creating.set(self.creating.get() - 1);
        let order = waited?;
        let meta = store::meta(&self.database()?)?.ok_or(ApiError::NotFound)?;
        match created(&order, &meta.capability) {
            Some(created) => Ok(json_answer(201, &created)?),
            None => Err(ApiError::from_order_failure(&order, call)),
        }
    }
}
