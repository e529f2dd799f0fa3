//! Records that no life of a machine shows in all their forms: deliveries, links, limits, and causes that are rare.

use std::time::Duration;

use compago::api::one_time_payment::list::Page;
use compago::edge::reconciliation::StartedBy;
use compago::edge::{ClientAddress, SigningKeys};
use compago::flow::charge::Charge;
use compago::flow::intent::Intent;
use compago::flow::machine::{Input, Machine as _};
use compago::flow::open_links::{LinkFor, LinkLimits, OpenLinks};
use compago::flow::order::Order;
use compago::flow::outbox::{Answer, Delivery, Jitter, MAX_WAIT};
use compago::flow::rate::{Bucket, Limit};
use compago::flow::reconciliation::run::Run;
use compago::flow::refund::Refund;
use compago::flow::saved_card::{self, SavedCard};
use compago::json;
use compago::value::Reference;
use compago::webhook::{EventId, EventKind};
use serde_json::json;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::variants::REASONS;
use super::{
    keep_card, keep_charge, keep_delivery, keep_intent, keep_order, keep_refund, keep_run, read, recorder, write,
};
use crate::intent::bench as at_terminal;
use crate::order::bench::{Bench, HOUR, START};
use crate::order::bodies::{EXTERNAL_ID, PAYMENT, ok, refused};
use crate::saved_card::METHOD;

fn delivery(kind: EventKind) -> Delivery {
    let order: Reference = "K7Q2M9XD3FHT".parse().unwrap();
    Delivery::new(EventId::of(&order, kind, 1), kind, START)
}

/// Every kind of event that is kept, every answer, and every end.
#[test]
fn deliveries_of_every_form() {
    for kind in EventKind::ALL.iter().filter(|kind| **kind != EventKind::WebhookTest) {
        keep_delivery(&delivery(*kind), START);
    }
    let after = Some(Duration::from_secs(60));
    let answers = [200, 204, 301, 404, 410, 500]
        .map(|status| Answer::Status { status, retry_after: None })
        .into_iter()
        .chain([Answer::Status { status: 503, retry_after: after }, Answer::Unreachable, Answer::TimedOut]);
    for answer in answers {
        let (begun, number) = delivery(EventKind::OrderPaid).begin(START);
        keep_delivery(&begun, START);
        let answered = begun.answered(number.unwrap(), answer, START, Jitter::NONE);
        keep_delivery(&answered, START);
        let mut waiting = answered;
        for _ in 0..11 {
            let Some(at) = waiting.next_at() else { break };
            let (begun, number) = waiting.begin(at);
            keep_delivery(&begun, at);
            waiting = match number {
                Some(number) if begun.tries() % 3 > 0 => begun.answered(number, answer, at, Jitter::NONE),
                Some(_) | None => begun,
            };
            keep_delivery(&waiting, at);
        }
        keep_delivery(&waiting.redeliver(START.plus(MAX_WAIT)), START.plus(MAX_WAIT));
    }
    let expired = delivery(EventKind::OrderPaid).expire(START.plus(MAX_WAIT));
    assert_eq!(expired.next_at(), None);
    keep_delivery(&expired, START.plus(MAX_WAIT));
}

