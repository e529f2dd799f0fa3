//! One order: its commands. [`super::machine`] says how its machine is stored and makes its calls.

use std::cell::Cell;
use std::rc::Rc;

use compago::edge::delivery::DeliveryView;
use compago::edge::fulfilment::FulfilmentRequest;
use compago::edge::order::OrderStatus;
use compago::edge::{BodyFingerprints, Role};
use compago::error::Blame;
use compago::flow::machine::Input;
use compago::flow::order::facts::Listed;
use compago::flow::order::{CancelRefusal, Event, Order};
use worker::Response;

use super::message::{Claim, Command, ListWatcherMessage, PlaceOrder};
use super::show::{created, return_page};
use super::store::{self, CLASS, OrderMeta};
use crate::http::error::{ApiError, InternalError, ProviderCall};
use crate::http::respond::{empty_answer, json_answer, json_text, see_other};
use crate::objects::durable::changes::Deadline;
use crate::objects::durable::{ObjectClass, outbox};
use crate::objects::machine_object::{MachineObject, ObjectHandler, machine_object};
use crate::runtime::clock::now;

machine_object! {
    /// The Durable Object of one order.
    OrderObject, OrderHandler
}

/// The class of orders.
pub(super) struct OrderHandler;

/// The object of one order.
pub(super) type OrderMachine = MachineObject<OrderHandler>;

/// What the requests and alarms of one order share.
#[derive(Default)]
pub(super) struct Memory {
    /// The order as it is stored, left here by the last one who stored or read it.
    pub(super) unchanged: Cell<Option<Order>>,
    /// How many requests that create an attempt are being answered.
    creating: Cell<u32>,
    /// Whether it was found out since the object was started if its link has to be registered again.
    pub(super) is_started: Cell<bool>,
}

/// Counts a request that creates an attempt until it is dropped, also if the request is dropped before it has its answer.
struct Creating<'a>(&'a Cell<u32>);

impl<'a> Creating<'a> {
    fn start(count: &'a Cell<u32>) -> Self {
        count.set(count.get() + 1);
        Self(count)
    }
}

impl Drop for Creating<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

/// Whether a repeated request may begin another attempt.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Renewal {
    Allowed,
    Refused,
}

impl ObjectHandler for OrderHandler {
    type Command = Command;
    type Memory = Memory;
    const CLASS: &'static ObjectClass = &CLASS;

    async fn handle(object: &Rc<OrderMachine>, command: Command) -> Result<Response, ApiError> {
        object.register_again()?;
        object.answer(command).await
    }

    /// The order's calls come first, so that their webhooks are delivered by the same alarm.
    async fn on_alarm(object: &Rc<OrderMachine>) -> Result<(), ApiError> {
        let following = object.durable.follow();
        object.register_again()?;
        let input = if object.is_newly_watched()? { Input::Event(Event::ListWatched) } else { Input::AlarmFired };
        let call = object.step::<Order>((), input)?.into_call();
        object.durable.finish(following, object.run_calls((), call)).await
    }
}

