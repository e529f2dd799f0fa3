//! The client of the Worker's API over a transport that answers from memory.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may end where it fails")]

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use compago::api::list::PageSize;
use compago::edge::Edge;
use compago::edge::fulfilment::{FulfilmentChange, FulfilmentRequest, FulfilmentState};
use compago::edge::index_answers::AttentionKind;
use compago::edge::list::ListQuery;
use compago::edge::operator_query::{AttentionQuery, ChargeQuery, OrderExportQuery, OrderQuery};
use compago::endpoint::{CallError, DecodeError, Reply, Request, Transport, Undelivered};
use compago::value::{PaymentMethodId, Reference};
use compago_client::{EdgeClient, MAX_PAGES};
use futures_util::stream::{Stream, StreamExt as _};

/// Answers with the given bodies in order, then fails like a lost connection.
struct Recorded {
    bodies: Mutex<VecDeque<String>>,
    targets: Mutex<Vec<String>>,
    sent: Mutex<Vec<Option<String>>>,
}

impl Recorded {
    fn new(bodies: impl IntoIterator<Item = String>) -> Self {
        let bodies = Mutex::new(bodies.into_iter().collect());
        Self { bodies, targets: Mutex::default(), sent: Mutex::default() }
    }
}

impl Transport<Edge> for &Recorded {
    async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
        self.targets.lock().unwrap().push(request.target);
        self.sent.lock().unwrap().push(request.body);
        let body = self.bodies.lock().unwrap().pop_front().ok_or(Undelivered::Network)?;
        Ok(Reply { status: 200, retry_after: None, body: body.into_bytes() })
    }
}

#[test]
fn pages_end_with_the_first_that_is_not_full() {
    let recorded = Recorded::new([page(1, 2), page(2, 2), page(3, 1)]);
    let client = EdgeClient::with_transport(&recorded);
    let query = AttentionQuery { page: 1, page_size: PageSize::new(2).unwrap() };
    let pages: Vec<_> = all(client.operator().attention().pages(query)).into_iter().map(Result::unwrap).collect();
    assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), [2, 2, 1]);
    assert!(pages.iter().flat_map(|page| &page.items).all(|item| item.kind == AttentionKind::Webhook));
    let target = |number: u32| format!("/api/operator/attention?page={number}&pageSize=2");
    assert_eq!(*recorded.targets.lock().unwrap(), [target(1), target(2), target(3)]);
}

#[test]
fn pages_end_if_the_host_answers_full_ones_for_ever() {
    let recorded = Recorded::new(core::iter::repeat_n(page(1, 2), MAX_PAGES + 1));
    let client = EdgeClient::with_transport(&recorded);
    let query = AttentionQuery { page: 1, page_size: PageSize::new(2).unwrap() };
    let pages = all(client.operator().attention().pages(query));
    assert_eq!((pages.len(), pages.iter().filter(|page| page.is_err()).count()), (MAX_PAGES, 0));
}

