//! The client of the Worker's API has a method for each operation that the API's document describes.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may end where it fails")]

use std::collections::BTreeSet;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use compago::edge::calls::operator::payment_methods::SavedCardName;
use compago::edge::fulfilment::{FulfilmentChange, FulfilmentRequest};
use compago::edge::index_answers::AttentionKind;
use compago::edge::list::ListQuery;
use compago::edge::operator_query::{AttentionQuery, ChargeQuery, FiguresQuery};
use compago::edge::payment_intent::PaymentIntentRequest;
use compago::edge::saved_card::{ChargeRequest, RefundRequest, SaveCardRequest};
use compago::edge::{Capability, Edge, IdempotencyKey, OperatorOrderRequest, ShopOrderRequest};
use compago::endpoint::{Reply, Request, Transport, Undelivered};
use compago::json;
use compago::value::{Origin, Reference, UnixMillis};
use compago_client::EdgeClient;
use serde_json::Value;

/// What no program calls: the health check of a load balancer, and where Compago sends the payer back to.
const WITHOUT_METHOD: [&str; 2] = ["get /healthz", "get /api/shop/return"];

const UUID: &str = "7c9e2b64-3f0a-4d15-9a4e-5b8d1c60f2a7";

/// Keeps what is requested, and answers nothing.
#[derive(Default)]
struct Requested(Mutex<Vec<Request>>);

impl Transport<Edge> for &Requested {
    async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
        self.0.lock().unwrap().push(request);
        Err(Undelivered::Network)
    }
}

#[test]
fn every_operation_has_a_method() {
    let requested = Requested::default();
    let client = EdgeClient::with_transport(&requested);
    shop_and_session(&client);
    till(&client);
    operator(&client);
    cards(&client);
    let document: Value = serde_json::from_str(include_str!("../../www/openapi.json")).unwrap();
    let documented: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(move |method| format!("{method} {path}")))
        .collect();
    let requests = requested.0.lock().unwrap();
    let mut called: BTreeSet<String> = requests.iter().map(|request| operation_of(&documented, request)).collect();
    called.extend(WITHOUT_METHOD.map(str::to_owned));
    assert_eq!(called, documented);
}

/// Returns the operation that a request is of, such as `get /api/operator/orders/{reference}`.
fn operation_of(documented: &BTreeSet<String>, request: &Request) -> String {
    let path = request.target.split('?').next().unwrap();
    let called = format!("{} {path}", request.method.as_str().to_ascii_lowercase());
    let fits = |operation: &str| {
        let (wanted, sent): (Vec<&str>, Vec<&str>) = (operation.split('/').collect(), called.split('/').collect());
        let is_same = |(wanted, sent): (&&str, &&str)| wanted.starts_with('{') || wanted == sent;
        wanted.len() == sent.len() && wanted.iter().zip(&sent).all(is_same)
    };
    documented.iter().find(|operation| fits(operation)).cloned().unwrap_or(called)
}

