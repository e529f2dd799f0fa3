//! What the operator's desk keeps of an order, and what it may cause.

use compago::edge::order::OrderStatus;
use compago::flow::machine::Input;
use compago::flow::order::Event;
use compago::json;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, seconds};
use super::bodies::{EXTERNAL_ID, OTHER_PAYMENT, PAYMENT, With, created, listed, ok, over, pending, refused};

impl Bench {
    fn projection(&self) -> Value {
        let listing = self.order.projection();
        assert_eq!(listing.id, "order/K7Q2M9XD3FHT");
        serde_json::from_str(&listing.json).unwrap()
    }

    /// Compago's list shows a payment as confirmed.
    fn listed(&mut self, id: &str, external_id: &str) {
        self.list_shows(&listed("CONFIRMED").with("id", id).with("externalId", external_id));
    }

    pub(super) fn cancelled() -> Self {
        let mut bench = Self::opened();
        bench.feed(Event::CancelAsked);
        bench.reply(ok(json!({ "id": PAYMENT, "status": "CANCELLED" })));
        bench.ring();
        if bench.call() == Some("read") {
            bench.reply(ok(over("CANCELLED", false)));
        }
        assert_eq!(bench.status(), OrderStatus::Cancelled);
        bench
    }
}

#[test]
fn an_order_is_found_by_all_its_names() {
    let bench = Bench::opened();
    let listing = bench.projection();
    assert_eq!(listing["names"], json!([EXTERNAL_ID.to_ascii_lowercase(), PAYMENT]));
    assert_eq!(listing["attempts"], json!([{ "externalId": EXTERNAL_ID, "paymentId": PAYMENT, "end": "open" }]));
    assert_eq!(listing["createdAt"], listing["row"]["createdAt"]);
    assert_eq!((&listing["settledAt"], &listing["needs"]), (&Value::Null, &Value::Null));
    let row = &listing["row"];
    assert_eq!(row["reference"], "K7Q2-M9XD-3FHT");
    assert_eq!(row["status"], "awaiting-payment");
    assert_eq!(row["amount"], "350.50");
}

#[test]
fn nothing_of_the_payer_is_listed() {
    let listing = Bench::opened().order.projection().json;
    for secret in ["ana@example.com", "Ana", "Ruiz", "5512340000", "Calle 5", "Puebla", "72000"] {
        assert!(!listing.contains(secret), "{secret} in {listing}");
    }
}

#[test]
fn a_paid_order_says_since_when() {
    let mut bench = Bench::opened();
    bench.returned_rightly();
    bench.reply(ok(over("CONFIRMED", false)));
    let listing = bench.projection();
    assert_eq!(listing["settledAt"], json!(bench.now.to_string()));
    assert_eq!(listing["row"]["paidAt"], listing["settledAt"]);
    assert_eq!(listing["attempts"][0]["end"], "paid");
}

#[test]
fn an_order_on_hold_says_why() {
    let mut bench = Bench::placed();
    bench.reply(ok(created(PAYMENT)));
    bench.reply(ok(pending()));
    bench.listed(PAYMENT, EXTERNAL_ID);
    assert_eq!(bench.projection()["needs"], Value::Null);

    let mut held = Bench::placed();
    held.reply(ok(json!({ "redirectUrl": "https://elsewhere.example/checkout/otp/1" })));
    assert_eq!(held.status(), OrderStatus::OnHold);
    let listing = held.projection();
    assert_eq!(listing["needs"], "link-elsewhere");
    assert_eq!(listing["row"]["onHold"], "link-elsewhere");
    assert_eq!(listing["attempts"][0]["end"], "on-hold");
}

#[test]
fn what_the_list_shows_as_confirmed_is_read_and_only_the_read_counts() {
    for (bench, name) in [(Bench::opened(), "open"), (Bench::expired(), "expired"), (Bench::cancelled(), "cancelled")] {
        let status = bench.status();

        let mut denied = bench.clone();
        denied.wait(seconds(60));
        denied.listed(PAYMENT, EXTERNAL_ID);
        assert_eq!(denied.call(), Some("read"), "{name}");
        let answer = if name == "open" { ok(pending()) } else { ok(over("CANCELLED", true)) };
        denied.reply(answer);
        if name == "open" {
            // A search may find what the list of confirmed payments has shown.
            assert_eq!(denied.status(), OrderStatus::Verifying);
            denied.list([listed("PENDING")]);
        }
        assert_eq!(denied.status(), status, "{name}: the list alone proves nothing");

        let mut agreed = bench;
        agreed.wait(seconds(60));
        agreed.listed(PAYMENT, EXTERNAL_ID);
        agreed.reply(ok(over("CONFIRMED", false)));
        assert_eq!(agreed.status(), OrderStatus::Paid, "{name}");
        assert_eq!(agreed.told().last().map(String::as_str), Some("order.paid"), "{name}");
        assert_eq!(agreed.told().iter().filter(|kind| *kind == "order.paid").count(), 1, "{name}");
    }
}

#[test]
fn a_read_that_told_nothing_is_no_answer() {
    for (mut bench, name) in
        [(Bench::opened(), "open"), (Bench::expired(), "expired"), (Bench::cancelled(), "cancelled")]
    {
        let id = PAYMENT.parse().unwrap();
        bench.wait(seconds(60));
        bench.listed(PAYMENT, EXTERNAL_ID);
        bench.reply(refused(503, "down"));
        if name == "open" {
            bench.list([listed("PENDING")]);
        }
        assert!(!bench.order.has_read(id), "{name}");
        assert!(bench.order.has_read(OTHER_PAYMENT.parse().unwrap()), "{name}");
        bench.wait(seconds(60));
        bench.listed(PAYMENT, EXTERNAL_ID);
        bench.reply(ok(over("CONFIRMED", false)));
        assert!(bench.order.has_read(id), "{name}");
    }
}

#[test]
fn a_payment_that_is_not_the_orders_causes_nothing() {
    for (id, external_id) in [(OTHER_PAYMENT, "K7Q2M9XD3FHT-2"), (OTHER_PAYMENT, "ord-1")] {
        let mut bench = Bench::opened();
        bench.wait(seconds(30));
        let before = json::to_string(&bench.order);
        bench.listed(id, external_id);
        assert_eq!((json::to_string(&bench.order), bench.call()), (before, None), "{id} {external_id}");
    }
}

#[test]
fn however_often_the_list_is_read_the_payment_is_read_politely_and_paid_orders_not_at_all() {
    let mut bench = Bench::opened();
    for _ in 0..200 {
        bench.listed(PAYMENT, EXTERNAL_ID);
    }
    assert_eq!(bench.call(), None, "it was read less than three seconds ago");
    assert!(bench.order.is_reading(bench.now), "and is to be read at once");
    bench.wait(seconds(3));
    bench.take(Input::AlarmFired);
    assert_eq!(bench.calls.iter().filter(|call| **call == "read").count(), 2);
    bench.reply(refused(503, "down"));
    bench.list([listed("PENDING")]);
    assert_eq!(bench.status(), OrderStatus::AwaitingPayment);

    bench.wait(seconds(3));
    bench.listed(PAYMENT, EXTERNAL_ID);
    if bench.call().is_none() {
        bench.ring();
    }
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.status(), OrderStatus::Paid);
    let before = json::to_string(&bench.order);
    bench.wait(seconds(600));
    bench.listed(PAYMENT, EXTERNAL_ID);
    assert_eq!(json::to_string(&bench.order), before);
}
