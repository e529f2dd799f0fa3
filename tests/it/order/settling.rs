//! A link runs out: the list has the last word, and a person if there is none.

use compago::edge::order::OrderStatus;
use compago::flow::machine::{Input, Machine as _};
use compago::flow::order::{Event, GIVE_UP, RETENTION, RetryRefusal, SETTLE_MARGIN};
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, HOUR, MINUTE, START, TTL, seconds};
use super::bodies::{OTHER_PAYMENT, With, created, listed, ok, over, pending};

/// The link ran out, by its own word, and the list is being searched.
fn settling() -> Bench {
    let mut bench = Bench::opened();
    bench.run_out();
    bench.reply(ok(over("PENDING", true)));
    assert_eq!(bench.status(), OrderStatus::Verifying);
    assert!(!bench.shows_link());
    bench.ring();
    bench
}

#[test]
fn the_list_is_asked_behind_the_end_of_the_link() {
    let bench = settling();
    assert_eq!(bench.call(), Some("search"));
    assert_eq!(bench.now, START.plus(TTL).plus(SETTLE_MARGIN));
}

#[test]
fn what_the_list_says_of_a_link_that_ran_out() {
    for (name, item, status, told) in [
        ("pending", listed("PENDING"), OrderStatus::Expired, "order.expired"),
        ("swept", listed("CANCELLED"), OrderStatus::Expired, "order.expired"),
        ("without its end", listed("PENDING").without("expiresAt"), OrderStatus::Expired, "order.expired"),
        ("paid at last", listed("CONFIRMED"), OrderStatus::Paid, "order.paid"),
        ("amount as text", listed("CONFIRMED").with("amount", "350.50"), OrderStatus::Paid, "order.paid"),
        ("unknown", listed("EXPIRED"), OrderStatus::OnHold, "order.on-hold unknown-status"),
        ("of another amount", listed("PENDING").with("amount", 1), OrderStatus::OnHold, "order.on-hold mismatch"),
        ("another", listed("CONFIRMED").with("id", OTHER_PAYMENT), OrderStatus::OnHold, "order.on-hold mismatch"),
    ] {
        let mut bench = settling();
        bench.list([item]);
        assert_eq!(bench.status(), status, "{name}");
        assert_eq!(bench.told(), [told], "{name}");
    }
}

#[test]
fn every_answer_that_says_run_out_leads_to_the_list() {
    for (name, body) in [
        ("pending", over("PENDING", true)),
        ("cancelled", over("CANCELLED", true)),
        ("full", pending().with("expired", true)),
        ("expired missing", over("PENDING", true).without("expired")),
        ("expired null", over("CANCELLED", true).with("expired", Value::Null)),
    ] {
        let mut bench = Bench::opened();
        bench.run_out();
        bench.reply(ok(body));
        assert_eq!(bench.told(), [""; 0], "{name}");
        bench.ring();
        bench.list([listed("CONFIRMED")]);
        assert_eq!(bench.told(), ["order.paid"], "{name}");
    }
}

#[test]
fn a_link_that_says_it_is_not_run_out_stays_open() {
    // Their clock is behind ours.
    let mut bench = Bench::opened();
    bench.run_out();
    bench.reply(ok(pending()));
    assert!(bench.shows_link());
    bench.wait(seconds(150));
    bench.ring();
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(pending()));
    assert_eq!(bench.status(), OrderStatus::AwaitingPayment);
    bench.ring();
    bench.reply(ok(over("PENDING", true)));
    bench.ring();
    bench.list([listed("PENDING")]);
    assert_eq!(bench.told(), ["order.expired"]);
}

#[test]
fn an_end_that_the_list_puts_later_is_waited_for() {
    let mut bench = settling();
    bench.list([listed("PENDING").with("expiresAt", "2026-03-03T19:00:00Z")]);
    assert_eq!(bench.told(), [""; 0]);
    assert!(bench.shows_link());
    bench.now = START.plus(TTL + HOUR).plus(SETTLE_MARGIN);
    bench.take(Input::AlarmFired);
    bench.reply(ok(over("PENDING", true)));
    bench.ring();
    bench.list([listed("PENDING").with("expiresAt", "2026-03-03T19:00:00Z")]);
    assert_eq!(bench.told(), ["order.expired"]);
}

#[test]
fn a_payment_that_vanished_from_the_list_is_held() {
    for item in [listed("PENDING").with("externalId", "somebody's"), json!(7)] {
        let mut bench = settling();
        for _ in 0..2 {
            bench.list([item.clone()]);
            bench.ring();
        }
        bench.list([item]);
        assert_eq!(bench.told(), ["order.on-hold not-provable"]);
    }
}

