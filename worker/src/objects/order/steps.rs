//! How an order's object takes an event: load, step, save, call, and feed the answer back.

use std::rc::Rc;

use compago::api::one_time_payment::find::find;
use compago::api::one_time_payment::link::CheckoutLink;
use compago::endpoint::call;
use compago::flow::machine::{Input, Machine as _, PendingCall, Step};
use compago::flow::open_links::LinkTicket;
use compago::flow::order::notice::Notice;
use compago::flow::order::{Answer as CallAnswer, Call, Event, Order};
use compago::json;
use compago::value::{HttpsUrl, Loopback, Reference};
use compago::webhook::EventKind;

use serde_json::json;

use super::object::OrderHandler;
use super::show::created;
use super::store::{self, OrderMeta};
use crate::compago::CompagoApi;
use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result as Kept};
use crate::objects::durable::changes::Deadline;
use crate::objects::durable::outbox::PendingDelivery;
use crate::objects::list_watch;
use crate::objects::open_links;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// The call that a step asks for.
pub(super) type NextCall = Option<PendingCall<Order>>;

impl OrderHandler {
    /// The order's database.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if no order was placed.
    pub(super) fn database(&self) -> Result<Database, ApiError> {
        self.durable.existing()?.ok_or(ApiError::NotFound)
    }

    /// The order as it is on disk. A caller that does not change it may leave it to the next in [`OrderHandler::unchanged`].
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if none was placed.
    pub(super) fn order(&self) -> Result<Order, ApiError> {
        match self.unchanged.take() {
            Some(order) => Ok(order),
            None => store::order(&self.database()?)?.ok_or(ApiError::NotFound),
        }
    }

    /// Waits until the order is as wanted, but no longer than [`Deadline`] lasts.
    pub(super) async fn wait_until(&self, wanted: impl Fn(&Order) -> bool) -> Result<Order, ApiError> {
        self.wait_within(&mut Deadline::standard(), wanted).await
    }

    /// The same, while `deadline` lasts that several waits of one request share.
    pub(super) async fn wait_within(
        &self,
        deadline: &mut Deadline,
        wanted: impl Fn(&Order) -> bool,
    ) -> Result<Order, ApiError> {
        loop {
            let order = self.order()?;
            if wanted(&order) {
                return Ok(order);
            }
            if !self.durable.changes.changed(deadline).await {
                return self.order();
            }
        }
    }

    /// Takes an event, and pursues what it asks for in the background.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if no order was placed.
    pub(super) fn event(self: &Rc<Self>, event: Event) -> Result<(), ApiError> {
        self.input(Input::Event(event))
    }

    /// Takes an input, and pursues what it asks for in the background.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] if no order was placed.
    pub(super) fn input(self: &Rc<Self>, input: Input<Order>) -> Result<(), ApiError> {
        let next_call = self.take(input)?;
        self.spawn_calls(next_call);
        Ok(())
    }

    /// Takes an input, saves what it changes, and hands out the call it asks for. What changes nothing writes nothing.
    fn take(&self, input: Input<Order>) -> Result<NextCall, ApiError> {
        let before = self.order()?;
        let step = before.clone().step(input, now());
        if step.notices.is_empty() && step.call.is_none() && step.machine == before {
            self.unchanged.set(Some(before));
            return Ok(None);
        }
        self.save(step, None)
    }

    /// Makes the calls one after the other, in the background.
    pub(super) fn spawn_calls(self: &Rc<Self>, next_call: NextCall) {
        if next_call.is_some() {
            let handler = Rc::clone(self);
            self.durable.in_background(async move { handler.run_calls(next_call).await });
        }
    }

    async fn run_calls(&self, mut next_call: NextCall) -> Result<(), ApiError> {
        while let Some(PendingCall { number, call }) = next_call {
            let answer = self.execute(call).await?;
            next_call = self.save(self.order()?.step(Input::Completed { call: number, answer }, now()), None)?;
        }
        Ok(())
    }

    /// Makes one call of the order's.
    async fn execute(&self, wanted: Call) -> Result<CallAnswer, ApiError> {
        let config = Config::read(&self.durable.env)?;
        let api = CompagoApi::new(&config);
        Ok(match wanted {
            Call::Create(request) => CallAnswer::Created(call(&*request, &api).await.map(|url| {
                let link = CheckoutLink::parse(&url.0, &config.checkout_origins);
                if link.is_err() {
                    let seen = HttpsUrl::parse(&url.0, Loopback::Allowed).map(|url| url.origin().to_string());
                    let seen = seen.unwrap_or_else(|_| "no URL".to_owned());
                    log::write(Level::Error, "checkout-origin-refused", json!({ "origin": seen }));
                }
                link
            })),
            Call::Read(request) => CallAnswer::Read(call(&request, &api).await),
            Call::Search(external_id) => CallAnswer::Searched(find(&external_id, &api).await),
            Call::Cancel(request) => CallAnswer::Cancelled(call(&request, &api).await),
            Call::Glance(glance) => CallAnswer::Glanced(list_watch::lookup(&glance, &self.durable.env).await),
        })
    }