#[test]
fn the_charges_of_a_card_are_a_stream() {
    let recorded = Recorded::new([r#"{"items":[],"count":0,"page":3,"pageSize":2,"unreadable":0}"#.to_owned()]);
    let client = EdgeClient::with_transport(&recorded);
    let id = PaymentMethodId::from_bytes([7; 16]);
    let query = ListQuery { page: 3, page_size: PageSize::new(2).unwrap(), status: None };
    assert_eq!(all(client.operator().payment_methods().payment_pages(id, query)).len(), 1);
    let target = "/api/operator/payment-methods/07070707-0707-0707-0707-070707070707/payments?page=3&pageSize=2";
    assert_eq!(*recorded.targets.lock().unwrap(), [target]);
}

#[test]
fn an_order_is_read_once_or_watched() {
    let recorded = Recorded::new([]);
    let client = EdgeClient::with_transport(&recorded);
    let reference = "K7Q2-M9XD-3FHT".parse().unwrap();
    assert!(now(client.operator().orders().get(reference)).is_err());
    assert!(now(client.operator().orders().watch(reference)).is_err());
    let order = "/api/operator/orders/K7Q2-M9XD-3FHT";
    assert_eq!(*recorded.targets.lock().unwrap(), [order.to_owned(), format!("{order}?watch=true")]);
}

#[test]
fn pages_end_with_the_first_error() {
    let recorded = Recorded::new([page(1, 2)]);
    let client = EdgeClient::with_transport(&recorded);
    let query = AttentionQuery { page: 1, page_size: PageSize::new(2).unwrap() };
    let pages = all(client.operator().attention().pages(query));
    assert!(matches!(pages.as_slice(), [Ok(_), Err(CallError::Undelivered(Undelivered::Network))]), "{pages:?}");
}

#[test]
fn parts_of_charges_follow_the_cursor() {
    let part = |next: &str| format!(r#"{{"items":[],"next":{next},"sum":null}}"#);
    let recorded = Recorded::new([part(r#""2026-03-01T18:00:00.000Z~a""#), part("null")]);
    let client = EdgeClient::with_transport(&recorded);
    let query = ChargeQuery { limit: Some(5), ..ChargeQuery::default() };
    assert_eq!(all(client.operator().charges().parts(query)).len(), 2);
    let first = "/api/operator/charges?type=charge";
    let cursor = "cursor=2026-03-01T18%3A00%3A00.000Z~a";
    assert_eq!(*recorded.targets.lock().unwrap(), [format!("{first}&limit=5"), format!("{first}&{cursor}&limit=5")]);
}

#[test]
fn orders_to_deliver_are_found_by_fulfilment_and_metadata() {
    let recorded = Recorded::new([r#"{"items":[],"count":0,"page":1,"pageSize":100}"#.to_owned()]);
    let client = EdgeClient::with_transport(&recorded);
    let metadata = Vec::from([("table".parse().unwrap(), "4 & 5".parse().unwrap())]);
    let query = OrderQuery { fulfilment: Some(FulfilmentState::Pending), metadata, ..OrderQuery::default() };
    assert_eq!(all(client.operator().orders().pages(query.clone())).into_iter().map(Result::unwrap).count(), 1);
    let targets = recorded.targets.lock().unwrap().clone();
    let [target] = targets.as_slice() else { panic!("{targets:?}") };
    let (path, sent) = target.split_once('?').unwrap();
    assert_eq!((path, OrderQuery::parse(sent)), ("/api/operator/orders", Some(query)));
}

#[test]
fn a_hand_over_is_reported_with_what_the_carrier_said() {
    let recorded = Recorded::new([]);
    let client = EdgeClient::with_transport(&recorded);
    let reference: Reference = "K7Q2-M9XD-3FHT".parse().unwrap();
    let status = FulfilmentChange::HandedOver;
    let request = FulfilmentRequest::builder()
        .status(status)
        .carrier("Estafeta".parse().unwrap())
        .tracking_number("805-12".parse().unwrap())
        .build();
    assert!(now(client.operator().orders().fulfil(reference, &request)).is_err());
    assert_eq!(*recorded.targets.lock().unwrap(), ["/api/operator/orders/K7Q2-M9XD-3FHT/fulfilment"]);
    let body = r#"{"status":"handed-over","carrier":"Estafeta","trackingNumber":"805-12"}"#;
    assert_eq!(*recorded.sent.lock().unwrap(), [Some(body.to_owned())]);
}

#[test]
fn where_an_order_goes_is_read_apart_from_it() {
    let body = r#"{"recipient":"Luis Ruiz","email":"ana@example.com","phoneNumber":"+525512340000","address":null,
        "shipping":{"method":"tienda","name":"Recoger en tienda","amount":"0.00"}}"#;
    let recorded = Recorded::new([body.to_owned()]);
    let client = EdgeClient::with_transport(&recorded);
    let delivery = now(client.operator().orders().delivery("K7Q2-M9XD-3FHT".parse().unwrap())).unwrap();
    assert_eq!((delivery.recipient.as_str(), delivery.address), ("Luis Ruiz", None));
    assert_eq!(delivery.shipping.unwrap().method.as_str(), "tienda");
    assert_eq!(*recorded.targets.lock().unwrap(), ["/api/operator/orders/K7Q2-M9XD-3FHT/delivery"]);
}

#[test]
fn tables_of_orders_end_with_the_empty_one_and_are_one_when_joined() {
    let recorded = Recorded::new(["reference\r\nA\r\n", "B\r\n", ""].map(str::to_owned));
    let client = EdgeClient::with_transport(&recorded);
    let tables = all(client.operator().orders().export_pages(OrderExportQuery::default()));
    let table: String = tables.into_iter().map(Result::unwrap).collect();
    assert_eq!(table, "reference\r\nA\r\nB\r\n");
    let target = |number: u32| format!("/api/operator/orders.csv?page={number}&pageSize=100&format=plain");
    assert_eq!(*recorded.targets.lock().unwrap(), [target(1), target(2), target(3)]);
}

#[test]
fn a_table_that_was_cut_off_is_an_error_and_the_last() {
    let recorded = Recorded::new(["reference\r\nA\r\n", "B;cut", "C\r\n"].map(str::to_owned));
    let client = EdgeClient::with_transport(&recorded);
    let tables = all(client.operator().orders().export_pages(OrderExportQuery::default()));
    assert!(matches!(tables.as_slice(), [Ok(_), Err(CallError::Decode(DecodeError::Shape))]), "{tables:?}");
}

#[test]
fn a_session_ends_without_a_body() {
    let recorded = Recorded::new([String::new()]);
    let client = EdgeClient::with_transport(&recorded);
    assert_eq!(now(client.session().sign_out()), Ok(()));
    assert_eq!(*recorded.targets.lock().unwrap(), ["/api/session"]);
}

fn page(number: u32, items: usize) -> String {
    let item = r#"{"kind":"webhook","key":"evt_1","reason":"exhausted","since":"2026-03-01T18:00:00.000Z"}"#;
    let items = vec![item; items].join(",");
    format!(r#"{{"count":5,"page":{number},"pageSize":2,"items":[{items}]}}"#)
}

/// Returns all items of a stream that never waits.
fn all<S: Stream>(stream: S) -> Vec<S::Item> {
    now(stream.collect())
}

fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a transport that answers from memory does not wait"),
    }
}