#[test]
fn an_unknown_status_is_waited_for_until_the_end() {
    let mut bench = Bench::opened();
    for _ in 0..2_000 {
        match bench.call() {
            Some("read") => bench.reply(ok(over("PROCESSING", false))),
            Some("search") => break,
            _ => bench.ring(),
        }
        assert_eq!(bench.told(), [""; 0]);
    }
    assert!(bench.now >= START.plus(TTL).plus(SETTLE_MARGIN));
    bench.list([listed("PROCESSING")]);
    assert_eq!(bench.told(), ["order.on-hold unknown-status"]);
    assert_eq!(bench.order.retry_allowed(), Err(RetryRefusal::OnHold));
}

#[test]
fn silence_ends_with_a_person_a_day_after_the_link() {
    let mut bench = Bench::opened();
    while bench.status() != OrderStatus::OnHold {
        assert_eq!(bench.told(), [""; 0]);
        assert!(bench.calls.len() < 2_000, "it never ends");
        match bench.call() {
            Some(_) => bench.lose(),
            None => bench.ring(),
        }
    }
    assert_eq!(bench.told(), ["order.on-hold unresolved"]);
    let over = START.plus(TTL).plus(GIVE_UP);
    assert!(bench.now >= over && bench.now <= over.plus(MINUTE * 11), "{}", bench.now);
    assert_eq!(bench.order.retry_allowed(), Err(RetryRefusal::OnHold));
}

#[test]
fn silence_before_any_link_was_shown_ends_without_one() {
    let mut bench = Bench::placed();
    while bench.status() == OrderStatus::Verifying {
        assert!(bench.calls.len() < 2_000, "it never ends");
        if bench.call().is_some() { bench.lose() } else { bench.ring() }
    }
    assert_eq!(bench.status(), OrderStatus::Failed);
    assert_eq!(bench.told(), [""; 0]);
}

#[test]
fn one_call_may_answer_while_the_other_is_down() {
    // Reading fails, the list works.
    let mut bench = Bench::opened();
    bench.now = bench.order.current().expires_at;
    bench.wait(SETTLE_MARGIN);
    bench.take(Input::AlarmFired);
    bench.lose();
    bench.ring();
    bench.list([listed("CONFIRMED")]);
    assert_eq!(bench.told(), ["order.paid"]);
}

#[test]
fn who_pays_is_forgotten_three_days_after_an_order_that_was_not_paid() {
    let mut bench = Bench::expired();
    assert!(bench.order.terms().billing_information.is_some());
    let closed = bench.now;
    // Somebody may have finished at the bank only now.
    bench.ring();
    assert_eq!(bench.now, closed.plus(seconds(600)));
    bench.reply(ok(over("PENDING", true)));
    assert_eq!(bench.order.next_wake(), Some(closed.plus(RETENTION)));
    bench.wait(RETENTION - seconds(601));
    bench.take(Input::AlarmFired);
    assert_eq!(bench.order.retry_allowed(), Ok(()));
    bench.ring();
    assert_eq!(bench.order.terms().billing_information, None);
    assert_eq!(bench.order.retry_allowed(), Err(RetryRefusal::Closed));
    assert_eq!(bench.order.next_wake(), None);
    bench.feed(Event::RetryAsked);
    assert_eq!(bench.call(), None);
    assert_eq!(bench.told(), ["order.expired"]);
}

#[test]
fn every_other_end_forgets_as_well() {
    let mut held = Bench::placed();
    held.reply(ok(json!({ "redirectUrl": "https://elsewhere.example/" })));
    let mut refused = Bench::placed();
    refused.reply(super::bodies::refused(401, "Unauthorized"));
    let mut cancelled = Bench::opened();
    cancelled.returned_rightly();
    cancelled.reply(ok(over("CANCELLED", false)));
    for mut bench in [held, refused, cancelled] {
        bench.ring();
        assert_eq!(bench.order.terms().billing_information, None);
        assert_eq!(bench.order.next_wake(), None);
    }
}

#[test]
fn a_retry_keeps_the_payer_for_as_long_as_it_lasts() {
    let mut bench = Bench::expired();
    bench.ring();
    bench.reply(ok(over("PENDING", true)));
    bench.wait(RETENTION - seconds(601));
    bench.feed(Event::RetryAsked);
    bench.reply(ok(created(OTHER_PAYMENT)));
    let second = pending().with("id", OTHER_PAYMENT).with("externalId", "K7Q2M9XD3FHT-2");
    bench.reply(ok(second.with("expiresAt", "2026-03-08T18:00:00Z")));
    bench.wait(seconds(2));
    bench.take(Input::AlarmFired);
    assert!(bench.order.terms().billing_information.is_some());
    assert!(bench.shows_link());
}
