//! Drives one order: feeds it events and raw replies, keeps what it does, and checks what holds after every step.

use std::time::Duration;

use compago::api::one_time_payment::find::find;
use compago::api::one_time_payment::link::CheckoutLink;
use compago::edge::order::OrderStatus;
use compago::edge::shipping::{DeliveryTo, Shipping};
use compago::endpoint::{CallError, Reply, Undelivered};
use compago::flow::machine::{CallNumber, Input, Machine as _, PendingCall, Step, Storing};
use compago::flow::order::facts::Listed;
use compago::flow::order::notice::Notice;
use compago::flow::order::terms::Terms;
use compago::flow::order::{Answer, Call, Event, Order};
use compago::problem::Locale;
use compago::value::{Loopback, Metadata, MetadataSource, OrderItem, Origin, Quantity, RetainDays, Ttl, UnixMillis};
use serde_json::{Value, json};

use super::bodies::{EXTERNAL_ID, HOMEPAGE, PAYMENT, RETURN_URL, created, listed, ok, over, pending};
use crate::recording::{Recording, answer, now};
use crate::wire::to_value;

/// 2026-03-01T18:00:00Z; links of [`terms`] run out two days later.
pub(crate) const START: UnixMillis = UnixMillis(1_772_388_000_000);
pub(crate) const TTL: Duration = Duration::from_secs(48 * 60 * 60);
pub(crate) const MINUTE: Duration = Duration::from_secs(60);
pub(crate) const HOUR: Duration = Duration::from_secs(60 * 60);

pub(crate) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub(crate) fn terms() -> Terms {
    Terms {
        reference: "K7Q2M9XD3FHT".parse().unwrap(),
        amount: "350.50".parse().unwrap(),
        currency: "MXN".parse().unwrap(),
        description: "Pedido 881".parse().unwrap(),
        external_id: None,
        ttl: Ttl::MAX,
        redirect_url: RETURN_URL.parse().unwrap(),
        homepage_url: HOMEPAGE.parse().unwrap(),
        billing_information: Some(
            crate::wire::from_value(&json!({
                "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "+525512340000",
                "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "72000" }
            }))
            .unwrap(),
        ),
        items: Vec::new(),
        shipping: None,
        delivery: None,
        metadata: Metadata::default(),
        metadata_source: MetadataSource::Browser,
        retain_days: RetainDays::DEFAULT,
        locale: Locale::EsMx,
    }
}

/// The terms of an order of two kinds of things that is sent to somebody else, with data of the merchant's own.
pub(crate) fn full_terms() -> Terms {
    let item = |sku: Option<&str>, quantity: u32, price: &str| OrderItem {
        sku: sku.map(|sku| sku.parse().unwrap()),
        name: "Café de los Altos".parse().unwrap(),
        quantity: Quantity::new(quantity).unwrap(),
        unit_amount: price.parse().unwrap(),
    };
    Terms {
        items: Vec::from([item(Some("Cafe-340"), 2, "100.00"), item(None, 1, "51.50")]),
        shipping: Some(Shipping {
            method: "standard".parse().unwrap(),
            name: "Envío a domicilio".parse().unwrap(),
            amount: "99.00".parse().unwrap(),
            pickup: false,
        }),
        delivery: Some(DeliveryTo {
            recipient: Some("Luz Vega".parse().unwrap()),
            instructions: Some("Tocar el timbre".parse().unwrap()),
            ..DeliveryTo::default()
        }),
        metadata: crate::wire::from_value(&json!({ "table": "4", "Waiter": "Beto" })).unwrap(),
        metadata_source: MetadataSource::Backend,
        ..terms()
    }
}