impl OrderMachine {
    async fn answer(self: &Rc<Self>, command: Command) -> Result<Response, ApiError> {
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
                self.on_event::<Order>((), Event::Watched)?;
                self.view()
            }
            Command::Return { claim } => self.handle_return(claim).await,
            Command::Retry(ticket) => {
                let answer = self.retry().await;
                self.release_unused(ticket);
                answer
            }
            Command::Cancel => self.cancel().await,
            Command::Detail { role } => self.detail(role),
            Command::WatchDetail { role } => {
                self.on_event::<Order>((), Event::WatchedByOperator)?;
                self.detail(role)
            }
            Command::Check { role } => self.check(role).await,
            Command::Delivery { role } => self.delivery(role),
            Command::Fulfil { request, role } => self.fulfil(*request, role),
            Command::Export { role } => self.export(role),
            Command::Reconcile { listed } => self.reconcile(listed).await,
            Command::FromListWatcher(message) => self.take_list_watcher_message(message),
        }
    }

    async fn place(self: &Rc<Self>, new_order: PlaceOrder) -> Result<Response, ApiError> {
        let PlaceOrder { terms, body, capability, return_page, ticket: _ } = new_order;
        if store::order(&self.durable.database()?)?.is_some() {
            return self.replay(&body, Renewal::Allowed).await;
        }
        let meta = OrderMeta { fingerprint: body.newest(), return_page, capability };
        let step = Order::place(terms, now()).ok_or(InternalError::Impossible("terms that no order can have"))?;
        self.apply(step, |database| store::put_meta(database, &meta))?;
        self.await_link(ProviderCall::CreateOrder).await
    }

    /// The same key again: the same body gets the same answer.
    async fn replay(self: &Rc<Self>, body: &BodyFingerprints, renewal: Renewal) -> Result<Response, ApiError> {
        if let Some(created) = self.first_answer(body)? {
            return Ok(created);
        }
        if self.memory.creating.get() > 0 {
            return Err(ApiError::InFlight);
        }
        let order = self.order()?;
        // An attempt that failed for a temporary reason is repeated: no answer has contained a link yet.
        let passes = order.refusal().is_none_or(|reason| reason.blame() != Blame::Caller);
        if order.status() == OrderStatus::Failed && passes {
            if renewal == Renewal::Refused {
                return Err(ApiError::NotFound);
            }
            order.retry_allowed()?;
            self.on_event::<Order>((), Event::RetryAsked)?;
        } else {
            self.on_input::<Order>((), Input::AlarmFired)?;
        }
        self.await_link(ProviderCall::CreateOrder).await
    }

    /// The answer that was given when the order was placed with this body; `None` if none had a link yet.
    fn first_answer(&self, body: &BodyFingerprints) -> Result<Option<Response>, ApiError> {
        let database = self.database()?;
        let meta = store::meta(&database)?.ok_or(ApiError::NotFound)?;
        if !body.include(&meta.fingerprint) {
            return Err(ApiError::KeyReused);
        }
        Ok(store::created(&database)?.map(|created| json_text(201, created)).transpose()?)
    }

    async fn retry(self: &Rc<Self>) -> Result<Response, ApiError> {
        let order = self.order()?;
        // An earlier retry whose answer was lost may still be creating its link: this request waits for it.
        if !(order.current().number > 1 && order.current().is_being_made()) {
            order.retry_allowed()?;
            self.on_event::<Order>((), Event::RetryAsked)?;
        }
        self.await_link(ProviderCall::RetryOrder).await
    }

    fn order(&self) -> Result<Order, ApiError> {
        self.machine(())
    }

    /// Waits until the order fulfils a condition, at most until the standard deadline.
    async fn wait_until(&self, condition: impl Fn(&Order) -> bool) -> Result<Order, ApiError> {
        self.wait_for((), condition, &mut Deadline::standard()).await
    }

    async fn cancel(self: &Rc<Self>) -> Result<Response, ApiError> {
        match self.order()?.cancel_allowed() {
            Ok(()) => {}
            Err(CancelRefusal::Closed) => return self.view(),
            Err(refusal) => return Err(refusal.into()),
        }
        self.on_event::<Order>((), Event::CancelAsked)?;
        let order = self.wait_until(|order| order.status() != OrderStatus::Verifying).await?;
        if order.status() == OrderStatus::Paid {
            return Err(ApiError::OrderPaid);
        }
        self.view()
    }

    async fn handle_return(self: &Rc<Self>, claim: Option<Claim>) -> Result<Response, ApiError> {
        let meta = store::meta(&self.database()?)?.ok_or(ApiError::NotFound)?;
        if let Some(Claim { payment_id, external_id }) = claim {
            self.on_event::<Order>((), Event::PayerReturned { payment_id, external_id })?;
        }
        let page = return_page(&meta)?;
        Ok(see_other(&page)?)
    }

    fn view(&self) -> Result<Response, ApiError> {
        let order = self.order()?;
        let answer = json_answer(200, &order.view(now()));
        self.memory.unchanged.set(Some(order));
        Ok(answer?)
    }

    /// Returns the order's detail for the operator. Who bought is part of it, so the read is recorded.
    fn detail(self: &Rc<Self>, role: Role) -> Result<Response, ApiError> {
        self.on_event::<Order>((), Event::CustomerRead { by: role })?;
        let webhooks = outbox::all(&self.database()?)?;
        let deliveries = webhooks.iter().map(|webhook| DeliveryView::from(&webhook.delivery)).collect();
        Ok(json_answer(200, &self.order()?.detail(deliveries, now()))?)
    }

    /// Returns what a table of orders says of the order. If that names who bought, the read is recorded.
    fn export(self: &Rc<Self>, role: Role) -> Result<Response, ApiError> {
        self.on_event::<Order>((), Event::Exported { by: role })?;
        Ok(json_answer(200, &self.order()?.export())?)
    }

    /// Reads the payment at Compago, if that is allowed, and returns the order's detail.
    async fn check(self: &Rc<Self>, role: Role) -> Result<Response, ApiError> {
        let (before, mut deadline) = (self.order()?, Deadline::standard());
        self.on_event::<Order>((), Event::CheckAsked)?;
        let order = self.wait_for((), |order: &Order| !order.is_in_flight(), &mut deadline).await?;
        let was_read = before.is_read_in_flight() || order.last_read_at() > before.last_read_at();
        // While another call was in flight, none could be sent.
        if !was_read && !order.is_in_flight() {
            self.on_event::<Order>((), Event::CheckAsked)?;
            self.wait_for((), |order: &Order| !order.is_in_flight(), &mut deadline).await?;
        }
        self.detail(role)
    }

    /// Returns who receives the order, and where. The read is recorded.
    fn delivery(self: &Rc<Self>, role: Role) -> Result<Response, ApiError> {
        let delivery = self.order()?.delivery().ok_or(ApiError::PersonalDataDeleted)?;
        self.on_event::<Order>((), Event::DeliveryRead { by: role })?;
        Ok(json_answer(200, &delivery)?)
    }

    /// Records how far the order's delivery is.
    fn fulfil(self: &Rc<Self>, request: FulfilmentRequest, role: Role) -> Result<Response, ApiError> {
        self.order()?.fulfilment_allowed()?;
        self.on_event::<Order>((), Event::Fulfilled { request, by: role })?;
        self.detail(role)
    }

    /// Applies what Compago's list shows of a payment, and returns the order's projection for the operator's index.
    async fn reconcile(self: &Rc<Self>, listed: Option<Listed>) -> Result<Response, ApiError> {
        // The index may not have it.
        let projection = self.order()?.projection();
        self.durable.commit_change(Some(projection.into()), |_| Ok(()))?;
        if let Some(listed) = listed {
            let payment_id = listed.payment_id;
            self.on_event::<Order>((), Event::Listed(listed))?;
            let order = self.wait_until(|order| !order.is_reading(now())).await?;
            if order.is_reading(now()) || !order.has_read(payment_id) {
                return Err(ApiError::ProviderUnavailable(ProviderCall::Read));
            }
        }
        Ok(json_text(200, self.order()?.projection().json)?)
    }

    /// Takes a message of the list watcher's about the payment.
    fn take_list_watcher_message(self: &Rc<Self>, message: ListWatcherMessage) -> Result<Response, ApiError> {
        self.on_event::<Order>(
            (),
            match message {
                ListWatcherMessage::Listed(listed) => Event::Listed(listed),
                ListWatcherMessage::Absent { payment_id, read_at } => Event::Absent { payment_id, read_at },
                ListWatcherMessage::Wake => Event::Wake,
            },
        )?;
        Ok(empty_answer(204)?)
    }

    /// Waits until the current attempt, which `call` made, has a link, or is known to get none.
    async fn await_link(self: &Rc<Self>, call: ProviderCall) -> Result<Response, ApiError> {
        let order = {
            let _creating = Creating::start(&self.memory.creating);
            self.wait_until(|order| order.current().link().is_some() || !order.status().is_pending()).await?
        };
        let meta = store::meta(&self.database()?)?.ok_or(ApiError::NotFound)?;
        match created(&order, &meta.capability) {
            Some(created) => Ok(json_answer(201, &created)?),
            None => Err(ApiError::from_order_failure(&order, call)),
        }
    }
}
