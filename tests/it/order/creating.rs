//! The create call and what may come of it.

use compago::edge::order::OrderStatus;
use compago::endpoint::Reply;
use compago::error::Reason;
use compago::flow::machine::Input;
use compago::flow::order::{Call, Event};
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::bench::{Bench, seconds, terms};
use super::bodies::{EXTERNAL_ID, HOMEPAGE, PAYMENT, RETURN_URL, created, duplicate, listed, ok, pending, refused};
use crate::recording::reply;

fn external_id(bench: &Bench) -> String {
    match &bench.pending {
        Some((_, Call::Create(create))) => create.external_id.to_string(),
        other => panic!("no create call is in flight: {other:?}"),
    }
}

#[test]
fn the_first_call_asks_for_what_was_ordered() {
    let bench = Bench::placed();
    let Some((_, Call::Create(create))) = &bench.pending else { panic!("no create call") };
    let body = crate::wire::to_value(&create);
    assert_eq!(body["amount"], json!(350.5));
    assert_eq!(body["externalId"], json!(EXTERNAL_ID));
    assert_eq!(body["redirectUrl"], json!(RETURN_URL));
    assert_eq!(body["homepageUrl"], json!(HOMEPAGE));
    assert_eq!(body["ttlMinutes"], json!(2880));
    assert_eq!(bench.status(), OrderStatus::Verifying);
    assert!(!bench.shows_link());
}

#[test]
fn a_merchants_own_external_id_serves_the_first_attempt_alone() {
    let mut bench = Bench::placed_with(compago::flow::order::terms::Terms {
        external_id: Some("invoice_77".parse().unwrap()),
        ..terms()
    });
    assert_eq!(external_id(&bench), "invoice_77");
    bench.reply(refused(401, "Unauthorized"));
    bench.feed(Event::RetryAsked);
    assert_eq!(external_id(&bench), "K7Q2M9XD3FHT-2");
}

#[test]
fn a_link_is_proved_before_it_is_shown() {
    for id in [PAYMENT, &PAYMENT.to_uppercase()] {
        let mut bench = Bench::placed();
        bench.reply(ok(created(id)));
        assert!(!bench.shows_link(), "not before the proof");
        let Some((_, Call::Read(read))) = &bench.pending else { panic!("the candidate is not read") };
        assert_eq!(read.id.to_string(), PAYMENT);
        bench.reply(ok(pending()));
        assert!(bench.shows_link());
        assert_eq!(bench.status(), OrderStatus::AwaitingPayment);
        assert_eq!(bench.told(), [""; 0]);
    }
}

#[test]
fn a_link_to_elsewhere_is_never_shown() {
    for link in [
        "https://app.compago.com.evil.example/checkout/otp/0f0e0d0c-1111-4222-8333-444455556666",
        "https://app.compago.com:8443/checkout/otp/0f0e0d0c-1111-4222-8333-444455556666",
        "https://user@app.compago.com/checkout/otp/0f0e0d0c-1111-4222-8333-444455556666",
        "http://app.compago.com/checkout/otp/0f0e0d0c-1111-4222-8333-444455556666",
        "//app.compago.com/checkout/otp/0f0e0d0c-1111-4222-8333-444455556666",
        "javascript:alert(1)",
        "",
    ] {
        let mut bench = Bench::placed();
        bench.reply(ok(json!({ "redirectUrl": link })));
        assert_eq!(bench.status(), OrderStatus::OnHold, "{link}");
        assert_eq!(bench.told(), ["order.on-hold link-elsewhere"], "{link}");
        assert_eq!(bench.calls, ["create"], "{link}");
    }
}

#[test]
fn a_link_without_an_id_is_adopted_if_the_list_names_the_payment() {
    for path in [
        "pay/7".to_owned(),
        "checkout/otp/7".to_owned(),
        format!("checkout/otp/{PAYMENT}/"),
        format!("checkout/otp/{PAYMENT}?x=1"),
        format!("x/checkout/otp/{PAYMENT}"),
    ] {
        let mut bench = Bench::placed();
        bench.reply(ok(json!({ "redirectUrl": format!("https://app.compago.com/{path}") })));
        assert!(!bench.shows_link(), "{path}");
        bench.list([listed("PENDING")]);
        assert_eq!(bench.status(), OrderStatus::AwaitingPayment, "{path}");
        assert_eq!(bench.calls, ["create", "search"], "{path}");
        assert_eq!(bench.order.current().link().unwrap().url().as_str(), format!("https://app.compago.com/{path}"));
        assert_eq!(bench.order.current().binding.as_ref().unwrap().payment_id.to_string(), PAYMENT);
    }
}

