//! Another attempt: only when the last cannot be paid any more, and what happens if it was after all.

use compago::edge::order::OrderStatus;
use compago::flow::machine::Machine as _;
use compago::flow::order::{Event, RetryRefusal};
use compago::value::RetainDays;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, TTL, seconds};
use super::bodies::{
    EXTERNAL_ID, OTHER_PAYMENT, PAYMENT, With, cancelled, created, listed, ok, over, pending, refused,
};
use super::returning::retried;
use crate::recording::reply;

/// The first attempt, which had run out, turns out to be paid.
fn pay_the_first(bench: &mut Bench) {
    bench.wait(seconds(5));
    bench.returned(PAYMENT, EXTERNAL_ID);
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("CONFIRMED", true)));
    assert_eq!(bench.status(), OrderStatus::Paid);
}

fn second() -> Value {
    listed("PENDING").with("id", OTHER_PAYMENT).with("externalId", "K7Q2M9XD3FHT-2")
}

#[test]
fn there_is_no_retry_while_the_last_attempt_may_be_paid() {
    let placed = Bench::placed();
    let mut lost = placed.clone();
    lost.lose();
    let mut proving = placed.clone();
    proving.reply(ok(created(PAYMENT)));
    let mut adopting = proving.clone();
    adopting.reply(ok(over("PENDING", true)));
    let opened = Bench::opened();
    let mut claimed = opened.clone();
    claimed.returned_rightly();
    let mut cancelling = opened.clone();
    cancelling.feed(Event::CancelAsked);
    let mut settling = opened.clone();
    settling.run_out();
    settling.reply(ok(over("PENDING", true)));
    for bench in [placed, lost, proving, adopting, opened, claimed, cancelling, settling] {
        assert_eq!(bench.order.retry_allowed(), Err(RetryRefusal::StillPayable));
        let mut asked = bench.clone();
        asked.feed(Event::RetryAsked);
        assert_eq!(asked.order, bench.order);
        assert_eq!(asked.calls, bench.calls);
    }
}

#[test]
fn every_attempt_has_an_external_id_of_its_own_and_there_is_a_last_one() {
    let mut bench = Bench::placed();
    let mut seen = std::collections::BTreeSet::new();
    loop {
        assert!(seen.insert(bench.order.current().external_id.to_string()));
        bench.reply(refused(400, "Currency not supported"));
        if bench.order.retry_allowed().is_err() {
            break;
        }
        bench.feed(Event::RetryAsked);
    }
    assert_eq!(seen.len(), 20);
    assert_eq!(bench.order.retry_allowed(), Err(RetryRefusal::Closed));
    bench.feed(Event::RetryAsked);
    assert_eq!(bench.call(), None);
}

#[test]
fn a_second_attempt_is_paid_like_the_first() {
    let mut bench = retried();
    bench.wait(seconds(5));
    bench.returned(OTHER_PAYMENT, "K7Q2M9XD3FHT-2");
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.told(), ["order.expired", "order.paid"]);
    assert_eq!(bench.notices[1].event.data.attempt, 2);
    assert_eq!(bench.notices[1].event.data.payment_id.unwrap().to_string(), OTHER_PAYMENT);
}

#[test]
fn a_second_attempt_is_withdrawn_when_the_first_turns_out_to_be_paid() {
    let mut bench = retried();
    pay_the_first(&mut bench);
    assert!(!bench.shows_link());
    assert_eq!(bench.call(), Some("cancel"));
    bench.reply(ok(cancelled(OTHER_PAYMENT)));
    assert_eq!(bench.told(), ["order.expired", "order.paid"]);
    assert_eq!(bench.status(), OrderStatus::Paid);
    assert_eq!(bench.order.next_wake(), Some(bench.now.plus(RetainDays::DEFAULT.duration())));
}

#[test]
fn two_attempts_that_were_both_paid_are_one_fulfilment_and_one_alarm() {
    let mut bench = retried();
    pay_the_first(&mut bench);
    bench.reply(refused(400, "only PENDING"));
    while bench.call() != Some("read") {
        bench.ring();
    }
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.status(), OrderStatus::Paid);
    assert_eq!(bench.told(), ["order.expired", "order.paid", "order.on-hold paid-twice"]);
    assert_eq!(bench.notices[1].event.data.payment_id.unwrap().to_string(), PAYMENT);
    assert_eq!(bench.notices[2].event.data.payment_id.unwrap().to_string(), OTHER_PAYMENT);
    assert_eq!(bench.detail()["paidTwice"], json!(true));
}

