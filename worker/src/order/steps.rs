//! How an order's object takes an event: load, step, save, call, and feed the answer back.

use std::rc::Rc;
use std::time::Duration;

use compago::api::one_time_payment::find::find;
use compago::api::one_time_payment::link::CheckoutLink;
use compago::endpoint::call;
use compago::flow::order::notice::Notice;
use compago::flow::order::{Answer as CallAnswer, Call, Effect, Event, Order, Step};
use compago::flow::outbox::{Delivery, DeliveryState};
use compago::json;
use compago::value::{HttpsUrl, Loopback, UnixMillis};
use compago::webhook::EventKind;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use worker::Delay;

use super::deliver::deliver;
use super::object::Shell;
use super::show::created;
use super::store::{Changes, Owed, Placed, Store};
use crate::clock::{from_javascript, in_javascript, jitter, now};
use crate::env::{Config, Webhook};
use crate::fault::Fault;
use crate::list_watch;
use crate::log::{self, Level};
use crate::transport::CompagoApi;

/// How long a request waits for a link, or for a cancellation to be certain: longer than one lost call, and less than
/// pages wait for an answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often webhooks are looked at while there is no endpoint to send them to.
const UNCONFIGURED: Duration = Duration::from_secs(10 * 60);

/// The soonest that an alarm is set to.
const SOON: Duration = Duration::from_millis(10);

/// A call that a step asks for, under the number of its flight.
pub(super) type Owing = Option<(u32, Call)>;

impl Shell {
    /// The object's database.
    pub(super) fn store(&self) -> Result<Store, Fault> {
        Ok(Store::open(self.state.storage())?)
    }

    /// The order.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if none was placed.
    pub(super) fn order(&self) -> Result<Order, Fault> {
        self.store()?.order()?.ok_or(Fault::NotFound)
    }

    /// Waits until the order is as wanted, but no longer than [`PATIENCE`].
    pub(super) async fn wait_until(&self, wanted: impl Fn(&Order) -> bool) -> Result<Order, Fault> {
        let mut patience = Delay::from(PATIENCE);
        loop {
            let order = self.order()?;
            if wanted(&order) {
                return Ok(order);
            }
            let (sender, changed) = oneshot::channel();
            self.waiting.borrow_mut().push(sender);
            match select(changed, patience).await {
                Either::Left((_, rest)) => patience = rest,
                Either::Right(_) => return self.order(),
            }
        }
    }

    /// Takes an event, and pursues what it asks for in the background.
    ///
    /// # Errors
    /// [`Fault::NotFound`] if no order was placed.
    pub(super) async fn event(self: &Rc<Self>, event: Event) -> Result<(), Fault> {
        let store = self.store()?;
        let order = store.order()?.ok_or(Fault::NotFound)?;
        let step = order.clone().step(event, now());
        if step.order != order || !step.effects.is_empty() {
            let owing = self.save(&store, step, None).await?;
            self.pursue(owing);
        }
        Ok(())
    }

    /// Makes the calls one after the other, in the background: a client that leaves takes none of it away.
    pub(super) fn pursue(self: &Rc<Self>, owing: Owing) {
        if owing.is_none() {
            return;
        }
        let shell = Rc::clone(self);
        self.state.wait_until(&future_to_promise(async move {
            if shell.follow(owing).await.is_err() {
                // The flight is on disk and the alarm is set: the order goes on from there.
                log::write(Level::Error, "order-call-failed", &[]);
            }
            Ok(JsValue::UNDEFINED)
        }));
    }

    async fn follow(&self, mut owing: Owing) -> Result<(), Fault> {
        while let Some((flight, call)) = owing {
            let answer = self.make(call).await?;
            let store = self.store()?;
            let Some(order) = store.order()? else { return Ok(()) };
            owing = self.save(&store, order.step(Event::Answered { flight, answer }, now()), None).await?;
        }
        Ok(())
    }

    /// Makes one call of the order's.
    async fn make(&self, wanted: Call) -> Result<CallAnswer, Fault> {
        let config = Config::read(&self.env).map_err(|_| Fault::Misconfigured)?;
        let api = CompagoApi::new(config.base_url, config.api_key);
        Ok(match wanted {
            Call::Create(request) => CallAnswer::Created(call(&*request, &api).await.map(|url| {
                let link = CheckoutLink::parse(&url.0, &config.checkout_origins);
                if link.is_err() {
                    let seen = HttpsUrl::parse(&url.0, Loopback::Allowed).map(|url| url.origin().to_string());
                    let seen = seen.unwrap_or_else(|_| "no URL".to_owned());
                    log::write(Level::Error, "checkout-origin-refused", &[("origin", &seen)]);
                }
                link
            })),
            Call::Read(request) => CallAnswer::Read(call(&request, &api).await),
            Call::Search(external_id) => CallAnswer::Searched(find(&external_id, &api).await),
            Call::Cancel(request) => CallAnswer::Cancelled(call(&request, &api).await),
            Call::Glance(payment_id) => CallAnswer::Glanced(list_watch::glance(payment_id, &self.env).await),
        })
    }

    /// The alarm: first the order's own call, then the webhooks that are due.
    pub(super) async fn wake(&self) -> Result<(), Fault> {
        let store = self.store()?;
        let Some(order) = store.order()? else { return Ok(()) };
        let owing = self.save(&store, order.step(Event::AlarmRang, now()), None).await?;
        self.follow(owing).await?;
        self.deliver_due(&store).await
    }

