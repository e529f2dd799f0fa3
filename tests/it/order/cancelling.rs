//! The payer cancels, and may have paid at the same moment.

use compago::edge::order::OrderStatus;
use compago::endpoint::Reply;
use compago::flow::order::{CancelRefusal, Event};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, HOUR, TTL, seconds};
use super::bodies::{PAYMENT, With, cancelled, created, listed, ok, over, pending, refused};
use crate::recording::reply;

fn cancelling() -> Bench {
    let mut bench = Bench::opened();
    bench.wait(seconds(30));
    assert_eq!(bench.order.cancel_allowed(), Ok(()));
    bench.feed(Event::CancelAsked);
    assert_eq!(bench.call(), Some("cancel"));
    assert_eq!(bench.status(), OrderStatus::Verifying);
    assert!(!bench.shows_link());
    bench
}

#[test]
fn a_cancelled_payment_closes_its_order() {
    let mut bench = cancelling();
    bench.reply(ok(cancelled(PAYMENT)));
    assert_eq!(bench.status(), OrderStatus::Cancelled);
    assert_eq!(bench.told(), ["order.cancelled"]);
    assert_eq!(bench.order.cancel_allowed(), Err(CancelRefusal::Closed));
    assert_eq!(bench.order.retry_allowed(), Ok(()));
}

#[test]
fn every_other_answer_is_looked_into() {
    let unclear: [(&str, Option<Reply>); 7] = [
        ("refused", Some(refused(400, "only PENDING"))),
        ("not found", Some(refused(404, "Not found"))),
        ("down", Some(reply(500, ""))),
        ("lost", None),
        ("empty", Some(reply(200, ""))),
        ("still pending", Some(ok(json!({ "id": PAYMENT, "status": "PENDING" })))),
        ("paid", Some(ok(json!({ "id": PAYMENT, "status": "CONFIRMED" })))),
    ];
    for (name, answer) in unclear {
        for (body, status, told) in [
            (over("CONFIRMED", false), OrderStatus::Paid, vec!["order.paid"]),
            (over("CANCELLED", false), OrderStatus::Cancelled, vec!["order.cancelled"]),
            (pending(), OrderStatus::Verifying, vec![]),
            (over("CONFIRMING", false), OrderStatus::Verifying, vec![]),
        ] {
            let mut bench = cancelling();
            match answer.clone() {
                Some(answer) => bench.reply(answer),
                None => bench.lose(),
            }
            assert_eq!(bench.told(), [""; 0], "{name}");
            assert_eq!(bench.call(), Some("read"), "{name}");
            bench.reply(ok(body));
            assert_eq!(bench.status(), status, "{name}");
            assert_eq!(bench.told(), told, "{name}");
        }
    }
}

#[test]
fn a_payment_that_will_not_be_cancelled_is_open_again() {
    let mut bench = cancelling();
    for wait in [3, 6, 12, 24] {
        bench.reply(refused(400, "no"));
        bench.reply(ok(pending()));
        assert!(!bench.shows_link());
        let before = bench.now;
        bench.ring();
        assert_eq!(bench.now, before.plus(seconds(wait)));
        assert_eq!(bench.call(), Some("cancel"));
    }
    bench.reply(refused(400, "no"));
    bench.reply(ok(pending()));
    assert_eq!(bench.status(), OrderStatus::AwaitingPayment);
    assert!(bench.shows_link());
    assert_eq!(bench.told(), [""; 0]);
    bench.ring();
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.told(), ["order.paid"]);
}

#[test]
fn asking_again_and_again_has_an_end() {
    let mut bench = Bench::opened();
    while bench.order.cancel_allowed().is_ok() {
        bench.feed(Event::CancelAsked);
        while !bench.shows_link() {
            match bench.call() {
                Some("cancel") => bench.reply(refused(400, "no")),
                Some("read") => bench.reply(ok(pending())),
                _ => bench.ring(),
            }
        }
        assert!(bench.calls.len() < 32, "{:?}", bench.calls);
    }
    assert_eq!(bench.order.cancel_allowed(), Err(CancelRefusal::Verifying));
    let before = bench.order.clone();
    bench.feed(Event::CancelAsked);
    assert_eq!(bench.order, before);
}

#[test]
fn a_link_that_ran_out_while_it_was_cancelled_is_settled_by_the_list() {
    let mut bench = cancelling();
    bench.reply(refused(400, "expired"));
    bench.reply(ok(over("PENDING", true)));
    assert_eq!(bench.told(), [""; 0]);
    bench.ring();
    bench.list([listed("CONFIRMED")]);
    assert_eq!(bench.told(), ["order.paid"]);
}

#[test]
fn a_contradiction_while_it_is_cancelled_is_taken_to_the_list() {
    let mut bench = cancelling();
    bench.lose();
    bench.reply(ok(pending().with("amount", 1)));
    bench.list([listed("PENDING")]);
    assert_eq!(bench.told(), [""; 0]);
    assert!(bench.shows_link(), "the list knows better, once");
}

#[test]
fn the_read_that_looks_into_it_keeps_its_distance() {
    let mut bench = Bench::opened();
    bench.wait(seconds(10));
    bench.feed(Event::Watched);
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(pending()));
    bench.wait(seconds(1));
    bench.feed(Event::CancelAsked);
    bench.reply(refused(400, "no"));
    assert_eq!(bench.call(), None);
    let before = bench.now;
    bench.ring();
    assert_eq!(bench.now, before.plus(seconds(2)));
    assert_eq!(bench.call(), Some("read"));
}

#[test]
fn a_look_that_is_under_way_is_not_lost_over_it() {
    // The read was sent before the payer asked to cancel, and it says that it was paid.
    let mut bench = Bench::opened();
    bench.ring();
    assert_eq!(bench.call(), Some("read"));
    bench.feed(Event::CancelAsked);
    assert_eq!(bench.calls, ["create", "read", "read"]);
    let mut unpaid = bench.clone();
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.told(), ["order.paid"]);
    unpaid.reply(ok(pending()));
    assert_eq!(unpaid.call(), Some("cancel"));
}

#[test]
fn a_payment_that_the_list_watcher_finds_while_it_is_cancelled_is_read() {
    let mut bench = Bench::opened().list_watched();
    bench.wait(HOUR);
    bench.feed(Event::CancelAsked);
    assert_eq!(bench.call(), Some("cancel"));
    bench.list_shows(&listed("CONFIRMED"));
    bench.feed(Event::Wake);
    bench.absent(bench.now.plus(TTL));
    assert_eq!(bench.calls.last(), Some(&"cancel"), "one call at a time");
    bench.reply(refused(400, "no"));
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.told(), ["order.paid"]);
}

#[test]
fn only_what_has_a_link_can_be_cancelled() {
    let mut bench = Bench::placed();
    for _ in 0..2 {
        assert_eq!(bench.order.cancel_allowed(), Err(CancelRefusal::Verifying));
        let before = bench.order.clone();
        bench.feed(Event::CancelAsked);
        assert_eq!(bench.order, before);
        if bench.call() == Some("create") {
            bench.reply(ok(created(PAYMENT)));
        }
    }
    let mut held = Bench::placed();
    held.reply(ok(json!({ "redirectUrl": "https://elsewhere.example/" })));
    assert_eq!(held.order.cancel_allowed(), Err(CancelRefusal::OnHold));
    let expired = Bench::expired();
    assert_eq!(expired.order.cancel_allowed(), Err(CancelRefusal::Closed));
}
