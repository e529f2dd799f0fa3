//! An order that a person looks at does nothing by itself.

use compago::edge::order::OrderStatus;
use compago::flow::machine::Input;
use compago::flow::order::{CancelRefusal, Event, RetryRefusal};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, HOUR, START};
use super::bodies::{EXTERNAL_ID, PAYMENT, With, listed, ok, over, pending};

fn held() -> Bench {
    let mut bench = Bench::opened();
    bench.returned_rightly();
    for _ in 0..2 {
        assert_eq!(bench.told(), [""; 0]);
        bench.reply(ok(pending().with("amount", 1)));
        bench.list([listed("PENDING")]);
        if bench.status() != OrderStatus::OnHold {
            bench.ring();
        }
    }
    assert_eq!(bench.status(), OrderStatus::OnHold);
    bench
}

#[test]
fn it_can_be_neither_retried_nor_cancelled() {
    let mut bench = held();
    assert_eq!(bench.order.retry_allowed(), Err(RetryRefusal::OnHold));
    assert_eq!(bench.order.cancel_allowed(), Err(CancelRefusal::OnHold));
    assert!(!bench.shows_link());
    let before = bench.order.clone();
    let events = [Event::RetryAsked, Event::CancelAsked, Event::Watched].map(Input::Event);
    for input in events.into_iter().chain([Input::AlarmFired]) {
        bench.wait(HOUR);
        bench.take(input);
        assert_eq!(bench.order, before);
        assert_eq!(bench.call(), None);
    }
    assert_eq!(bench.told(), ["order.on-hold mismatch"]);
}

#[test]
fn a_payer_who_returns_is_looked_up_once_more() {
    let mut bench = Bench::opened();
    bench.run_out();
    bench.reply(ok(over("PROCESSING", false)));
    while bench.call() != Some("search") {
        bench.ring();
        if bench.call() == Some("read") {
            bench.reply(ok(over("PROCESSING", false)));
        }
    }
    bench.list([listed("PROCESSING")]);
    assert_eq!(bench.told(), ["order.on-hold unknown-status"]);
    bench.wait(HOUR);
    bench.returned(PAYMENT, EXTERNAL_ID);
    assert_eq!(bench.call(), Some("read"));
    bench.reply(ok(over("CONFIRMED", false)));
    assert_eq!(bench.told(), ["order.on-hold unknown-status", "order.paid"]);
}

#[test]
fn its_story_tells_the_operator_why_and_who_bought_and_nothing_else_does() {
    let bench = held();
    let story = bench.detail();
    assert_eq!(story["attempts"][0]["onHold"], "mismatch");
    assert_eq!(story["attempts"][0]["contradictedAt"], bench.now.to_string());
    assert_eq!(story["attempts"][0]["paymentId"], PAYMENT);
    assert_eq!(story["payerKnown"], true);
    let told: Vec<&str> =
        story["history"].as_array().unwrap().iter().map(|entry| entry["what"].as_str().unwrap()).collect();
    assert_eq!(told, ["begun", "proving", "opened", "searching", "opened", "searching", "on-hold"]);
    let customer = json!({ "name": "Ana Ruiz", "email": "ana@example.com", "phoneNumber": "+525512340000" });
    assert_eq!(story["customer"], customer);
    assert!(!story.to_string().contains("Calle"), "the delivery route alone names the address");
    for text in [
        compago::json::to_string(&bench.order.view(bench.now)),
        compago::json::to_string(&bench.notices[0].event),
        format!("{bench:?}", bench = bench.order),
    ] {
        for secret in ["ana@", "Ruiz", "5512340000", "Calle"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[test]
fn its_view_tells_a_page_when_to_ask_again() {
    let placed = Bench::placed();
    assert_eq!(placed.order.view(START).poll_after_ms, Some(1_000));
    let opened = Bench::opened();
    assert_eq!(opened.order.view(START).poll_after_ms, Some(3_000));
    assert_eq!(opened.order.view(START.plus(HOUR)).poll_after_ms, Some(1_000));
    assert!(opened.order.view(START).version > placed.order.view(START).version);
    assert_eq!(held().order.view(START).poll_after_ms, None);
    let mut paid = Bench::opened();
    paid.returned_rightly();
    paid.reply(ok(over("CONFIRMED", false)));
    assert_eq!(paid.order.view(START).poll_after_ms, None);
}
