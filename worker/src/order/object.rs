//! One order: its state on disk, its one call in flight, its alarm.
//!
//! The machine in the core decides everything. This shell loads the order, steps it, saves the order, its webhooks and
//! the alarm in one transaction, and only then makes the call that the step asks for, feeding the answer back as the
//! next event. The order is read again for each event, because other events come in between while a call is under way.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use compago::edge::Fingerprint;
use compago::edge::order::OrderStatus;
use compago::flow::order::terms::Terms;
use compago::flow::order::{CancelRefusal, Event, Order};
use compago::value::HttpsUrl;
use futures_channel::oneshot;
use serde_json::{Value, json};
use worker::wasm_bindgen;
use worker::{DurableObject, Env, Request, Response, Result, ScheduledTime, State, durable_object};

use super::message::{Answer, Ask};
use super::show::{created, refused, told};
use super::store::Placed;
use crate::clock::{date, now};
use crate::env::Config;
use crate::fault::Fault;
use crate::log::{self, Level};

/// After a failure of ours in an alarm, when to try again: the runtime would drop an alarm that throws.
const RECOVER: Duration = Duration::from_secs(30);

/// The Durable Object of one order.
#[durable_object(alarm)]
pub struct OrderObject {
    shell: Rc<Shell>,
}

/// What the requests and alarms of one object share.
pub(super) struct Shell {
    pub(super) state: State,
    pub(super) env: Env,
    /// Requests that wait for the order to change.
    pub(super) waiting: RefCell<Vec<oneshot::Sender<()>>>,
    /// A request that makes an attempt is being answered.
    making: Cell<bool>,
    /// Since it was started, the object has made sure that its alarm is set.
    armed: Cell<bool>,
}

impl DurableObject for OrderObject {
    fn new(state: State, env: Env) -> Self {
        let (making, armed) = (Cell::new(false), Cell::new(false));
        Self { shell: Rc::new(Shell { state, env, waiting: RefCell::default(), making, armed }) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let question: Ask = request.json().await?;
        let answer = match self.shell.answer(question).await {
            Ok(answer) => answer,
            Err(error) => {
                log::write(Level::Error, "order-failed", &json!({ "error": error.to_string() }));
                Answer::Refused { fault: Fault::Internal }
            }
        };
        Response::from_json(&answer)
    }

    async fn alarm(&self) -> Result<Response> {
        if let Err(error) = self.shell.wake().await {
            log::write(Level::Error, "order-alarm-failed", &json!({ "error": error.to_string() }));
            let again = ScheduledTime::new(date(now().plus(RECOVER)));
            // Should this fail as well, the next request finds what is due and sets the alarm anew.
            let _ = self.shell.state.storage().set_alarm(again).await;
        }
        Response::empty()
    }
}

impl Shell {
    async fn answer(self: &Rc<Self>, question: Ask) -> Result<Answer> {
        if !self.armed.replace(true) {
            self.rearm().await?;
        }
        match question {
            Ask::Place { terms, body, capability, return_page } => {
                self.place(*terms, &body, capability, return_page).await
            }
            Ask::Replay { body } => self.replay(&body).await,
            Ask::Watch => {
                if self.event(Event::Watched).await? {
                    self.view()
                } else {
                    Ok(Answer::Unknown)
                }
            }
            Ask::Return { claim } => {
                self.welcome(claim.map(|(payment_id, external_id)| Event::Returned { payment_id, external_id })).await
            }
            Ask::Retry { capability } => self.retry(&capability).await,
            Ask::Cancel => self.cancel().await,
            Ask::Story => self.story(),
        }
    }

    async fn place(
        self: &Rc<Self>,
        terms: Terms,
        body: &str,
        capability: String,
        return_page: Option<HttpsUrl>,
    ) -> Result<Answer> {
        let store = self.store()?;
        if store.order()?.is_some() {
            return self.replay(body).await;
        }
        let Ok(config) = Config::read(&self.env) else { return refused(Fault::Misconfigured) };
        let fingerprint = Fingerprint::of(body.as_bytes(), &config.keys);
        let placed = Placed { fingerprint, return_page, capability };
        let Some(step) = Order::place(terms, now()) else { return refused(Fault::Internal) };
        let owing = self.save(&store, step, Some(&placed)).await?;
        self.pursue(owing);
        self.await_link(&placed.capability).await
    }

    /// The same key again: the same body gets the same answer.
    async fn replay(self: &Rc<Self>, body: &str) -> Result<Answer> {
        let store = self.store()?;
        let Some(placed) = store.placed()? else { return Ok(Answer::Unknown) };
        let Ok(config) = Config::read(&self.env) else { return refused(Fault::Misconfigured) };
        if !placed.fingerprint.fits(body.as_bytes(), &config.keys) {
            return refused(Fault::KeyReused);
        }
        if let Some(created) = store.created()? {
            return Ok(Answer::Created { created });
        }
        if self.making.get() {
            return refused(Fault::InFlight);
        }
        self.event(Event::AlarmRang).await?;
        self.await_link(&placed.capability).await
    }

    async fn retry(self: &Rc<Self>, capability: &str) -> Result<Answer> {
        let Some(order) = self.store()?.order()? else { return Ok(Answer::Unknown) };
        if let Err(refusal) = order.retry_allowed() {
            return refused(refusal.into());
        }
        self.event(Event::RetryAsked).await?;
        self.await_link(capability).await
    }

    async fn cancel(self: &Rc<Self>) -> Result<Answer> {
        let Some(order) = self.store()?.order()? else { return Ok(Answer::Unknown) };
        match order.cancel_allowed() {
            Ok(()) => {}
            Err(CancelRefusal::Closed) => return self.view(),
            Err(refusal) => return refused(refusal.into()),
        }
        self.event(Event::CancelAsked).await?;
        let order = self.wait_until(|order| order.status() != OrderStatus::Verifying).await?;
        match order.map(|order| order.status()) {
            Some(OrderStatus::Paid) => refused(Fault::OrderPaid),
            Some(_) => self.view(),
            None => Ok(Answer::Unknown),
        }
    }

    async fn welcome(self: &Rc<Self>, claim: Option<Event>) -> Result<Answer> {
        if let Some(event) = claim {
            self.event(event).await?;
        }
        let placed = self.store()?.placed()?;
        Ok(placed.map_or(Answer::Unknown, |placed| Answer::Returned { return_page: placed.return_page }))
    }

    fn view(&self) -> Result<Answer> {
        let order = self.store()?.order()?;
        Ok(order.map_or(Answer::Unknown, |order| Answer::View { view: order.view(now()) }))
    }

    fn story(&self) -> Result<Answer> {
        let store = self.store()?;
        let Some(order) = store.order()? else { return Ok(Answer::Unknown) };
        let deliveries: Vec<Value> = store.outbox()?.iter().map(|owed| told(&owed.delivery)).collect();
        let mut story = order.story(now());
        if let Some(object) = story.as_object_mut() {
            object.insert("deliveries".to_owned(), json!(deliveries));
        }
        Ok(Answer::Story { story })
    }

    /// Waits until the current attempt has a link, or is known to get none.
    async fn await_link(self: &Rc<Self>, capability: &str) -> Result<Answer> {
        self.making.set(true);
        let waited = self.wait_until(|order| order.current().link().is_some() || !order.status().is_pending()).await;
        self.making.set(false);
        let Some(order) = waited? else { return Ok(Answer::Unknown) };
        match created(&order, capability) {
            Some(created) => Ok(Answer::Created { created }),
            None => refused(Fault::of_unopened(order.status(), order.refusal(), order.terms().reference.to_string())),
        }
    }
}