fn shop_and_session(client: &EdgeClient<&Requested>) {
    let (shop, session) = (client.shop(), client.session());
    let order: Capability = "k7q2m9xd3fht8s4v0c5n7r1y6b2w9e3t0qjmzk".parse().unwrap();
    let body = format!(r#"{{"items":[{{"sku":"taza","quantity":2}}],"billingInformation":{PAYER}}}"#);
    make(shop.catalog());
    make(shop.create_order(&key(), &ShopOrderRequest::from_json(&json::parse(&body).unwrap()).unwrap()));
    make(shop.order(&order));
    make(shop.retry_order(&order));
    make(shop.cancel_order(&order));
    make(shop.card(&order));
    make(session.sign_in(&"operator-token-1".parse().unwrap()));
    make(session.read());
    make(session.sign_out());
}

fn till(client: &EdgeClient<&Requested>) {
    let till = client.till();
    let charge = PaymentIntentRequest::from_json(&json::parse(r#"{"amount":"350.50"}"#).unwrap()).unwrap();
    make(till.create_payment_intent(&key(), &charge));
    make(till.payment_intent(UUID.parse().unwrap()));
    make(till.cancel_payment_intent(UUID.parse().unwrap()));
    make(till.terminal(&"TERM-01".parse().unwrap()));
}

fn operator(client: &EdgeClient<&Requested>) {
    let operator = client.operator();
    let reference: Reference = "K7Q2-M9XD-3FHT".parse().unwrap();
    let body = format!(r#"{{"amount":"350.50","description":"Factura 881","billingInformation":{PAYER}}}"#);
    let orders = operator.orders();
    let invoice = OperatorOrderRequest::from_json(&json::parse(&body).unwrap(), &origin()).unwrap();
    make(orders.create(&key(), &invoice));
    make(orders.list(Default::default()));
    make(orders.get(reference));
    make(orders.check(reference));
    make(orders.delivery(reference));
    make(orders.fulfil(reference, &FulfilmentRequest::builder().status(FulfilmentChange::Prepared).build()));
    make(orders.export(Default::default()));
    make(operator.one_time_payments().list(Default::default()));
    make(operator.one_time_payments().get(UUID.parse().unwrap()));
    make(operator.one_time_payments().cancel(UUID.parse().unwrap()));
    make(operator.charges().list(ChargeQuery::default()));
    make(operator.charges().get(reference));
    make(operator.attention().list(AttentionQuery::default()));
    make(operator.attention().mark_done(AttentionKind::Finding, "a/b"));
    make(operator.webhooks().list(Default::default()));
    make(operator.webhooks().redeliver(&"evt_1".parse().unwrap()));
    make(operator.reconciliation().get());
    make(operator.reconciliation().start());
    make(operator.reconciliation().findings(Default::default()));
    make(operator.index().get());
    make(operator.index().rebuild());
    make(operator.settings().get());
    make(operator.settings().check());
    make(operator.settings().rotate_webhook_secret());
    make(operator.reports().summary());
    make(operator.reports().figures(FiguresQuery { from: UnixMillis(0), to: UnixMillis(3_600_000) }));
    make(operator.reports().one_time_payments_csv(Default::default()));
}

fn cards(client: &EdgeClient<&Requested>) {
    let cards = client.operator().payment_methods();
    let (id, payment) = (UUID.parse().unwrap(), UUID.parse().unwrap());
    let holder = r#"{"email":"ana@example.com","firstName":"Ana","lastName":"Ruiz","phoneNumber":"+525512340000"}"#;
    let body = format!(r#"{{"billingInformation":{holder}}}"#);
    make(cards.save(&key(), &SaveCardRequest::from_json(&json::parse(&body).unwrap(), &origin()).unwrap()));
    make(cards.list(ListQuery::default()));
    make(cards.get(SavedCardName::Id(id)));
    make(cards.revoke(id));
    let charge = ChargeRequest::from_json(&json::parse(r#"{"amount":"350.50"}"#).unwrap()).unwrap();
    make(cards.charge(id, &key(), &charge));
    make(cards.payments(id, ListQuery::default()));
    make(cards.payment(id, payment));
    make(cards.refund(id, payment, &key(), &RefundRequest::from_json(&json::parse("{}").unwrap()).unwrap()));
}

const PAYER: &str = r#"{"email":"ana@example.com","firstName":"Ana","lastName":"Ruiz","phoneNumber":"+525512340000",
    "address":{"addressLine":"Calle 5 10","city":"Puebla","state":"PUE","zip":"72000"}}"#;

fn key() -> IdempotencyKey {
    "9b1d".parse().unwrap()
}

fn origin() -> Origin {
    "https://shop.example".parse().unwrap()
}

/// Makes a call whose transport never waits.
fn make<Answer>(call: impl Future<Output = Answer>) {
    match pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(_) => {}
        Poll::Pending => panic!("a transport that answers nothing does not wait"),
    }
}
