//! How a charge ends: paid by SUCCESS alone, over only when two answers agree, and paid after all if it comes late.

use compago::edge::payment_intent::IntentStatus;
use compago::flow::machine::Machine as _;
use compago::webhook::EventKind;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, INTENT, OTHER, seconds, success, told};

#[test]
fn success_is_paid_whatever_stands_beside_it() {
    for (status, expired) in [
        ("CONFIRMED", false),
        ("CONFIRMED", true),
        ("PENDING", false),
        ("PENDING", true),
        ("CANCELLED", false),
        ("CANCELLED", true),
        ("ODD", false),
    ] {
        let mut bench = Bench::open();
        bench.look(success(status, expired));
        assert_eq!(bench.status(), IntentStatus::Paid, "{status} {expired}");
        assert_eq!(bench.told(), [EventKind::PaymentIntentPaid]);
        assert_eq!(bench.intent.next_wake(), None);
        assert_eq!(bench.view().poll_after_ms, None);
    }
}

#[test]
fn the_merchant_is_told_what_was_bound() {
    let mut bench = Bench::open();
    bench.look(success("CONFIRMED", false));
    assert_eq!(bench.notices[0].id.as_str(), "evt_k7q2m9xd3fht_payment-intent-paid_1");
    assert_eq!(
        bench.last_data(),
        json!({
            "intent": INTENT, "externalId": "pos_20260301T180000_k7q2m9xd3fht", "reference": null, "amount": "350.50",
            "currency": "MXN", "terminalCode": "TERM-01", "metadata": { "table": "4" }, "card": { "network": "VISA", "lastFourDigits": "1111" },
            "late": false,
        })
    );
}

#[test]
fn nothing_else_is_paid() {
    let summary = |summary: Value| {
        let mut body = told("PENDING", false);
        body["paymentSummary"] = summary;
        body
    };
    let mut elsewhere = success("CONFIRMED", false);
    elsewhere["id"] = json!(OTHER);
    let mut nameless = success("CONFIRMED", false);
    nameless["id"] = Value::Null;
    for body in [
        told("CONFIRMED", false),
        told("PAID", false),
        elsewhere,
        nameless,
        summary(Value::Null),
        summary(json!("SUCCESS")),
        summary(json!(["SUCCESS"])),
        summary(json!({})),
        summary(json!({ "status": "success" })),
        summary(json!({ "status": "SUCCESS " })),
        summary(json!({ "status": ["SUCCESS"] })),
        summary(json!({ "status": "DECLINED" })),
        summary(json!({ "payment": { "status": "SUCCESS" } })),
        json!({ "id": INTENT, "paymentSummary": { "status": "SUCCESS" } }),
        json!([INTENT, "CONFIRMED", { "status": "SUCCESS" }]),
    ] {
        let mut bench = Bench::open();
        bench.look(body.clone());
        assert_ne!(bench.status(), IntentStatus::Paid, "{body}");
        assert!(bench.notices.is_empty(), "{body}");
        assert!(bench.intent.next_wake().is_some(), "{body}: followed on");
    }
}

#[test]
fn doubled_fields_are_not_believed() {
    for body in [
        format!(
            r#"{{"id":"{INTENT}","status":"PENDING","expired":false,"paymentSummary":null,"paymentSummary":{{"status":"SUCCESS"}}}}"#
        ),
        format!(
            r#"{{"id":"{INTENT}","status":"PENDING","paymentSummary":{{"status":"DECLINED","status":"SUCCESS"}}}}"#
        ),
        format!(r#"{{"id":"{OTHER}","id":"{INTENT}","status":"CONFIRMED","paymentSummary":{{"status":"SUCCESS"}}}}"#),
    ] {
        let mut bench = Bench::open();
        bench.wake();
        bench.reply(Ok(crate::recording::reply(200, body)));
        assert_eq!(bench.status(), IntentStatus::Waiting);
    }
}

#[test]
fn it_is_over_when_two_answers_three_seconds_apart_say_so() {
    for (status, expired, over, outcome) in [
        ("CANCELLED", false, IntentStatus::Cancelled, "cancelled"),
        ("CANCELLED", true, IntentStatus::Cancelled, "cancelled"),
        ("PENDING", true, IntentStatus::Expired, "expired"),
    ] {
        let mut bench = Bench::open();
        bench.look(told(status, expired));
        assert_eq!(bench.status(), IntentStatus::Waiting, "not said before it is certain");
        assert!(bench.notices.is_empty());
        let first = bench.now;
        bench.look(told(status, expired));
        assert_eq!(bench.now, first.plus(seconds(3)));
        assert_eq!(bench.status(), over);
        assert_eq!(bench.told(), [EventKind::PaymentIntentClosed]);
        assert_eq!(bench.last_data()["outcome"], outcome);
        assert!(!bench.intent.is_running(bench.now));
    }
}

#[test]
fn the_second_answer_may_say_otherwise() {
    let mut bench = Bench::open();
    bench.look(told("CANCELLED", false));
    bench.look(success("CONFIRMED", false));
    assert_eq!(bench.told(), [EventKind::PaymentIntentPaid]);
    let mut bench = Bench::open();
    bench.look(told("PENDING", true));
    bench.look(told("PENDING", false));
    assert_eq!(bench.status(), IntentStatus::Waiting);
    assert!(bench.intent.is_running(bench.now));
}

#[test]
fn a_success_that_comes_late_counts_once() {
    for late in 0..3 {
        let mut bench = Bench::open();
        bench.look(told("PENDING", true));
        bench.look(told("PENDING", true));
        for _ in 0..late {
            bench.look(told("PENDING", true));
        }
        bench.look(success("CONFIRMED", true));
        assert_eq!(bench.status(), IntentStatus::Paid);
        assert_eq!(bench.told(), [EventKind::PaymentIntentClosed, EventKind::PaymentIntentPaid]);
        assert_eq!(bench.last_data()["late"], true);
        assert_eq!(bench.intent.next_wake(), None);
    }
}

#[test]
fn late_looks_come_to_an_end_and_outlive_an_outage() {
    let mut bench = Bench::open();
    bench.look(told("PENDING", true));
    bench.look(told("PENDING", true));
    let closed = bench.now;
    bench.wake();
    bench.lose();
    bench.wake();
    bench.lose();
    bench.look(told("PENDING", true));
    bench.look(told("PENDING", true));
    bench.look(told("PENDING", true));
    assert_eq!(bench.intent.next_wake(), None);
    assert!(bench.now >= closed.plus(seconds(3_600)));

    let mut bench = Bench::open();
    bench.look(told("PENDING", true));
    bench.look(told("PENDING", true));
    while bench.intent.next_wake().is_some() {
        bench.wake();
        bench.lose();
    }
    assert!(bench.now < closed.plus(seconds(25 * 3_600)) && bench.count("read") < 250, "{}", bench.count("read"));
}
