//! Compago amends a payment after it was bound: what was contradicted once is not settled by an answer that names less.

use compago::edge::order::OrderStatus;
use compago::flow::order::{Event, RetryRefusal};
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, HOUR, MINUTE, seconds};
use super::bodies::{EXTERNAL_ID, OTHER_PAYMENT, PAYMENT, With, cancelled, listed, ok, over, pending, refused};

/// What Compago may say instead of what was bound.
pub(super) fn amendments() -> [(&'static str, Value); 4] {
    [
        ("amount", json!(1)),
        ("currency", json!("USD")),
        ("externalId", json!("K7Q2M9XD3FHT-9")),
        ("id", json!(OTHER_PAYMENT)),
    ]
}

/// A poll has read the amended payment, and the list is being searched.
pub(super) fn searching(field: &str, value: &Value) -> Bench {
    let mut bench = Bench::opened();
    bench.ring();
    bench.reply(ok(pending().with(field, value.clone())));
    assert_eq!((bench.status(), bench.call()), (OrderStatus::Verifying, Some("search")));
    bench
}

/// The list agreed with the contradicting read. An amended external id is not in it.
pub(super) fn held(field: &str, value: &Value) -> Bench {
    let mut bench = searching(field, value);
    while bench.status() != OrderStatus::OnHold {
        bench.list([listed("PENDING").with(field, value.clone())]);
        if bench.status() != OrderStatus::OnHold {
            bench.ring();
        }
    }
    assert_eq!(bench.told(), ["order.on-hold mismatch"]);
    bench
}

/// The payer pays and comes back, again and again; each read is limited.
pub(super) fn returns(bench: &mut Bench) {
    for _ in 0..10 {
        bench.wait(HOUR);
        bench.returned(PAYMENT, EXTERNAL_ID);
        while bench.call() == Some("read") {
            bench.reply(ok(over("CONFIRMED", false)));
        }
    }
}

#[test]
fn a_payer_who_returns_does_not_lift_a_hold_for_a_mismatch() {
    for (field, value) in amendments() {
        let mut bench = held(field, &value);
        let reads = bench.calls.len();
        returns(&mut bench);
        assert!(bench.calls.len() > reads, "{field}: it was read");
        assert_eq!(bench.told(), ["order.on-hold mismatch"], "{field}");
        assert_eq!(bench.status(), OrderStatus::OnHold, "{field}");
        assert_eq!(bench.order.retry_allowed(), Err(RetryRefusal::OnHold), "{field}");
    }
}

#[test]
fn an_answer_that_was_on_its_way_does_not_remove_a_newer_contradiction() {
    let mut bench = searching("amount", &json!(1));
    bench.list([listed("PENDING")]);
    assert_eq!(bench.status(), OrderStatus::AwaitingPayment, "a search that began after the contradiction removes it");

    let amended = listed("PENDING").with("amount", json!(1));
    let mut bench = searching("amount", &json!(1));
    for status in ["PENDING", "CONFIRMED"] {
        bench.wait(seconds(1));
        bench.list_shows(&amended);
        bench.wait(seconds(1));
        bench.list([listed(status)]);
        assert_eq!((bench.status(), bench.call()), (OrderStatus::Verifying, Some("search")), "{status}: read again");
    }
    assert!(bench.told().is_empty());
    bench.list([amended]);
    assert_eq!(bench.told(), ["order.on-hold mismatch"]);
    returns(&mut bench);
    assert_eq!(bench.told(), ["order.on-hold mismatch"]);
}

#[test]
fn an_item_of_the_list_that_names_all_facts_as_bound_lifts_it() {
    for (field, value) in amendments() {
        let mut bench = held(field, &value);
        returns(&mut bench);
        bench.list_shows(&listed("CONFIRMED"));
        assert_eq!(bench.call(), Some("read"), "{field}: the list alone proves nothing");
        bench.reply(ok(over("CONFIRMED", false)));
        assert_eq!(bench.told(), ["order.on-hold mismatch", "order.paid"], "{field}");
    }
}

#[test]
fn an_item_that_differs_or_was_read_before_the_contradiction_does_not() {
    for (field, value) in amendments() {
        let mut bench = held(field, &value);
        let before = bench.now.minus(MINUTE);
        bench.wait(HOUR);
        bench.list_shows(&listed("CONFIRMED").with(field, value.clone()));
        bench.list_showed(&listed("CONFIRMED"), before);
        bench.reply(ok(over("CONFIRMED", false)));
        assert_eq!(bench.told(), ["order.on-hold mismatch"], "{field}");
        let contradicted_at = bench.now.to_string();
        assert_eq!(bench.detail()["attempts"][0]["contradictedAt"], contradicted_at, "{field}");
    }
}

#[test]
fn a_full_read_of_the_pending_payment_removes_a_contradiction() {
    for (field, value) in amendments() {
        let mut bench = held(field, &value);
        bench.wait(HOUR);
        bench.returned(PAYMENT, EXTERNAL_ID);
        bench.reply(ok(pending()));
        assert_eq!(bench.told(), ["order.on-hold mismatch"], "{field}: it is not paid");
        assert_eq!(bench.detail()["attempts"][0]["contradictedAt"], Value::Null, "{field}");
        bench.wait(HOUR);
        bench.returned(PAYMENT, EXTERNAL_ID);
        bench.reply(ok(over("CONFIRMED", false)));
        assert_eq!(bench.told(), ["order.on-hold mismatch", "order.paid"], "{field}");
    }
}

#[test]
fn a_confirmation_that_names_all_facts_settles_at_once() {
    for (field, value) in amendments() {
        let mut bench = held(field, &value);
        bench.wait(HOUR);
        bench.returned(PAYMENT, EXTERNAL_ID);
        bench.reply(ok(pending().with("status", "CONFIRMED")));
        assert_eq!(bench.told(), ["order.on-hold mismatch", "order.paid"], "{field}");
    }
}

/// The contradiction was seen, the list cannot be read, and a limited answer comes first.
#[test]
fn a_limited_answer_during_the_search_settles_nothing() {
    for (field, value) in amendments() {
        for silent in [true, false] {
            let mut bench = searching(field, &value);
            bench.wait(seconds(4));
            // What another run of reconciliation had read before.
            bench.list_showed(&listed("CONFIRMED"), bench.now.minus(HOUR));
            for _ in 0..3 {
                if bench.call() == Some("read") {
                    bench.reply(ok(over("CONFIRMED", false)));
                }
                if bench.call() == Some("search") {
                    if silent { bench.lose() } else { bench.list([]) }
                }
                assert_ne!(bench.status(), OrderStatus::Paid, "{field}");
                bench.returned(PAYMENT, EXTERNAL_ID);
                if bench.status() == OrderStatus::Verifying {
                    bench.ring();
                }
            }
            while bench.status() != OrderStatus::OnHold {
                match bench.call() {
                    Some("read") => bench.reply(ok(over("CONFIRMED", false))),
                    Some("search") => bench.lose(),
                    _ => bench.ring(),
                }
            }
            assert_eq!(bench.told(), ["order.on-hold mismatch"], "{field}: the reason is what was seen");
            returns(&mut bench);
            assert_eq!(bench.told(), ["order.on-hold mismatch"], "{field}");
        }
    }
}

#[test]
fn a_link_that_is_closed_already_goes_on_hold_when_the_amended_payment_is_paid() {
    for (field, value) in amendments() {
        let closed =
            [("expired", Bench::expired(), "order.expired"), ("cancelled", Bench::cancelled(), "order.cancelled")];
        for (name, mut bench, end) in closed {
            bench.wait(HOUR);
            bench.returned(PAYMENT, EXTERNAL_ID);
            bench.reply(ok(over("PENDING", true).with(field, value.clone())));
            assert_eq!(bench.told(), [end], "{name} {field}: nobody has paid");
            bench.wait(HOUR);
            bench.returned(PAYMENT, EXTERNAL_ID);
            bench.reply(ok(over("CONFIRMED", true)));
            assert_eq!(bench.told(), [end, "order.on-hold mismatch"], "{name} {field}");
            assert_eq!(bench.status(), OrderStatus::OnHold);
            assert_eq!(bench.order.retry_allowed(), Err(RetryRefusal::OnHold));
            bench.wait(MINUTE);
            bench.list_shows(&listed("CONFIRMED"));
            bench.reply(ok(over("CONFIRMED", true)));
            assert_eq!(bench.told(), [end, "order.on-hold mismatch", "order.paid"], "{name} {field}");
        }
    }
}

#[test]
fn an_answer_to_cancelling_may_contradict_as_well() {
    for (field, value) in amendments().into_iter().filter(|(field, _)| *field != "id") {
        let mut bench = Bench::opened();
        bench.feed(Event::CancelAsked);
        bench.reply(ok(cancelled(PAYMENT).with(field, value)));
        assert_eq!(bench.told(), ["order.cancelled"], "{field}: it is cancelled all the same");
        bench.wait(HOUR);
        bench.returned(PAYMENT, EXTERNAL_ID);
        bench.reply(ok(over("CONFIRMED", false)));
        assert_eq!(bench.told(), ["order.cancelled", "order.on-hold mismatch"], "{field}");
    }
    // An answer about another payment cancels nothing.
    let mut bench = Bench::opened();
    bench.feed(Event::CancelAsked);
    bench.reply(ok(cancelled(OTHER_PAYMENT)));
    bench.ring();
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!((bench.status(), bench.call()), (OrderStatus::Verifying, Some("search")));
    bench.list([listed("CONFIRMED")]);
    assert_eq!(bench.told(), ["order.paid"]);
    // While it is being cancelled, a confirmation that names too little is for the list.
    let mut bench = Bench::opened();
    bench.feed(Event::CancelAsked);
    bench.list_shows(&listed("PENDING").with("amount", 1));
    bench.reply(refused(400, "only PENDING"));
    while bench.call() != Some("read") {
        bench.ring();
    }
    bench.reply(ok(over("CONFIRMED", false)));
    bench.list([listed("CONFIRMED").with("amount", 1)]);
    assert_eq!(bench.told(), ["order.on-hold mismatch"]);
}

#[test]
fn what_reconciliation_reads_of_an_open_payment_is_remembered() {
    for (field, value) in amendments() {
        for status in ["PENDING", "CONFIRMED"] {
            let mut bench = Bench::opened();
            bench.wait(HOUR);
            bench.list_shows(&listed(status).with(field, value.clone()));
            assert!(!bench.shows_link(), "{field} {status}: the wrong amount is not to be paid");
            assert_eq!(bench.call(), Some("search"), "{field} {status}");
            while bench.status() == OrderStatus::Verifying {
                if bench.call() == Some("search") {
                    bench.list([listed(status).with(field, value.clone())]);
                } else {
                    bench.ring();
                }
            }
            returns(&mut bench);
            assert_eq!(bench.told(), ["order.on-hold mismatch"], "{field} {status}");
        }
    }
}

#[test]
fn what_the_list_watcher_finds_is_remembered() {
    let mut bench = Bench::opened().list_watched();
    bench.wait(HOUR);
    bench.list_shows(&listed("CONFIRMED").with("currency", "USD"));
    assert_eq!(bench.call(), Some("search"));
    for _ in 0..2 {
        bench.list([]);
        bench.ring();
    }
    bench.list([]);
    assert_eq!(bench.told(), ["order.on-hold mismatch"]);
    returns(&mut bench);
    assert_eq!(bench.told(), ["order.on-hold mismatch"]);
}
