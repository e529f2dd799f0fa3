//! An open payment is read: what makes an order paid, and what does not.

use compago::edge::order::OrderStatus;
use compago::endpoint::Reply;
use compago::flow::machine::{Input, Machine as _};
use compago::flow::order::Event;
use compago::value::RetainDays;
use compago::webhook::EventKind;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, HOUR, MINUTE, START, answer_of, seconds, terms};
use super::bodies::{EXTERNAL_ID, OTHER_PAYMENT, PAYMENT, With, created, listed, ok, over, pending, refused};
use crate::recording::reply;

/// The payer has returned, and the payment is being read.
fn read() -> Bench {
    let mut bench = Bench::opened();
    bench.returned_rightly();
    assert_eq!(bench.call(), Some("read"));
    assert_eq!(bench.status(), OrderStatus::Verifying);
    bench
}

/// Opened, but the proof came with another home page than was sent.
fn read_normalised(homepage: impl Into<Value>) -> Bench {
    let mut bench = Bench::placed();
    bench.reply(ok(created(PAYMENT)));
    bench.reply(ok(pending().with("homepageUrl", homepage)));
    bench.returned_rightly();
    bench
}

#[test]
fn a_confirmed_payment_makes_its_order_paid() {
    for (name, body) in [
        ("limited", over("CONFIRMED", false)),
        ("expired as well", over("CONFIRMED", true)),
        ("expired missing", over("CONFIRMED", true).without("expired")),
        ("full", pending().with("status", "CONFIRMED")),
        ("with nulls", over("CONFIRMED", false).with("id", Value::Null).with("amount", Value::Null)),
        ("amount as text", over("CONFIRMED", false).with("amount", "350.5")),
        ("id in upper case", over("CONFIRMED", false).with("id", PAYMENT.to_uppercase())),
    ] {
        let mut bench = read();
        bench.reply(ok(body));
        assert_eq!(bench.status(), OrderStatus::Paid, "{name}");
        assert_eq!(bench.told(), ["order.paid"], "{name}");
        let notice = &bench.notices[0];
        assert_eq!(notice.id.as_str(), "evt_k7q2m9xd3fht_order-paid_1", "{name}");
        assert_eq!(notice.event.kind, EventKind::OrderPaid);
        assert_eq!(notice.event.data.amount.to_string(), "350.50");
        assert_eq!(notice.event.data.external_id.as_str(), EXTERNAL_ID);
        assert_eq!(notice.event.data.payment_id.unwrap().to_string(), PAYMENT);
        assert_eq!(
            bench.order.terms().billing_information,
            terms().billing_information,
            "{name}: it is to be delivered"
        );
        assert_eq!(bench.order.next_wake(), Some(bench.now.plus(RetainDays::DEFAULT.duration())), "{name}");
    }
}

