//! The proof that a link leads to the payment that was asked for.

use compago::edge::order::OrderStatus;
use compago::endpoint::Reply;
use compago::flow::order::SETTLE_MARGIN;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, HOUR, START, TTL, seconds};
use super::bodies::{OTHER_PAYMENT, PAYMENT, With, created, listed, ok, over, pending, refused};
use crate::recording::reply;

fn proving() -> Bench {
    let mut bench = Bench::placed();
    bench.reply(ok(created(PAYMENT)));
    bench
}

/// The proof failed, and the list is asked.
fn adopting() -> Bench {
    let mut bench = proving();
    bench.reply(ok(over("PENDING", true)));
    bench
}

#[test]
fn answers_that_prove() {
    for (name, reading) in [
        ("full", pending()),
        ("amount as text", pending().with("amount", "350.50")),
        ("id in upper case", pending().with("id", PAYMENT.to_uppercase())),
        ("home page altered", pending().with("homepageUrl", "https://shop.example")),
        ("home page null", pending().with("homepageUrl", Value::Null)),
        ("home page missing", pending().without("homepageUrl")),
        ("expired missing", pending().without("expired")),
        ("expired null", pending().with("expired", Value::Null)),
        ("end missing", pending().without("expiresAt")),
        ("more fields", pending().with("more", json!({ "status": "CONFIRMED" }))),
    ] {
        let mut bench = proving();
        bench.wait(seconds(2));
        bench.reply(ok(reading));
        assert_eq!(bench.status(), OrderStatus::AwaitingPayment, "{name}");
        let known = if name == "end missing" { bench.now.plus(TTL) } else { START.plus(TTL) };
        assert_eq!(bench.order.current().expires_at, known, "{name}");
    }
}

#[test]
fn an_end_is_believed_unless_it_is_later_than_was_asked_for() {
    for (told, known) in [
        ("2026-03-01T19:00:00Z", START.plus(HOUR)),
        ("2026-03-03T12:00:00-06:00", START.plus(TTL)),
        ("2026-03-04T00:00:00Z", START.plus(TTL).plus(SETTLE_MARGIN)),
        ("9999-12-31T23:59:59Z", START.plus(TTL).plus(SETTLE_MARGIN)),
    ] {
        let mut bench = proving();
        bench.reply(ok(pending().with("expiresAt", told)));
        assert_eq!(bench.order.current().expires_at, known, "{told}");
    }
}

#[test]
fn answers_that_do_not_prove_send_to_the_list() {
    for (name, reading) in [
        ("limited", over("PENDING", false)),
        ("limited and confirmed", over("CONFIRMED", false)),
        ("confirmed", pending().with("status", "CONFIRMED")),
        ("cancelled", pending().with("status", "CANCELLED")),
        ("unknown", pending().with("status", "CREATED")),
        ("expired", pending().with("expired", true)),
        ("another id", pending().with("id", OTHER_PAYMENT)),
        ("an id that is none", pending().with("id", "7")),
        ("no id", pending().without("id")),
        ("another external id", pending().with("externalId", "K7Q2M9XD3FHT-2")),
        ("external id in lower case", pending().with("externalId", "k7q2m9xd3fht-1")),
        ("external id null", pending().with("externalId", Value::Null)),
        ("a centavo less", pending().with("amount", 350.49)),
        ("centavos for pesos", pending().with("amount", 35_050)),
        ("amount null", pending().with("amount", Value::Null)),
        ("another currency", pending().with("currency", "USD")),
        ("currency null", pending().with("currency", Value::Null)),
    ] {
        let mut bench = proving();
        bench.reply(ok(reading));
        assert_eq!(bench.call(), Some("search"), "{name}");
        assert!(!bench.shows_link(), "{name}");
        bench.list([listed("PENDING")]);
        assert_eq!(bench.status(), OrderStatus::AwaitingPayment, "{name}: the list names the payment of the link");
        assert_eq!(bench.told(), [""; 0], "{name}");
    }
}