    /// The alarm: first the order's own call, then what the desk and the merchant are owed.
    pub(super) async fn on_alarm(&self) -> Result<(), ApiError> {
        // An alarm of an object that has lost its storage has nothing to do.
        if self.durable.existing()?.is_none() {
            return Ok(());
        }
        self.durable.ensure_alarm().await?;
        let next_call = self.take(Input::AlarmFired)?;
        self.run_calls(next_call).await?;
        self.durable.publish_and_deliver().await
    }

    /// Saves a step with its webhooks and the alarm, wakes those who wait, and hands out the call it asks for.
    pub(super) fn save(&self, step: Step<Order>, meta: Option<&OrderMeta>) -> Result<NextCall, ApiError> {
        let Step { machine: order, notices, call } = step;
        let mut owed = Vec::new();
        for notice in notices {
            report(&notice);
            let Notice { id, event } = notice;
            owed.push(PendingDelivery::new(id, event.kind, event.timestamp, json::to_string(&event)));
        }
        self.durable.commit(|database| {
            self.unchanged.set(None);
            if let Some(meta) = meta {
                store::put_meta(database, meta)?;
            }
            if let Some(created) = first_link(database, &order)? {
                store::put_created(database, created)?;
            }
            store::put_order(database, &order)?;
            self.durable.enqueue(database, &owed)
        })?;
        if self.is_open.replace(order.status().is_pending()) {
            self.close_link(&order);
        }
        Ok(call)
    }

    /// Reports, in the background, that a counted link was closed before its time. The order does not depend on the outcome:
    /// a link whose report is lost counts until its end.
    fn close_link(&self, order: &Order) {
        let attempt = order.current();
        if order.status().is_pending() || attempt.expires_at <= now() {
            return;
        }
        if attempt.number > 1 || self.is_first_link_counted(order.terms().reference) {
            let (reference, started_at, env) = (order.terms().reference, attempt.started_at, self.durable.env.clone());
            self.durable.in_background(async move {
                if let Err(error) = open_links::close(reference, started_at, &env).await {
                    log::write(
                        Level::Warn,
                        "open-link-not-closed",
                        json!({ "reference": reference, "error": error.chain() }),
                    );
                }
                Ok(())
            });
        }
    }

    /// Whether the link of the first attempt counts. One of which that cannot be read is not reported as closed.
    fn is_first_link_counted(&self, reference: Reference) -> bool {
        match self.database().and_then(|database| Ok(store::meta(&database)?)) {
            Ok(meta) => meta.is_some_and(|meta| meta.counted == Some(true)),
            Err(error) => {
                log::write(
                    Level::Warn,
                    "open-link-not-closed",
                    json!({ "reference": reference, "error": error.internal() }),
                );
                false
            }
        }
    }

    /// Reports, in the background, that a counted request came to nothing: no attempt that began after it can be paid, so nothing
    /// else would end its link before its time. What cannot be told goes on counting.
    pub(super) fn release_unused(&self, ticket: Option<LinkTicket>) {
        let Some(ticket) = ticket else { return };
        match self.order() {
            Ok(order) if order.status().is_pending() && ticket.may_be_for(order.current().started_at) => return,
            // There is no order: nothing was begun.
            Ok(_) | Err(ApiError::NotFound) => {}
            Err(error) => {
                log::write(
                    Level::Warn,
                    "open-link-not-released",
                    json!({ "reference": ticket.reference, "error": error.internal() }),
                );
                return;
            }
        }
        let env = self.durable.env.clone();
        self.durable.in_background(async move {
            if let Err(error) = open_links::release(ticket, &env).await {
                log::write(
                    Level::Warn,
                    "open-link-not-released",
                    json!({ "reference": ticket.reference, "error": error.chain() }),
                );
            }
            Ok(())
        });
    }
}

/// The answer to keep for the key that placed the order: the first one that has a link.
fn first_link(database: &Database, order: &Order) -> Kept<Option<String>> {
    if store::created(database)?.is_some() {
        return Ok(None);
    }
    let Some(meta) = store::meta(database)? else { return Ok(None) };
    Ok(created(order, &meta.capability).map(|created| json::to_string(&created)))
}

/// What needs a person is said aloud as well: a shop may have no endpoint for webhooks.
fn report(notice: &Notice) {
    if notice.event.kind == EventKind::OrderOnHold {
        let data = &notice.event.data;
        let reason = data.reason.clone().unwrap_or_default();
        log::write(Level::Error, "order-on-hold", json!({ "reference": data.reference, "reason": reason }));
    }
}
