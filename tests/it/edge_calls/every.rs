//! Every call of the Worker's API with some arguments.

use compago::edge::calls::operator::attention::{ListAttention, MarkDone};
use compago::edge::calls::operator::charges::{ListCharges, ReadCharge};
use compago::edge::calls::operator::index::{ReadIndex, RebuildIndex};
use compago::edge::calls::operator::one_time_payments::{
    CancelOneTimePayment, ListOneTimePayments, ReadOneTimePayment,
};
use compago::edge::calls::operator::orders::{
    self, CheckOrder, ExportOrders, FulfilOrder, ListOrders, ReadDelivery, Reader,
};
use compago::edge::calls::operator::payment_methods::{
    ChargeCard, ListCardPayments, ListSavedCards, ReadCardPayment, ReadSavedCard, RefundCardPayment, RevokeCard,
    SaveCard, SavedCardName,
};
use compago::edge::calls::operator::reconciliation::{ListFindings, ReadReconciliation, Reconcile};
use compago::edge::calls::operator::reports::{ReadFigures, ReadPaymentTable, ReadSummary};
use compago::edge::calls::operator::settings::{CheckSettings, ReadSettings, RotateWebhookSecret};
use compago::edge::calls::operator::webhooks::{ListWebhooks, Redeliver};
use compago::edge::calls::pos::{CancelPaymentIntent, CreatePaymentIntent, ReadPaymentIntent, ReadTerminal};
use compago::edge::calls::session::{ReadSession, SignIn, SignOut};
use compago::edge::calls::shop::{CancelOrder, CreateOrder, ReadCard, ReadCatalog, ReadOrder, RetryOrder};
use compago::edge::fulfilment::FulfilmentRequest;
use compago::edge::index_answers::AttentionKind;
use compago::edge::list::ListQuery;
use compago::edge::operator_query::FiguresQuery;
use compago::edge::payment_intent::PaymentIntentRequest;
use compago::edge::saved_card::{ChargeRequest, RefundRequest, SaveCardRequest};
use compago::edge::{Edge, OperatorOrderRequest, ShopOrderRequest};
use compago::endpoint::Endpoint;
use compago::value::{PaymentMethodId, Reference, UnixMillis};
use serde::Serialize;
use serde_json::{Value, json};

use crate::orders::{operator_order, shop, shop_order};
use crate::wire::tree;

pub(super) const UUID: &str = "7c9e2b64-3f0a-4d15-9a4e-5b8d1c60f2a7";
pub(super) const REFERENCE: &str = "K7Q2-M9XD-3FHT";
const KEY: &str = "9b1d";

/// What is done with each call.
pub(super) trait Visitor {
    fn visit<E: Endpoint<Host = Edge, Answer: Serialize>>(&mut self, call: &E);
}

/// Visits every call.
pub(super) fn visit_all(visitor: &mut impl Visitor) {
    visit_shop(visitor);
    visit_till_and_session(visitor);
    visit_operator(visitor);
    visit_cards(visitor);
}

fn visit_shop(visitor: &mut impl Visitor) {
    let order = super::order();
    visitor.visit(&ReadCatalog);
    let request = ShopOrderRequest::from_json(&tree(&shop_order())).unwrap();
    visitor.visit(&CreateOrder { idempotency_key: KEY.parse().unwrap(), request });
    visitor.visit(&ReadOrder { order: order.clone() });
    visitor.visit(&RetryOrder { order: order.clone() });
    visitor.visit(&CancelOrder { order: order.clone() });
    visitor.visit(&ReadCard { card: order });
}

fn visit_till_and_session(visitor: &mut impl Visitor) {
    let intent = UUID.parse().unwrap();
    let request = PaymentIntentRequest::from_json(&tree(&charge_at_a_terminal())).unwrap();
    visitor.visit(&CreatePaymentIntent { idempotency_key: KEY.parse().unwrap(), request });
    visitor.visit(&ReadPaymentIntent { intent });
    visitor.visit(&CancelPaymentIntent { intent });
    visitor.visit(&ReadTerminal { terminal_code: "TERM-01".parse().unwrap() });
    visitor.visit(&SignIn { token: "operator-token-1".parse().unwrap() });
    visitor.visit(&ReadSession);
    visitor.visit(&SignOut);
}