#[test]
fn answers_that_cannot_be_read_are_asked_for_again_and_then_the_list_is() {
    let unreadable: [(&str, Reply); 12] = [
        ("status missing", ok(pending().without("status"))),
        ("status null", ok(pending().with("status", Value::Null))),
        ("status a number", ok(pending().with("status", 1))),
        ("expired as text", ok(pending().with("expired", "false"))),
        ("amount an object", ok(pending().with("amount", json!({})))),
        ("amount negative", ok(pending().with("amount", -350.5))),
        ("end without a form", ok(pending().with("expiresAt", "tomorrow"))),
        ("status twice", reply(200, r#"{"status":"PENDING","status":"CONFIRMED"}"#)),
        ("a list", ok(json!([pending()]))),
        ("cut short", reply(200, r#"{"status":"CONF"#)),
        ("a page", reply(200, "<html>")),
        ("not found", refused(404, "Not found")),
    ];
    for (name, answer) in unreadable {
        let mut bench = proving();
        bench.reply(answer.clone());
        for wait in [3, 6] {
            let before = bench.now;
            bench.ring();
            assert_eq!(bench.now, before.plus(seconds(wait)), "{name}");
            assert!(!bench.shows_link(), "{name}");
            bench.reply(answer.clone());
        }
        assert_eq!(bench.calls, ["create", "read", "read", "read", "search"], "{name}");
        bench.list([listed("PENDING")]);
        assert!(bench.shows_link(), "{name}");
    }
}

#[test]
fn the_list_may_say_that_there_is_nothing_to_show() {
    let other = || listed("PENDING").with("id", OTHER_PAYMENT);
    for (name, item, status, told) in [
        ("another amount", listed("PENDING").with("amount", 1), OrderStatus::OnHold, "order.on-hold mismatch"),
        ("another currency", listed("PENDING").with("currency", "USD"), OrderStatus::OnHold, "order.on-hold mismatch"),
        ("unknown", listed("CREATED"), OrderStatus::OnHold, "order.on-hold unknown-status"),
        ("not the link's payment", other(), OrderStatus::OnHold, "order.on-hold mismatch"),
        ("cancelled", listed("CANCELLED"), OrderStatus::Cancelled, "order.cancelled"),
        ("run out", listed("PENDING").with("expiresAt", "2026-03-01T17:00:00Z"), OrderStatus::Expired, "order.expired"),
        ("paid already", listed("CONFIRMED"), OrderStatus::Paid, "order.paid"),
    ] {
        let mut bench = adopting();
        bench.list([item]);
        assert_eq!(bench.status(), status, "{name}");
        assert_eq!(bench.told(), [told], "{name}");
        assert!(!bench.shows_link(), "{name}");
    }
}

#[test]
fn a_link_whose_id_does_not_exist_is_adopted_with_the_listed_id() {
    // That the last segment of the link is the payment's id stands in samples only.
    let mut bench = proving();
    for _ in 0..3 {
        bench.reply(refused(404, "Not found"));
        if bench.call().is_none() {
            bench.ring();
        }
    }
    bench.list([listed("PENDING").with("id", OTHER_PAYMENT)]);
    assert!(bench.shows_link());
    assert_eq!(bench.order.current().binding.as_ref().unwrap().payment_id.to_string(), OTHER_PAYMENT);
}

#[test]
fn two_payments_with_one_external_id_prove_nothing() {
    let mut bench = adopting();
    bench.list([listed("PENDING"), listed("PENDING").with("id", OTHER_PAYMENT)]);
    assert_eq!(bench.told(), ["order.on-hold not-provable"]);
}

#[test]
fn one_payment_that_is_listed_twice_counts_once() {
    let mut bench = adopting();
    bench.list([listed("PENDING"), listed("PENDING")]);
    assert!(bench.shows_link());
}

#[test]
fn a_payment_that_the_list_does_not_hold_or_hides_is_held() {
    let foreign = || listed("PENDING").with("externalId", "somebody's");
    let hidden = || listed("PENDING").with("amount", json!({}));
    for (name, item) in [("missing", foreign()), ("unreadable", hidden())] {
        let mut bench = adopting();
        for wait in [3, 6] {
            bench.list([item.clone()]);
            let before = bench.now;
            bench.ring();
            assert_eq!(bench.now, before.plus(seconds(wait)), "{name}");
        }
        bench.list([item]);
        assert_eq!(bench.told(), ["order.on-hold not-provable"], "{name}");
        assert!(!bench.shows_link(), "{name}");
    }
}

#[test]
fn an_unreadable_neighbour_does_not_hide_the_payment() {
    let mut bench = adopting();
    bench.list([json!({ "id": 7 }), listed("PENDING"), json!(null)]);
    assert!(bench.shows_link());
}

#[test]
fn a_list_that_is_down_is_waited_for() {
    let mut bench = adopting();
    for wait in [3, 6, 12, 24, 48, 96, 192, 384, 600, 600] {
        bench.lose();
        let before = bench.now;
        bench.ring();
        assert_eq!(bench.now, before.plus(seconds(wait)));
    }
    bench.list([listed("PENDING")]);
    assert!(bench.shows_link());
}