/// A refusal to make a payment may have any cause that Compago tells.
#[test]
fn refusals_of_every_cause() {
    let mut order = Bench::placed();
    order.reply(refused(401, "no"));
    let mut intent = at_terminal::Bench::placed();
    intent.reply(Ok(at_terminal::refused(401, "no")));
    for reason in REASONS {
        let reason =
            if reason == "below-minimum" { r#"{"below-minimum":"10.00"}"#.to_owned() } else { format!("\"{reason}\"") };
        let with = |stored: String| {
            let other = stored.replace(r#""reason":"unauthorized""#, &format!(r#""reason":{reason}"#));
            assert!(reason == "\"unauthorized\"" || other != stored, "{stored}");
            other
        };
        keep_order(&read::<Order>(&with(write(&order.order))).unwrap(), order.now);
        keep_intent(&read::<Intent>(&with(write(&intent.intent))).unwrap(), intent.now);
        keep_charge(&read::<Charge>(&CHARGE.replace("REASON", &reason)).unwrap(), START);
        for refund in REFUNDS {
            keep_refund(&read::<Refund>(&refund.replace("REASON", &reason)).unwrap(), START);
        }
    }
    let below = write(&order.order).replace(r#""unauthorized""#, r#"{"below-minimum":null}"#);
    keep_order(&read::<Order>(&below).unwrap(), order.now);
}

/// States that are read although no answer leads there any more, or none that the tests of the machines give.
#[test]
fn states_that_are_rare() {
    let reading = json::from_str(&json!({ "id": METHOD, "status": "ODD" }).to_string()).unwrap();
    keep_card(&SavedCard::adopt(reading, START), START);
    let reading = json::from_str(&json!({ "id": METHOD, "status": "ACTIVE" }).to_string()).unwrap();
    let watched =
        SavedCard::adopt(reading, START).step(Input::Event(saved_card::Event::Watched), START.plus(HOUR)).machine;
    assert!(watched.is_being_asked());
    let asked = watched.step(Input::Event(saved_card::Event::RevokeAsked), START.plus(HOUR)).machine;
    assert!(write(&asked).contains(r#""revoking":"asked""#));
    keep_card(&asked, START.plus(HOUR));
    let mut order = Bench::placed();
    order.reply(ok(json!({ "redirectUrl": "https://elsewhere.example/" })));
    while !write(&order.order).contains(r#""held":{"reason":"link-elsewhere"}"#) {
        order.ring();
        if order.call() == Some("search") {
            order.list([]);
        }
    }
    let twice =
        write(&order.order).replace(r#""held":{"reason":"link-elsewhere"}"#, r#""held":{"reason":"paid-twice"}"#);
    keep_order(&read::<Order>(&twice).unwrap(), order.now);
}

const CHARGE: &str = concat!(
    r#"{"terms":{"key":"K7Q2M9XD3FHT","method":"aaaa0000-1111-4222-8333-444455556666","amount":"120.00","#,
    r#""currency":"MXN","description":"Cuota marzo","placedAt":"2026-03-01T18:00:00.000Z"},"id":null,"#,
    r#""stage":{"closed":{"refused":{"reason":REASON}}},"before":[],"sentAt":"2026-03-01T18:00:00.000Z","#,
    r#""flights":{"current":null,"count":2},"due":null,"untold":0,"closedAt":"2026-03-01T18:00:00.000Z","version":2}"#
);
const REFUNDS: [&str; 2] = [
    concat!(
        r#"{"terms":{"key":"K7Q2M9XD3FHT","method":"aaaa0000-1111-4222-8333-444455556666","#,
        r#""payment":"eeee0000-1111-4222-8333-444455556666","reason":null,"placedAt":"2026-03-01T18:00:00.000Z"},"#,
        r#""amount":"120.00","stage":{"closed":{"refused":{"reason":REASON}}},"flights":{"current":null,"count":3},"#,
        r#""due":null,"tries":0,"sends":1}"#
    ),
    concat!(
        r#"{"terms":{"key":"K7Q2M9XD3FHT","method":"aaaa0000-1111-4222-8333-444455556666","#,
        r#""payment":"eeee0000-1111-4222-8333-444455556666","reason":"Talla equivocada","placedAt":"2026-03-01T18:00:00.000Z"},"#,
        r#""amount":"120.00","stage":{"reading":{"refused":REASON}},"#,
        r#""flights":{"current":{"kind":"read","lostAt":"2026-03-01T18:00:25.000Z"},"count":3},"#,
        r#""due":"2026-03-01T18:00:00.000Z","tries":0,"sends":1}"#
    ),
];

#[test]
fn links_and_buckets_of_every_form() {
    let keys: SigningKeys = "new-key-new-key-new-key-new-key-1".parse().unwrap();
    let ana = "203.0.113.7".parse::<ClientAddress>().unwrap().key(&keys);
    let far = "2001:db8:1:2::1".parse::<ClientAddress>().unwrap().key(&keys);
    let limits = LinkLimits { rate: Limit::per_minute(20), per_client: 30, per_network: 300, per_shop: 20_000 };
    let mut links = OpenLinks::default();
    for client in [Some(&ana), Some(&far), None] {
        for (reference, purpose) in
            [("K7Q2M9XD3FHT", LinkFor::Order), ("K7Q2M9XD3FHT", LinkFor::NextAttempt), ("0000000000ZZ", LinkFor::Order)]
        {
            let link = links.reserve(reference.parse().unwrap(), purpose, client, HOUR, &limits, START).unwrap();
            if let Some(link) = link {
                recorder::keep("open-link", &link, None, || None, START);
            }
        }
    }
    let (bucket, _) = Bucket::full(START).take("10/60s".parse().unwrap(), START);
    recorder::keep("bucket", &bucket, None, || None, START);
}

/// Every stage of a comparison, begun by either, of a list that is read whole or cannot be.
#[test]
fn runs_of_every_stage() {
    let item = json!({
        "id": PAYMENT, "status": "CONFIRMED", "amount": 350.5, "currency": "MXN", "externalId": EXTERNAL_ID,
        "createdAt": "2026-03-01T17:00:00Z", "updatedAt": "2026-03-01T17:00:00Z"
    });
    let page: Page = json::from_str(&json!({ "count": 1, "items": [item, {}] }).to_string()).unwrap();
    for (by, count) in [(StartedBy::Schedule, Some(1)), (StartedBy::Operator, Some(900)), (StartedBy::Operator, None)] {
        let mut run = Run::begin(by, START);
        keep_run(&run);
        let mut given_up = run.clone();
        while given_up.due().is_some() {
            given_up.failed(START.plus(HOUR));
            keep_run(&given_up);
        }
        let page = Page { count, ..page.clone() };
        run.read(&page, &page.readable.iter().collect::<Vec<_>>(), START);
        while run.page().is_some() {
            keep_run(&run);
            run.read(&Page { count, ..Page::default() }, &[], START);
        }
        keep_run(&run);
        run.compared(9, 2, PAYMENT.parse().ok(), START);
        keep_run(&run);
        run.checked(START);
        keep_run(&run);
        run.set_aside(START);
        assert_eq!(run.due(), None);
        keep_run(&run);
    }
}