#[test]
fn nothing_else_makes_it_paid() {
    let no: [(&str, Reply); 19] = [
        ("pending", ok(pending())),
        ("status missing", ok(over("CONFIRMED", false).without("status"))),
        ("status null", ok(over("CONFIRMED", false).with("status", Value::Null))),
        ("status true", ok(over("CONFIRMED", false).with("status", true))),
        ("in lower case", ok(over("confirmed", false))),
        ("with a blank", ok(over("CONFIRMED ", false))),
        ("PAID", ok(over("PAID", false))),
        ("SUCCESS", ok(over("SUCCESS", false))),
        ("a summary", ok(pending().with("paymentSummary", json!({ "status": "SUCCESS" })))),
        ("in a list", ok(json!([over("CONFIRMED", false)]))),
        ("in a shell", ok(json!({ "data": over("CONFIRMED", false) }))),
        ("twice", reply(200, r#"{"status":"CONFIRMED","status":"CONFIRMED"}"#)),
        ("cut short", reply(200, r#"{"status":"CONFIRMED""#)),
        ("empty", reply(204, "")),
        ("refused", reply(400, over("CONFIRMED", false).to_string())),
        ("not found", refused(404, "Not found")),
        ("redirected", reply(302, over("CONFIRMED", false).to_string())),
        ("busy", reply(429, "{}")),
        ("down", reply(500, over("CONFIRMED", false).to_string())),
    ];
    for (name, answer) in no {
        let mut bench = read();
        bench.reply(answer);
        assert!(bench.status().is_pending(), "{name}");
        assert_eq!(bench.told(), [""; 0], "{name}");
        assert!(bench.shows_link(), "{name}: it can still be paid");
        bench.ring();
        assert_eq!(bench.call(), Some("read"), "{name}: it is read again");
    }
}

#[test]
fn a_contradiction_is_taken_to_the_list_and_never_paid_by_itself() {
    for (name, body) in [
        ("another amount", over("CONFIRMED", false).with("amount", 350.49)),
        ("another id", over("CONFIRMED", false).with("id", OTHER_PAYMENT)),
        ("another external id", over("CONFIRMED", false).with("externalId", "K7Q2M9XD3FHT-2")),
        ("another currency", over("CONFIRMED", false).with("currency", "USD")),
        ("another home page", over("CONFIRMED", false).with("homepageUrl", "https://shop.example/?o=OTHER")),
        ("home page missing", over("CONFIRMED", false).without("homepageUrl")),
        ("home page null", over("CONFIRMED", false).with("homepageUrl", Value::Null)),
        ("pending with another amount", pending().with("amount", 1)),
    ] {
        for (item, told) in [
            (listed("CONFIRMED"), "order.paid"),
            (listed("CANCELLED"), "order.cancelled"),
            (listed("REFUNDED"), "order.on-hold unknown-status"),
            (listed("CONFIRMED").with("amount", 1), "order.on-hold mismatch"),
            (listed("CONFIRMED").with("currency", "USD"), "order.on-hold mismatch"),
            (listed("CONFIRMED").with("id", OTHER_PAYMENT), "order.on-hold mismatch"),
        ] {
            let mut bench = read();
            bench.reply(ok(body.clone()));
            assert_eq!(bench.told(), [""; 0], "{name}");
            assert!(!bench.shows_link(), "{name}");
            bench.list([item.clone()]);
            assert_eq!(bench.told(), [told], "{name}, {item}");
        }
        // The list knows better once; answers that go on contradicting it are for a person.
        let mut bench = read();
        bench.reply(ok(body.clone()));
        bench.list([listed("PENDING")]);
        assert!(bench.shows_link(), "{name}");
        bench.ring();
        bench.reply(ok(body.clone()));
        bench.list([listed("PENDING")]);
        assert_eq!(bench.told(), ["order.on-hold mismatch"], "{name}");
    }
}

#[test]
fn a_contradiction_that_the_list_does_not_know_is_held() {
    let mut bench = read();
    bench.reply(ok(over("CONFIRMED", false).with("amount", 1)));
    for _ in 0..2 {
        bench.list([listed("CONFIRMED").with("externalId", "somebody's")]);
        bench.ring();
    }
    bench.list([]);
    assert_eq!(bench.told(), ["order.on-hold mismatch"]);
}

#[test]
fn a_confirmation_without_its_home_page_that_the_list_does_not_know_is_held() {
    let mut bench = read();
    bench.reply(ok(over("CONFIRMED", false).without("homepageUrl")));
    for _ in 0..2 {
        bench.list([]);
        bench.ring();
    }
    bench.list([]);
    assert_eq!(bench.told(), ["order.on-hold not-provable"]);
    // Nothing was contradicted: a confirmation that echoes the home page is as good as any.
    bench.wait(HOUR);
    bench.returned(PAYMENT, EXTERNAL_ID);
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.told(), ["order.on-hold not-provable", "order.paid"]);
}

#[test]
fn a_contradiction_at_the_end_waits_for_a_list_that_may_lag_behind() {
    let mut bench = Bench::opened();
    bench.run_out();
    bench.reply(ok(over("CONFIRMED", true).without("homepageUrl")));
    bench.list([listed("PENDING")]);
    assert_eq!(bench.told(), [""; 0]);
    bench.ring();
    bench.list([listed("CONFIRMED")]);
    assert_eq!(bench.told(), ["order.paid"]);
}

#[test]
fn a_home_page_that_was_altered_from_the_start_is_no_contradiction() {
    for homepage in [json!("https://shop.example"), json!("HTTPS://shop.example/?o=K7Q2M9XD3FHT"), Value::Null] {
        let mut bench = read_normalised(homepage.clone());
        bench.reply(ok(over("CONFIRMED", false).with("homepageUrl", homepage)));
        assert_eq!(bench.told(), ["order.paid"]);
    }
}

#[test]
fn a_cancellation_elsewhere_is_told() {
    let mut bench = read();
    bench.reply(ok(over("CANCELLED", false)));
    assert_eq!(bench.status(), OrderStatus::Cancelled);
    assert_eq!(bench.told(), ["order.cancelled"]);
    assert_eq!(bench.order.retry_allowed(), Ok(()));
}

#[test]
fn paid_is_final_whatever_follows() {
    let mut bench = read();
    let (number, call) = bench.pending.clone().unwrap();
    bench.reply(ok(over("CONFIRMED", false)));
    let paid = bench.order.clone();
    let mut inputs = vec![
        Input::AlarmFired,
        Input::Event(Event::Watched),
        Input::Event(Event::RetryAsked),
        Input::Event(Event::CancelAsked),
        Input::Event(Event::PayerReturned {
            payment_id: PAYMENT.parse().unwrap(),
            external_id: EXTERNAL_ID.parse().unwrap(),
        }),
        Input::Event(Event::ListWatched),
        Input::Event(Event::Absent { payment_id: PAYMENT.parse().unwrap(), read_at: START.plus(HOUR * 200) }),
        Input::Event(Event::Wake),
    ];
    for body in [over("CONFIRMED", true), over("CANCELLED", true), over("PENDING", true), pending().with("amount", 1)] {
        inputs.push(Input::Completed { call: number, answer: answer_of(&call, Ok(ok(body))) });
    }
    for input in inputs {
        bench.wait(HOUR * 30);
        bench.take(input);
        assert_eq!(bench.order, paid);
        assert_eq!(bench.told(), ["order.paid"]);
        assert_eq!(bench.call(), None);
    }
}

#[test]
fn a_hit_of_the_list_watcher_is_no_proof_but_makes_it_read() {
    let hit = || {
        let mut bench = Bench::opened().list_watched();
        bench.wait(HOUR);
        bench.list_shows(&listed("CONFIRMED"));
        assert_eq!(bench.told(), [""; 0]);
        assert_eq!(bench.status(), OrderStatus::Verifying);
        assert_eq!(bench.call(), Some("read"));
        bench
    };
    let mut bench = hit();
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.told(), ["order.paid"]);

    // The two calls disagree: the list decides, with id, external id, amount and state in one item.
    for answer in [ok(pending()), ok(over("SOLD", false)), reply(500, "")] {
        let mut bench = hit();
        bench.reply(answer);
        bench.list([listed("CONFIRMED")]);
        assert_eq!(bench.told(), ["order.paid"]);
    }
}

#[test]
fn a_hit_that_comes_while_an_older_read_is_under_way_makes_it_read_again() {
    let mut bench = Bench::opened().list_watched();
    bench.ring();
    assert_eq!(bench.call(), Some("read"));
    bench.wait(seconds(1));
    bench.list_shows(&listed("CONFIRMED"));
    bench.reply(ok(pending()));
    assert!(bench.shows_link(), "that answer was given before");
    bench.ring();
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.told(), ["order.paid"]);
}

#[test]
fn a_hit_that_neither_the_read_nor_the_search_confirms_is_looked_at_again_within_ten_minutes_and_held() {
    let mut bench = Bench::opened().list_watched();
    bench.wait(HOUR);
    bench.list_shows(&listed("CONFIRMED"));
    bench.reply(ok(pending()));
    bench.list([listed("PENDING")]);
    assert!(bench.shows_link());
    let before = bench.now;
    bench.ring();
    assert!(bench.now.since(before) <= MINUTE * 10);
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(pending()));
    bench.list([listed("PENDING")]);
    assert_eq!(bench.told(), ["order.on-hold mismatch"]);
}

#[test]
fn a_payer_who_returns_while_an_older_read_is_under_way_is_read_again_at_once() {
    let mut bench = Bench::opened();
    bench.ring();
    assert_eq!(bench.call(), Some("read"));
    bench.wait(seconds(1));
    bench.returned(PAYMENT, EXTERNAL_ID);
    bench.wait(seconds(1));
    bench.reply(ok(pending()));
    let before = bench.now;
    bench.ring();
    assert_eq!(bench.now, before.plus(seconds(1)));
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.told(), ["order.paid"]);
}
