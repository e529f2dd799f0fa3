//! A browser comes to the return URL, with whatever somebody typed there.

use compago::edge::order::OrderStatus;
use compago::flow::machine::{Input, Machine as _};
use compago::flow::order::{Event, RETENTION};
use compago::flow::record;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, HOUR, MINUTE, seconds};
use super::bodies::{EXTERNAL_ID, OTHER_PAYMENT, PAYMENT, With, created, listed, ok, over, pending};

/// A second attempt is open; the first ran out.
pub(crate) fn retried() -> Bench {
    let mut bench = Bench::expired();
    bench.feed(Event::RetryAsked);
    bench.reply(ok(created(OTHER_PAYMENT)));
    let second = pending().with("id", OTHER_PAYMENT).with("externalId", "K7Q2M9XD3FHT-2");
    bench.reply(ok(second.with("expiresAt", "2026-03-05T18:02:00Z")));
    assert!(bench.shows_link());
    bench
}

#[test]
fn a_pair_that_is_not_the_orders_does_nothing_at_all() {
    let stages = {
        let placed = Bench::placed();
        let mut proving = placed.clone();
        proving.reply(ok(created(PAYMENT)));
        let opened = Bench::opened();
        let mut cancelling = opened.clone();
        cancelling.feed(Event::CancelAsked);
        let mut paid = opened.clone();
        paid.returned_rightly();
        paid.reply(ok(over("CONFIRMED", false)));
        [placed, proving, opened, cancelling, paid, Bench::expired(), retried()]
    };
    for (id, external_id) in [
        (OTHER_PAYMENT, EXTERNAL_ID),
        (PAYMENT, "K7Q2M9XD3FHT-2"),
        (PAYMENT, "k7q2m9xd3fht-1"),
        (PAYMENT, "somebodys"),
        ("00000000-0000-0000-0000-000000000000", "K7Q2M9XD3FHT-3"),
    ] {
        for stage in &stages {
            for wait in [seconds(0), seconds(3), HOUR * 100] {
                let mut bench = stage.clone();
                bench.wait(wait);
                bench.returned(id, external_id);
                assert_eq!(bench.order, stage.order, "{id} {external_id}");
                assert_eq!(bench.calls, stage.calls, "{id} {external_id}");
                assert_eq!(bench.notices, stage.notices, "{id} {external_id}");
            }
        }
    }
}

#[test]
fn the_right_pair_causes_one_read_of_the_bound_payment() {
    let mut bench = Bench::opened();
    bench.returned(&PAYMENT.to_uppercase(), EXTERNAL_ID);
    assert_eq!(bench.call(), None, "the proof was read a moment ago");
    assert_eq!(bench.status(), OrderStatus::Verifying);
    bench.ring();
    assert_eq!(bench.call(), Some("read"));
    for _ in 0..200 {
        bench.returned(PAYMENT, EXTERNAL_ID);
        bench.feed(Event::Watched);
    }
    assert_eq!(bench.calls, ["create", "read", "read"]);
    bench.reply(ok(over("CONFIRMED", false)));
    for _ in 0..200 {
        bench.returned(PAYMENT, EXTERNAL_ID);
        bench.feed(Event::Watched);
    }
    assert_eq!(bench.calls, ["create", "read", "read"], "two upstream reads at most");
    assert_eq!(bench.told(), ["order.paid"]);
}

#[test]
fn a_return_without_a_payment_is_forgotten_after_a_minute() {
    let mut bench = Bench::opened();
    bench.returned_rightly();
    bench.reply(ok(pending()));
    assert_eq!(bench.status(), OrderStatus::Verifying);
    while bench.status() == OrderStatus::Verifying {
        if bench.call().is_some() { bench.reply(ok(pending())) } else { bench.ring() }
    }
    assert_eq!(bench.status(), OrderStatus::AwaitingPayment);
    assert!(bench.now.since(super::bench::START) <= MINUTE * 2);
}

#[test]
fn a_return_hurries_the_list_that_is_waited_for() {
    let mut bench = Bench::opened();
    bench.wait(HOUR);
    bench.feed(Event::Watched);
    bench.reply(ok(over("PENDING", true)));
    assert!(bench.order.next_wake().is_some_and(|at| at > bench.now.plus(MINUTE)), "its end is far away");
    bench.returned_rightly();
    assert_eq!(bench.call(), Some("search"));
    bench.list([listed("CONFIRMED")]);
    assert_eq!(bench.told(), ["order.paid"]);
}

#[test]
fn a_return_to_a_link_that_has_just_run_out_does_not_take_the_place_of_the_late_look() {
    let mut bench = Bench::expired();
    let closed = bench.now;
    bench.wait(MINUTE);
    bench.returned(PAYMENT, EXTERNAL_ID);
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("PENDING", true)));
    bench.ring();
    assert_eq!(bench.now, closed.plus(MINUTE * 10));
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("CONFIRMED", true)));
    assert_eq!(bench.told(), ["order.expired", "order.paid"]);
}