#[test]
fn the_other_way_round_as_well() {
    let mut bench = retried();
    bench.wait(seconds(5));
    bench.returned(OTHER_PAYMENT, "K7Q2M9XD3FHT-2");
    bench.reply(ok(over("CONFIRMED", false)));
    bench.wait(seconds(5));
    bench.returned(PAYMENT, EXTERNAL_ID);
    bench.reply(ok(over("CONFIRMED", true)));
    assert_eq!(bench.told(), ["order.expired", "order.paid", "order.on-hold paid-twice"]);
    bench.wait(seconds(5));
    bench.returned(PAYMENT, EXTERNAL_ID);
    assert_eq!(bench.call(), None, "told once");
}

#[test]
fn a_second_attempt_that_cannot_be_cleared_up_is_raised_though_the_order_is_paid() {
    let mut bench = retried();
    pay_the_first(&mut bench);
    for _ in 0..2_000 {
        if bench.order.next_wake().is_none() {
            break;
        }
        if bench.call().is_some() { bench.lose() } else { bench.ring() }
    }
    assert_eq!(bench.status(), OrderStatus::Paid);
    assert_eq!(bench.told(), ["order.expired", "order.paid", "order.on-hold unresolved"]);
    assert_eq!(bench.notices[2].event.data.attempt, 2);
}

#[test]
fn a_second_attempt_that_compago_will_not_cancel_is_never_shown_again() {
    let mut bench = retried();
    pay_the_first(&mut bench);
    let deadline = bench.now.plus(TTL);
    let mut calls = 0;
    while bench.now < deadline && bench.order.next_wake().is_some() {
        assert!(!bench.shows_link());
        match bench.call() {
            Some("cancel") => bench.reply(refused(400, "no")),
            Some("read") if bench.now < bench.order.current().expires_at => {
                bench.reply(ok(pending().with("id", OTHER_PAYMENT).with("externalId", "K7Q2M9XD3FHT-2")))
            }
            Some("read") => bench.reply(ok(over("PENDING", true))),
            Some("search") => bench.list([second().with("expiresAt", "2026-03-05T18:02:00Z")]),
            _ => bench.ring(),
        }
        calls += 1;
    }
    assert!(calls < 2_000, "{calls}");
    assert_eq!(bench.told(), ["order.expired", "order.paid"]);
}

#[test]
fn a_second_attempt_whose_answers_disagree_is_not_shown_again_either() {
    let later = "2026-03-05T18:02:00Z";
    let second_pending = || pending().with("id", OTHER_PAYMENT).with("externalId", "K7Q2M9XD3FHT-2");
    for answer in [second_pending().with("amount", 1), over("PENDING", true)] {
        let mut bench = retried();
        pay_the_first(&mut bench);
        bench.lose();
        while bench.call() != Some("read") {
            bench.ring();
        }
        bench.reply(ok(answer));
        while bench.call() != Some("search") {
            bench.ring();
        }
        bench.list([second().with("expiresAt", later)]);
        assert!(!bench.shows_link());
        while bench.call() != Some("cancel") {
            assert!(!bench.shows_link());
            bench.ring();
        }
        bench.reply(ok(cancelled(OTHER_PAYMENT)));
        assert_eq!(bench.told(), ["order.expired", "order.paid"]);
    }
}

#[test]
fn whatever_the_second_attempt_was_about_it_is_stopped() {
    for lost in [0, 1, 2] {
        let mut bench = Bench::expired();
        bench.feed(Event::RetryAsked);
        for _ in 0..lost {
            bench.lose();
            if lost == 2 && bench.call().is_none() {
                bench.ring();
            }
        }
        let made = lost == 2;
        if lost == 0 {
            bench.reply(reply(500, ""));
        }
        pay_the_first_when_possible(&mut bench);
        while bench.order.next_wake().is_some() {
            assert!(!bench.shows_link());
            match bench.call() {
                Some("search") if made => bench.list([second().with("expiresAt", "2026-03-05T18:02:00Z")]),
                Some("search") => bench.list([]),
                Some("cancel") => bench.reply(ok(cancelled(OTHER_PAYMENT))),
                Some(other) => panic!("{other}"),
                None => bench.ring(),
            }
        }
        assert_eq!(bench.told(), ["order.expired", "order.paid"], "after {lost} lost answers");
    }
}

/// The same, while a call of the second attempt's may be in flight.
fn pay_the_first_when_possible(bench: &mut Bench) {
    bench.returned(PAYMENT, EXTERNAL_ID);
    for _ in 0..8 {
        match bench.call() {
            Some("read") => break,
            Some(_) => bench.lose(),
            None => bench.ring(),
        }
    }
    bench.reply(ok(over("CONFIRMED", true)));
    assert_eq!(bench.status(), OrderStatus::Paid);
}