    async fn deliver_due(&self, store: &Store) -> Result<(), Fault> {
        let Some(webhook) = self.webhook() else { return Ok(()) };
        for owed in store.outbox()? {
            let before = owed.delivery.state();
            let (delivery, begun) = owed.delivery.begin(now());
            if delivery.state() != before {
                self.save_delivery(store, &delivery).await?;
            }
            let Some(begun) = begun else { continue };
            let answer = deliver(delivery.id(), &owed.body, &webhook).await;
            self.save_delivery(store, &delivery.answered(begun, answer, now(), jitter())).await?;
        }
        Ok(())
    }

    async fn save_delivery(&self, store: &Store, delivery: &Delivery) -> Result<(), Fault> {
        if let DeliveryState::Parked { reason, .. } = delivery.state() {
            log::write(Level::Error, "webhook-parked", &[("id", delivery.id()), ("reason", &reason)]);
        }
        let rest = store.outbox()?.into_iter().map(|owed| owed.delivery).filter(|other| other.id() != delivery.id());
        let wake_at = self.wake_at(store.order()?.as_ref(), rest.chain([delivery.clone()]));
        Ok(store.save(&Changes { delivery: Some(delivery), wake_at, ..Changes::default() }).await?)
    }

    /// Saves a step with its webhooks and the alarm, wakes those who wait, and hands out the call it asks for.
    pub(super) async fn save(&self, store: &Store, step: Step, placed: Option<&Placed>) -> Result<Owing, Fault> {
        let mut owing = None;
        let mut owed = Vec::new();
        for effect in step.effects {
            match effect {
                Effect::Call { flight, call } => owing = Some((flight, call)),
                Effect::Notify(notice) => {
                    report(&notice);
                    owed.push(owed_for(&notice));
                }
            }
        }
        let deliveries = store.outbox()?.into_iter().chain(owed.iter().cloned()).map(|owed| owed.delivery);
        let wake_at = self.wake_at(Some(&step.order), deliveries);
        let created = first_link(store, &step.order, placed)?;
        let order = Some(&step.order);
        store.save(&Changes { order, placed, created: created.as_deref(), owed, delivery: None, wake_at }).await?;
        for waiting in self.waiting.borrow_mut().drain(..) {
            // A request that has gone meanwhile needs no waking.
            let _ = waiting.send(());
        }
        Ok(owing)
    }

    /// Sets the alarm again if it was lost: it is the one thing that makes the order go on by itself.
    pub(super) async fn rearm(&self) -> Result<(), Fault> {
        let store = self.store()?;
        let deliveries = store.outbox()?.into_iter().map(|owed| owed.delivery);
        let Some(at) = self.wake_at(store.order()?.as_ref(), deliveries) else { return Ok(()) };
        let set = JsFuture::from(self.state.storage().get_alarm()?).await?.as_f64().map(from_javascript);
        if set.is_none_or(|set| set < now() || set > at) {
            self.ring_at(at).await?;
        }
        Ok(())
    }

    /// Sets the alarm.
    pub(super) async fn ring_at(&self, at: UnixMillis) -> Result<(), Fault> {
        JsFuture::from(self.state.storage().set_alarm(in_javascript(at))?).await?;
        Ok(())
    }

    /// When the object must wake up. Webhooks that nobody can send now, because the endpoint is not configured, wait for
    /// it: they are looked at from time to time.
    fn wake_at(&self, order: Option<&Order>, deliveries: impl Iterator<Item = Delivery>) -> Option<UnixMillis> {
        let patience = if self.webhook().is_some() { Duration::ZERO } else { UNCONFIGURED };
        let due = deliveries.filter_map(|delivery| delivery.next_at()).map(|at| at.max(now().plus(patience)));
        let at = order.and_then(Order::wake_at).into_iter().chain(due).min()?;
        // The runtime drops an alarm that is set, while one runs, to the very time of that one.
        Some(at.max(now().plus(SOON)))
    }

    fn webhook(&self) -> Option<Webhook> {
        Config::read(&self.env).ok()?.webhook
    }
}

/// The answer to keep for the key that placed the order: the first one that has a link.
fn first_link(store: &Store, order: &Order, placed: Option<&Placed>) -> Result<Option<String>, Fault> {
    if store.created()?.is_some() {
        return Ok(None);
    }
    let stored = store.placed()?;
    let Some(placed) = placed.or(stored.as_ref()) else { return Ok(None) };
    Ok(created(order, &placed.capability).map(|created| json::to_string(&created)))
}

/// What needs a person is said aloud as well: a shop may have no endpoint for webhooks.
fn report(notice: &Notice) {
    if notice.event.kind == EventKind::OrderOnHold {
        let data = &notice.event.data;
        let reason = data.reason.clone().unwrap_or_default();
        log::write(Level::Error, "order-on-hold", &[("reference", &data.reference), ("reason", &reason)]);
    }
}

fn owed_for(notice: &Notice) -> Owed {
    let event = &notice.event;
    Owed { delivery: Delivery::new(notice.id.clone(), event.kind, event.timestamp), body: json::to_string(event) }
}