#[test]
fn a_clear_refusal_of_the_first_call_ends_the_attempt() {
    let least = Reason::BelowMinimum("500".parse().ok());
    for (reply, reason) in [
        (refused(400, "One time payment amount must be at least $500."), least),
        (refused(400, "Currency not supported"), Reason::Currency),
        (refused(400, "Missing organization context"), Reason::MissingOrganization),
        (refused(401, "Unauthorized"), Reason::Unauthorized),
        (refused(404, "Not found"), Reason::NotFound),
        (refused(422, "description is too long"), Reason::Other),
        // Somebody else of the organisation has used it: this order sent no call before.
        (duplicate(), Reason::DuplicateExternalId),
    ] {
        let mut bench = Bench::placed();
        bench.reply(reply);
        assert_eq!(bench.status(), OrderStatus::Failed, "{reason:?}");
        assert_eq!(bench.order.refusal(), Some(reason));
        assert_eq!(bench.calls, ["create"], "{reason:?}");
        assert_eq!(bench.told(), [""; 0], "{reason:?}");
        assert_eq!(bench.order.retry_allowed(), Ok(()), "{reason:?}");
    }
}

#[test]
fn a_call_that_may_have_worked_is_made_again_with_the_same_external_id() {
    let unclear: [(&str, Option<Reply>); 10] = [
        ("lost", None),
        ("500", Some(reply(500, ""))),
        ("502", Some(reply(502, "<html>"))),
        ("503", Some(reply(503, "{}"))),
        ("429", Some(reply(429, "{}"))),
        ("302", Some(reply(302, ""))),
        ("empty", Some(reply(201, ""))),
        ("cut short", Some(reply(200, r#"{"redirectUrl":"https://app.comp"#))),
        ("no link", Some(ok(json!({ "id": PAYMENT })))),
        ("of another type", Some(ok(json!({ "redirectUrl": Value::Null })))),
    ];
    for (name, answer) in unclear {
        let mut bench = Bench::placed();
        match answer {
            Some(answer) => bench.reply(answer),
            None => bench.lose(),
        }
        assert_eq!(bench.call(), None, "{name}: not at once");
        let before = bench.now;
        bench.ring();
        assert_eq!(bench.now, before.plus(seconds(3)), "{name}");
        assert_eq!(external_id(&bench), EXTERNAL_ID, "{name}");
        bench.reply(ok(created(PAYMENT)));
        bench.reply(ok(pending()));
        assert_eq!(bench.calls, ["create", "create", "read"], "{name}");
        assert!(bench.shows_link(), "{name}");
    }
}

#[test]
fn a_crash_before_or_after_the_call_counts_as_a_lost_answer() {
    let mut bench = Bench::placed();
    let before = bench.now;
    bench.pending = None;
    bench.wait(seconds(10));
    bench.take(Input::AlarmFired);
    assert_eq!(bench.calls, ["create"], "an early alarm does nothing");
    bench.ring();
    assert_eq!(bench.now, before.plus(seconds(25)));
    bench.ring();
    assert_eq!(bench.calls, ["create", "create"]);
    assert_eq!(external_id(&bench), EXTERNAL_ID);
}

#[test]
fn the_answer_of_a_call_that_was_given_up_is_not_heard() {
    let mut bench = Bench::placed();
    let (late, call) = bench.pending.clone().unwrap();
    bench.ring();
    bench.ring();
    assert_eq!(bench.calls, ["create", "create"]);
    let before = bench.order.clone();
    let answer = super::bench::answer_of(&call, Ok(ok(created(PAYMENT))));
    bench.take(Input::Completed { call: late, answer });
    assert_eq!(bench.order, before);
}