fn visit_operator(visitor: &mut impl Visitor) {
    let reference: Reference = REFERENCE.parse().unwrap();
    let request = OperatorOrderRequest::from_json(&tree(&operator_order()), &shop()).unwrap();
    visitor.visit(&orders::CreateOrder { idempotency_key: KEY.parse().unwrap(), request });
    visitor.visit(&ListOrders::default());
    visitor.visit(&orders::ReadOrder { reference, reader: Reader::Page });
    visitor.visit(&CheckOrder { reference });
    visitor.visit(&ReadDelivery { reference });
    let handed_over =
        json!({ "status": "handed-over", "carrier": "Estafeta", "trackingNumber": "805", "note": "Caja 2" });
    visitor.visit(&FulfilOrder { reference, request: FulfilmentRequest::from_json(&tree(&handed_over)).unwrap() });
    visitor.visit(&ExportOrders::default());
    let id = UUID.parse().unwrap();
    visitor.visit(&ListOneTimePayments::default());
    visitor.visit(&ReadOneTimePayment { id });
    visitor.visit(&CancelOneTimePayment { id });
    visitor.visit(&ListCharges::default());
    visitor.visit(&ReadCharge { reference });
    visitor.visit(&ListAttention::default());
    visitor.visit(&MarkDone { kind: AttentionKind::Finding, key: "a/b c?".to_owned() });
    visitor.visit(&ListWebhooks::default());
    visitor.visit(&Redeliver { id: "evt_k7q2m9xd3fht_order-paid_1".parse().unwrap() });
    visitor.visit(&ReadSummary);
    visitor.visit(&ReadFigures { query: FiguresQuery { from: UnixMillis(0), to: UnixMillis(3_600_000) } });
    visitor.visit(&ReadPaymentTable::default());
    visitor.visit(&ReadReconciliation);
    visitor.visit(&Reconcile);
    visitor.visit(&ListFindings::default());
    visitor.visit(&ReadIndex);
    visitor.visit(&RebuildIndex);
    visitor.visit(&ReadSettings);
    visitor.visit(&CheckSettings);
    visitor.visit(&RotateWebhookSecret);
}

fn visit_cards(visitor: &mut impl Visitor) {
    let id: PaymentMethodId = UUID.parse().unwrap();
    let payment = UUID.parse().unwrap();
    let request = SaveCardRequest::from_json(&tree(&card_to_save()), &shop()).unwrap();
    visitor.visit(&SaveCard { idempotency_key: KEY.parse().unwrap(), request });
    visitor.visit(&ListSavedCards::default());
    visitor.visit(&ReadSavedCard { card: SavedCardName::Id(id) });
    visitor.visit(&ReadSavedCard { card: SavedCardName::Reference(REFERENCE.parse().unwrap()) });
    visitor.visit(&RevokeCard { id });
    let request = ChargeRequest::from_json(&tree(&charge_of_a_card())).unwrap();
    visitor.visit(&ChargeCard { id, idempotency_key: KEY.parse().unwrap(), request });
    visitor.visit(&ListCardPayments { id, query: ListQuery::default() });
    visitor.visit(&ReadCardPayment { id, payment });
    let request = RefundRequest::from_json(&tree(&json!({ "reason": "Devuelto" }))).unwrap();
    visitor.visit(&RefundCardPayment { id, payment, idempotency_key: KEY.parse().unwrap(), request });
}

pub(super) fn charge_at_a_terminal() -> Value {
    json!({ "amount": "350.50", "terminalCode": "TERM-01", "reference": "mesa-4", "takeOver": true })
}

pub(super) fn card_to_save() -> Value {
    let payer =
        json!({ "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "+525512340000" });
    json!({
        "billingInformation": payer, "externalId": "cli-7", "verificationAmount": "2.00", "displayMode": "EMBEDDED",
        "buttonText": "Guardar", "buttonColor": "#0A7D4F", "ttlMinutes": 30, "returnUrl": "https://shop.example/gracias",
    })
}

pub(super) fn charge_of_a_card() -> Value {
    json!({ "amount": "350.50", "description": "Noviembre" })
}
