//! How long personal data is kept: as long as it is needed to deliver an order, and not longer.

use std::time::Duration;

use compago::flow::machine::{Input, Machine as _};
use compago::flow::order::terms::Terms;
use compago::flow::order::{Event, RETENTION, RetryRefusal};
use compago::json;
use compago::value::RetainDays;
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, HOUR, full_terms, seconds};
use super::bodies::{ok, over};
use super::delivering::report;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn terms_of(days: u32) -> Terms {
    Terms { retain_days: RetainDays::from_days(days).unwrap(), ..full_terms() }
}

/// Everything that is personal is there until then, and nothing of it afterwards.
fn assert_forgets_after(mut bench: Bench, after: Duration, name: &str) {
    let end = bench.now.plus(after);
    let kept = |bench: &Bench| {
        let stored = json::to_string(&bench.order);
        ["ana@example.com", "Ruiz", "5512340000", "Calle", "Luz Vega", "timbre"]
            .iter()
            .filter(|part| stored.contains(**part))
            .count()
    };
    while let Some(at) = bench.order.next_wake().filter(|at| *at < end) {
        bench.now = at;
        bench.take(Input::AlarmFired);
        while bench.call().is_some() {
            bench.reply(ok(over("PENDING", true)));
        }
    }
    assert_eq!(bench.order.next_wake(), Some(end), "{name}");
    bench.now = end.minus(seconds(1));
    bench.take(Input::AlarmFired);
    assert_eq!(kept(&bench), 6, "{name}");
    assert!(bench.order.delivery().is_some() && bench.detail()["customer"].is_object(), "{name}");
    bench.now = end;
    bench.take(Input::AlarmFired);
    assert_eq!(kept(&bench), 0, "{name}: {}", json::to_string(&bench.order));
    assert!(!json::to_string(&bench.order).contains("Caja"), "{name}");
    assert!(bench.order.delivery().is_none(), "{name}");
    let detail = bench.detail();
    assert_eq!((&detail["customer"], &detail["payerKnown"]), (&json!(null), &json!(false)), "{name}");
    let last = detail["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["what"], "personal-data-deleted", "{name}");
    assert_eq!(last["at"], end.to_string(), "{name}");
    assert_eq!(bench.order.next_wake(), None, "{name}");
    assert!(detail["items"].as_array().is_some_and(|items| items.len() == 2), "{name}: what was bought stays");
    assert!(bench.order.retry_allowed().is_err_and(|refusal| refusal != RetryRefusal::StillPayable), "{name}");
}

#[test]
fn a_paid_order_keeps_it_for_as_long_as_the_merchant_says() {
    for days in [1, 30, 365] {
        assert_forgets_after(Bench::paid_with(terms_of(days)), DAY * days, "paid");
    }
}

#[test]
fn a_handed_over_order_keeps_it_for_three_days() {
    let mut bench = Bench::paid_with(full_terms());
    bench.wait(HOUR);
    bench.feed(report(&json!({ "status": "prepared", "note": "Caja 2" })));
    let prepared = bench.clone();
    assert_forgets_after(prepared, DAY * 30 - HOUR, "prepared");
    bench.wait(HOUR);
    bench.feed(report(&json!({ "status": "handed-over", "note": "Caja 2" })));
    assert_forgets_after(bench, RETENTION, "handed over");
}

#[test]
fn a_hand_over_prolongs_nothing() {
    let mut bench = Bench::paid_with(terms_of(2));
    bench.wait(HOUR);
    bench.feed(report(&json!({ "status": "handed-over" })));
    assert_forgets_after(bench, DAY * 2 - HOUR, "capped");
}

#[test]
fn one_that_was_handed_over_by_mistake_keeps_it_again() {
    let mut bench = Bench::paid_with(full_terms());
    bench.feed(report(&json!({ "status": "handed-over" })));
    bench.wait(HOUR);
    bench.feed(report(&json!({ "status": "undone" })));
    assert_forgets_after(bench, DAY * 30 - HOUR, "undone");
}

#[test]
fn an_order_that_was_not_paid_keeps_it_for_three_days_and_one_on_hold_as_a_paid_one() {
    let mut unpaid = Bench::placed_with(full_terms());
    unpaid.reply(super::bodies::refused(401, "Unauthorized"));
    assert_forgets_after(unpaid, RETENTION, "refused");
    let mut held = Bench::placed_with(terms_of(7));
    held.reply(ok(json!({ "redirectUrl": "https://elsewhere.example/" })));
    for _ in 0..8 {
        if held.call() == Some("search") {
            held.list([]);
        } else if held.status().is_pending() {
            held.ring();
        }
    }
    assert_eq!(held.status().as_str(), "on-hold");
    assert_forgets_after(held, DAY * 7, "on hold");
}

#[test]
fn a_note_that_would_be_deleted_at_once_is_not_kept() {
    let mut bench = Bench::paid_with(full_terms());
    bench.feed(report(&json!({ "status": "handed-over" })));
    bench.wait(RETENTION);
    bench.take(Input::AlarmFired);
    bench.wait(HOUR);
    bench.feed(report(&json!({ "status": "handed-over", "carrier": "DHL", "note": "Para Luz" })));
    assert_eq!(bench.detail()["fulfilment"]["carrier"], "DHL");
    assert!(!json::to_string(&bench.order).contains("Luz"));
    assert_eq!(bench.order.next_wake(), None);
}

#[test]
fn what_was_reported_before_it_was_deleted_is_the_same_afterwards() {
    let mut bench = Bench::paid_with(full_terms());
    let handed_over = report(&json!({ "status": "handed-over", "carrier": "DHL", "note": "Para Luz" }));
    bench.feed(handed_over.clone());
    bench.ring();
    let stored = json::to_string(&bench.order);
    assert!(stored.contains("personal-data-deleted"));
    bench.wait(HOUR);
    bench.feed(handed_over);
    assert_eq!(json::to_string(&bench.order), stored);
}

#[test]
fn a_clock_that_is_set_back_delays_it_by_no_more_than_the_whole_time() {
    let mut bench = Bench::paid_with(full_terms());
    bench.wait(HOUR);
    bench.feed(report(&json!({ "status": "handed-over" })));
    bench.feed(Event::DeliveryRead { by: compago::edge::Role::Operator });
    bench.now = bench.now.minus(DAY * 10);
    bench.take(Input::AlarmFired);
    assert_eq!(bench.order.next_wake(), Some(bench.now.plus(RETENTION)));
    let detail = bench.detail();
    assert_eq!(detail["fulfilment"]["at"], bench.now.to_string());
    let read =
        detail["history"].as_array().unwrap().iter().find(|entry| entry["what"] == "delivery-read").unwrap().clone();
    assert_eq!(read["at"], bench.now.to_string());
}