/// What came of a call, as the Worker makes it of the reply.
pub(crate) fn answer_of(call: &Call, result: Result<Reply, Undelivered>) -> Answer {
    let allowed = [Origin::parse("https://app.compago.com", Loopback::Refused).unwrap()];
    let replies = result.clone().ok();
    let lost = CallError::Undelivered(result.err().unwrap_or(Undelivered::Network));
    match (call, replies) {
        (Call::Create(_), None) => Answer::Created(Err(lost)),
        (Call::Create(create), Some(reply)) => {
            Answer::Created(answer(create.as_ref(), reply).map(|url| CheckoutLink::parse(&url.0, &allowed)))
        }
        (Call::Read(_), None) => Answer::Read(Err(lost)),
        (Call::Read(read), Some(reply)) => Answer::Read(answer(read, reply)),
        (Call::Search(_), None) => Answer::Searched(Err(lost)),
        (Call::Search(id), Some(reply)) => Answer::Searched(now(find(id, &Recording::new([reply])))),
        (Call::Cancel(_), None) => Answer::Cancelled(Err(lost)),
        (Call::Cancel(cancel), Some(reply)) => Answer::Cancelled(answer(cancel, reply)),
    }
}

/// The name of a call, for a short account of what an order did.
pub(crate) const fn name(call: &Call) -> &'static str {
    match call {
        Call::Create(_) => "create",
        Call::Read(_) => "read",
        Call::Search(_) => "search",
        Call::Cancel(_) => "cancel",
    }
}

/// An order, its clock, and all that it did.
#[derive(Clone)]
pub(crate) struct Bench {
    pub(crate) order: Order,
    pub(crate) now: UnixMillis,
    /// The call in flight.
    pub(crate) pending: Option<(CallNumber, Call)>,
    /// The names of all calls, oldest first.
    pub(crate) calls: Vec<&'static str>,
    pub(crate) notices: Vec<Notice>,
    /// When the last step is to be stored.
    pub(crate) storing: Storing,
}

impl Bench {
    pub(crate) fn detail(&self) -> Value {
        to_value(&self.order.detail(Vec::new(), self.now))
    }

    pub(crate) fn placed() -> Self {
        Self::placed_with(terms())
    }

    pub(crate) fn placed_with(terms: Terms) -> Self {
        let step = Order::place(terms, START).unwrap();
        let order = step.machine.clone();
        let (calls, notices, storing) = (Vec::new(), Vec::new(), step.storing);
        let mut bench = Self { order, now: START, pending: None, calls, notices, storing };
        bench.carry_out(step);
        bench
    }

    /// Its link was answered and proved.
    pub(crate) fn opened() -> Self {
        let mut bench = Self::placed();
        bench.reply(ok(created(PAYMENT)));
        bench.reply(ok(pending()));
        assert_eq!(bench.status(), OrderStatus::AwaitingPayment);
        bench
    }

    /// It was paid.
    pub(crate) fn paid_with(terms: Terms) -> Self {
        let mut bench = Self::placed_with(terms);
        bench.reply(ok(created(PAYMENT)));
        bench.reply(ok(pending()));
        bench.returned_rightly();
        bench.reply(ok(over("CONFIRMED", false)));
        assert_eq!(bench.status(), OrderStatus::Paid);
        bench
    }

    /// Its link ran out, and the list agreed.
    pub(crate) fn expired() -> Self {
        let mut bench = Self::opened();
        bench.run_out();
        bench.reply(ok(over("PENDING", true)));
        bench.ring();
        bench.list([listed("PENDING")]);
        assert_eq!(bench.status(), OrderStatus::Expired);
        bench
    }

    pub(crate) fn feed(&mut self, event: Event) {
        self.take(Input::Event(event));
    }

    pub(crate) fn take(&mut self, input: Input<Order>) {
        let was_paid = self.status() == OrderStatus::Paid;
        let step = self.order.clone().step(input, self.now);
        let order = &step.machine;
        assert!(!was_paid || order.status() == OrderStatus::Paid, "paid is final");
        let saved = compago::json::to_string(&order);
        assert_eq!(compago::json::from_str::<Order>(&saved).unwrap(), *order, "what is saved can be read back");
        let closed = !order.status().is_pending();
        assert!(closed || order.next_wake().is_some(), "an order that is not over wakes up: {saved}");
        crate::stored::keep_order(order, self.now);
        self.carry_out(step);
        if !self.order.is_in_flight() {
            self.pending = None;
        }
    }

