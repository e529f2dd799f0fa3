//! A create call whose answer was lost: never a second payment that can be paid.

use compago::edge::order::OrderStatus;
use compago::error::Reason;
use compago::flow::machine::Machine as _;
use compago::flow::order::{Call, Event};
use compago::value::RetainDays;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, MINUTE, seconds};
use super::bodies::{OTHER_PAYMENT, PAYMENT, With, cancelled, created, duplicate, listed, ok, over, pending, refused};

/// The first call's answer was lost; the second was refused, because the first had done its work.
fn duplicated() -> Bench {
    let mut bench = Bench::placed();
    bench.lose();
    bench.ring();
    bench.reply(duplicate());
    assert_eq!(bench.call(), Some("search"));
    bench
}

fn second_pending() -> Value {
    pending().with("id", OTHER_PAYMENT).with("externalId", "K7Q2M9XD3FHT-2")
}

fn foreign(status: &str) -> Value {
    listed(status).with("redirectUrl", "https://elsewhere.example/").with("homepageUrl", "https://elsewhere.example/")
}

#[test]
fn the_lost_payment_is_withdrawn_and_replaced() {
    let mut bench = duplicated();
    bench.list([listed("PENDING")]);
    let Some((_, Call::Cancel(cancel))) = &bench.pending else { panic!("the lost payment is not cancelled") };
    assert_eq!(cancel.id.to_string(), PAYMENT);
    bench.reply(ok(cancelled(PAYMENT)));
    let Some((_, Call::Create(create))) = &bench.pending else { panic!("no other payment is made") };
    assert_eq!(create.external_id.as_str(), "K7Q2M9XD3FHT-2");
    bench.reply(ok(created(OTHER_PAYMENT)));
    bench.reply(ok(second_pending()));
    assert!(bench.shows_link());
    assert_eq!(bench.order.current().number, 2);
    assert_eq!(bench.calls, ["create", "create", "search", "cancel", "create", "read"]);
    assert_eq!(bench.told(), [""; 0], "what no payer ever saw is no news");
}

#[test]
fn a_withdrawal_that_is_refused_is_looked_into_before_anything_else_is_made() {
    let mut bench = duplicated();
    bench.list([listed("PENDING")]);
    bench.reply(refused(400, "no"));
    bench.reply(ok(pending()));
    bench.ring();
    assert_eq!(bench.call(), Some("cancel"));
    bench.lose();
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("CANCELLED", false)));
    assert_eq!(bench.call(), Some("create"));
    assert_eq!(bench.order.current().number, 2);
}

#[test]
fn a_withdrawal_that_finds_it_paid_makes_nothing_new() {
    let mut bench = duplicated();
    bench.list([listed("PENDING")]);
    bench.reply(refused(400, "no"));
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.told(), ["order.paid"]);
    assert_eq!(bench.order.next_wake(), Some(bench.now.plus(RetainDays::DEFAULT.duration())));
}

#[test]
fn what_the_list_says_of_the_lost_payment_is_final() {
    for (name, item, status, told) in [
        ("paid", listed("CONFIRMED"), OrderStatus::Paid, vec!["order.paid"]),
        ("cancelled", listed("CANCELLED"), OrderStatus::Verifying, vec![]),
        ("run out", listed("PENDING").with("expiresAt", "2026-03-01T17:00:00Z"), OrderStatus::Verifying, vec![]),
        ("unknown", listed("CREATED"), OrderStatus::OnHold, vec!["order.on-hold unknown-status"]),
    ] {
        let mut bench = duplicated();
        bench.list([item]);
        assert_eq!(bench.status(), status, "{name}");
        assert_eq!(bench.told(), told, "{name}");
        assert_eq!(bench.call(), (status == OrderStatus::Verifying).then_some("create"), "{name}");
    }
}