#[test]
fn an_earlier_attempt_that_was_paid_late_is_found_by_its_return() {
    let mut bench = Bench::expired();
    bench.wait(HOUR);
    bench.returned(PAYMENT, EXTERNAL_ID);
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("CONFIRMED", true)));
    assert_eq!(bench.status(), OrderStatus::Paid);
    assert_eq!(bench.told(), ["order.expired", "order.paid"]);
}

#[test]
fn a_look_at_an_earlier_attempt_changes_nothing_unless_it_was_paid() {
    for body in [
        over("PENDING", true),
        over("CANCELLED", false),
        over("UNKNOWN", false),
        over("PENDING", true).with("homepageUrl", "https://elsewhere.example/"),
        over("PENDING", true).with("amount", 1),
        over("CONFIRMED", true).without("homepageUrl"),
    ] {
        for mut bench in [Bench::expired(), retried()] {
            let status = bench.status();
            bench.wait(seconds(5));
            bench.returned(PAYMENT, EXTERNAL_ID);
            bench.reply(ok(body.clone()));
            assert_eq!(bench.status(), status);
            assert_eq!(bench.told(), ["order.expired"]);
        }
    }
}

#[test]
fn a_look_at_an_earlier_attempt_that_proves_nothing_is_repeated() {
    for odd in [over("CONFIRMED", true).without("homepageUrl"), over("CONFIRMING", true)] {
        let mut bench = Bench::expired();
        bench.wait(HOUR);
        bench.returned(PAYMENT, EXTERNAL_ID);
        bench.reply(ok(odd));
        bench.ring();
        assert_eq!(bench.call(), Some("read"));
        bench.reply(ok(over("CONFIRMED", true)));
        assert_eq!(bench.told(), ["order.expired", "order.paid"]);
    }
}

/// Whatever Compago's answers lack, a payment that it goes on to call confirmed is not passed over.
#[test]
fn an_earlier_attempt_whose_confirmation_is_never_proved_is_held() {
    let mut bench = Bench::expired();
    bench.wait(HOUR);
    bench.returned(PAYMENT, EXTERNAL_ID);
    while bench.call() == Some("read") {
        bench.reply(ok(over("CONFIRMED", true).without("homepageUrl")));
        if bench.status() == OrderStatus::Expired {
            bench.ring();
        }
    }
    assert_eq!(bench.told(), ["order.expired", "order.on-hold not-provable"]);
}

#[test]
fn looks_at_earlier_attempts_are_few_and_far_between() {
    let mut bench = Bench::expired();
    let mut last = None;
    for _ in 0..100_u32 {
        bench.wait(seconds(1));
        bench.take(Input::AlarmFired);
        bench.returned(PAYMENT, EXTERNAL_ID);
        if bench.call() == Some("read") {
            assert!(last.is_none_or(|last| bench.now.since(last) >= seconds(3)));
            last = Some(bench.now);
            bench.reply(ok(over("PENDING", true)));
        }
    }
    let reads = bench.calls.iter().rev().take_while(|call| **call == "read").count();
    assert!((1..=6).contains(&reads), "{reads}");
}

#[test]
fn a_look_at_an_earlier_attempt_that_fails_is_repeated() {
    let mut bench = Bench::expired();
    bench.wait(HOUR);
    bench.returned(PAYMENT, EXTERNAL_ID);
    bench.lose();
    bench.ring();
    assert_eq!(bench.call(), Some("read"));
    // Nor does a crash lose it.
    bench.ring();
    bench.ring();
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("CONFIRMED", true)));
    assert_eq!(bench.told(), ["order.expired", "order.paid"]);
}

/// An order had one place for such a look, before each attempt had its own.
#[test]
fn a_look_that_an_older_version_owed_is_still_made() {
    let stored = record::to_string(&Bench::expired().order).replace(r#""schemaVersion":3,"#, "");
    let own = r#""recheckAt":"2026-03-03T18:12:00.000Z","#;
    assert!(stored.contains(own), "{stored}");
    for former in [r#"{"attempt":1,"at":"2026-03-03T18:12:00.000Z"}"#, "null"] {
        let older = stored.replace(own, "").replace(r#""rechecks":"#, &format!(r#""recheck":{former},"rechecks":"#));
        let mut bench = Bench::expired();
        bench.order = record::from_str(&older).unwrap();
        let forgotten_at = bench.now.plus(RETENTION);
        let look_at = "2026-03-03T18:12:00Z".parse().unwrap();
        assert_eq!(bench.order.next_wake(), Some(if former == "null" { forgotten_at } else { look_at }));
        bench.ring();
        assert_eq!(bench.call(), (former != "null").then_some("read"));
    }
}