    fn carry_out(&mut self, Step { machine, notices, call, storing }: Step<Order>) {
        self.storing = storing;
        self.order = machine;
        for notice in notices {
            crate::stored::keep_webhook(&notice.event, self.now);
            self.notices.push(notice);
        }
        if let Some(PendingCall { number, call }) = call {
            self.calls.push(name(&call));
            self.pending = Some((number, call));
        }
    }

    pub(crate) fn answer(&mut self, answer: Answer) {
        let (call, _) = self.pending.take().expect("a call in flight");
        self.take(Input::Completed { call, answer });
    }

    /// The reply to the call in flight.
    pub(crate) fn reply(&mut self, reply: Reply) {
        let (_, call) = self.pending.clone().expect("a call in flight");
        self.answer(answer_of(&call, Ok(reply)));
    }

    /// No reply to the call in flight.
    pub(crate) fn lose(&mut self) {
        let (_, call) = self.pending.clone().expect("a call in flight");
        self.answer(answer_of(&call, Err(Undelivered::Network)));
    }

    /// The one page that the search in flight reads.
    pub(crate) fn list<const N: usize>(&mut self, items: [Value; N]) {
        assert_eq!(self.call(), Some("search"));
        self.reply(ok(json!({ "count": N, "page": 1, "pageSize": 500, "items": items.to_vec() })));
    }

    pub(crate) fn wait(&mut self, duration: Duration) {
        self.now = self.now.plus(duration);
    }

    /// Time passes until the order wakes up.
    pub(crate) fn ring(&mut self) {
        let at = self.order.next_wake().expect("something is due");
        self.now = self.now.max(at);
        self.take(Input::AlarmFired);
    }

    /// Time passes until just behind the end of the link, and the order looks.
    pub(crate) fn run_out(&mut self) {
        self.now = self.order.current().expires_at;
        self.take(Input::AlarmFired);
    }

    pub(crate) fn returned(&mut self, id: &str, external_id: &str) {
        let (payment_id, external_id) = (id.parse().unwrap(), external_id.parse().unwrap());
        self.feed(Event::PayerReturned { payment_id, external_id });
    }

    /// Its link is registered with the list watcher from now on.
    pub(crate) fn list_watched(mut self) -> Self {
        self.feed(Event::ListWatched);
        self
    }

    /// A scan that began at `read_at` does not hold the payment.
    pub(crate) fn absent(&mut self, read_at: UnixMillis) {
        self.feed(Event::Absent { payment_id: PAYMENT.parse().unwrap(), read_at });
    }

    /// The list watcher or reconciliation reads this item in Compago's list, now.
    pub(crate) fn list_shows(&mut self, item: &Value) {
        self.list_showed(item, self.now);
    }

    /// Reconciliation has read this item in Compago's list at that time.
    pub(crate) fn list_showed(&mut self, item: &Value, read_at: UnixMillis) {
        let text = |field: &str| item[field].as_str().unwrap().to_owned();
        self.feed(Event::Listed(Listed {
            payment_id: text("id").parse().unwrap(),
            external_id: text("externalId"),
            amount: item["amount"].to_string().parse().unwrap(),
            currency: text("currency"),
            status: compago::json::from_str(&item["status"].to_string()).unwrap(),
            read_at,
        }));
    }

    /// Time passes until the payment may be read again, and the payer returns.
    pub(crate) fn returned_rightly(&mut self) {
        self.wait(seconds(3));
        self.returned(PAYMENT, EXTERNAL_ID);
    }

    pub(crate) fn status(&self) -> OrderStatus {
        self.order.status()
    }

    /// The name of the call in flight.
    pub(crate) fn call(&self) -> Option<&'static str> {
        self.pending.as_ref().map(|(_, call)| name(call))
    }

    /// Whether a payer may have the link.
    pub(crate) fn shows_link(&self) -> bool {
        self.order.current().link().is_some()
    }

    /// What the merchant was told: the kinds, with the reason where there is one.
    pub(crate) fn told(&self) -> Vec<String> {
        let text = |notice: &Notice| match &notice.event.data.reason {
            Some(reason) => format!("{} {reason}", notice.event.kind.as_str()),
            None => notice.event.kind.as_str().to_owned(),
        };
        self.notices.iter().map(text).collect()
    }
}