#[test]
fn either_url_shows_that_the_payment_is_ours() {
    for item in [
        listed("PENDING").with("homepageUrl", "https://shop.example"),
        listed("PENDING").without("homepageUrl"),
        listed("PENDING").with("redirectUrl", Value::Null),
    ] {
        let mut bench = duplicated();
        bench.list([item]);
        assert_eq!(bench.call(), Some("cancel"));
    }
}

#[test]
fn a_foreign_payment_is_neither_adopted_nor_cancelled() {
    for (name, item) in [
        ("pending", foreign("PENDING")),
        ("confirmed", foreign("CONFIRMED")),
        ("cancelled", foreign("CANCELLED")),
        ("without its URLs", listed("CONFIRMED").without("homepageUrl").without("redirectUrl")),
        ("of another amount", listed("CONFIRMED").with("amount", 1)),
        ("of another currency", listed("PENDING").with("currency", "USD")),
    ] {
        let mut bench = duplicated();
        bench.list([item]);
        assert_eq!(bench.status(), OrderStatus::Failed, "{name}");
        assert_eq!(bench.order.refusal(), Some(Reason::DuplicateExternalId), "{name}");
        assert_eq!(bench.calls, ["create", "create", "search"], "{name}");
        assert_eq!(bench.told(), [""; 0], "{name}");
        assert!(bench.order.current().binding.is_none(), "{name}");
        bench.feed(Event::RetryAsked);
        let Some((_, Call::Create(create))) = &bench.pending else { panic!("{name}: no new attempt") };
        assert_eq!(create.external_id.as_str(), "K7Q2M9XD3FHT-2", "{name}");
    }
}

#[test]
fn two_lost_answers_send_to_the_list_and_a_list_without_it_back_to_creating() {
    for item in [foreign("PENDING").with("externalId", "somebody's"), json!({ "unreadable": true })] {
        let mut bench = Bench::placed();
        bench.lose();
        bench.ring();
        bench.lose();
        bench.ring();
        for _ in 0..2 {
            bench.list([item.clone()]);
            bench.ring();
        }
        bench.list([item.clone()]);
        bench.ring();
        let Some((_, Call::Create(create))) = &bench.pending else { panic!("not made again") };
        assert_eq!(create.external_id.as_str(), "K7Q2M9XD3FHT-1", "the same, so that it cannot be made twice");
        bench.reply(ok(created(PAYMENT)));
        bench.reply(ok(pending()));
        assert!(bench.shows_link());
    }
}

#[test]
fn creating_again_has_an_end() {
    let mut bench = Bench::placed();
    while bench.status() == OrderStatus::Verifying {
        match bench.call() {
            Some("search") => bench.list([]),
            Some(_) => bench.lose(),
            None => bench.ring(),
        }
        assert!(bench.calls.len() < 64);
    }
    assert_eq!(bench.status(), OrderStatus::Failed);
    assert_eq!(bench.calls.iter().filter(|call| **call == "create").count(), 6);
    assert_eq!(bench.told(), [""; 0]);
    assert_eq!(bench.order.retry_allowed(), Ok(()));
}

#[test]
fn a_payer_who_has_gone_gets_no_new_payment() {
    let mut bench = duplicated();
    for _ in 0..12 {
        bench.lose();
        bench.ring();
    }
    bench.wait(MINUTE);
    bench.list([listed("PENDING")]);
    bench.reply(ok(cancelled(PAYMENT)));
    assert_eq!(bench.status(), OrderStatus::Failed);
    assert_eq!(bench.call(), None);
    assert_eq!(bench.order.retry_allowed(), Ok(()));
}

#[test]
fn an_end_that_no_answer_tells_is_reckoned_from_the_last_moment_it_can_have_begun() {
    let mut bench = duplicated();
    bench.wait(seconds(5));
    bench.list([listed("PENDING").without("expiresAt")]);
    assert_eq!(bench.order.current().expires_at, bench.now.plus(super::bench::TTL));
}
