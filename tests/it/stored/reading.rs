//! Each record is read, and written again to the same text; older ones to the text of today.

use std::fmt::Debug;

use compago::flow::charge::Charge;
use compago::flow::intent::Intent;
use compago::flow::machine::Machine as _;
use compago::flow::open_links::OpenLink;
use compago::flow::order::Order;
use compago::flow::order::RETENTION;
use compago::flow::order::facts::Listed;
use compago::flow::outbox::Delivery;
use compago::flow::projection::Projection;
use compago::flow::rate::Bucket;
use compago::flow::reconciliation::LocalOrder;
use compago::flow::reconciliation::run::Run;
use compago::flow::record;
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
use compago::flow::watch::Watcher;
use compago::json;
use compago::value::{Reference, RetainDays, UnixMillis};
use compago::webhook::{CardPaymentData, Event, EventId, EventKind, OrderData, PaymentIntentData, PaymentMethodData};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::fixtures::{BEFORE_LIST_WATCH, EARLIER, OLDER, Record, TODAY, records_in};
use super::{as_today, before_list_watch_as_today, listing_as_today, listing_before_list_watch_as_today, read, write};

/// Reads a record, and compares what it is written to and when it is to be woken.
fn check_one<T: record::Record>(stored: Record, written: &str, wake_at: impl Fn(&T) -> Option<UnixMillis>) -> T {
    let record: T = read(stored.text).unwrap_or_else(|error| panic!("{error}: {}", stored.text));
    assert_eq!(write(&record), written);
    assert_eq!(write(&read::<T>(written).unwrap()), written);
    let (wake_at, stored_at) = (wake_at(&record), stored.wake_at.map(|at| at.parse().unwrap()));
    // Version 0 kept the payer's data of an order on hold for three days.
    let is_held = stored.text.contains(r#""stage":{"closed":{"held":"#) && !stored.text.contains("schemaVersion");
    let kept_longer = RetainDays::DEFAULT.duration().checked_sub(RETENTION).unwrap();
    let is_kept_longer = is_held && wake_at == stored_at.map(|at: UnixMillis| at.plus(kept_longer));
    // What was looked up in the list that orders shared was waited for longer.
    let is_lost_sooner = stored.text.contains(r#""kind":"glance""#) && wake_at <= stored_at;
    assert!(
        wake_at == stored_at || is_kept_longer || is_lost_sooner,
        "{wake_at:?}, not {stored_at:?}: {}",
        stored.text
    );
    record
}

/// Reads all records of a type, and compares their listings as well. Those of an earlier version are written in today's shape.
fn check<T: record::Record>(
    name: &str,
    wake_at: impl Fn(&T) -> Option<UnixMillis>,
    listing: impl Fn(&T) -> Option<Projection>,
) {
    let today = records_in(TODAY, name).map(|stored| (stored, stored.text.to_owned(), stored.listing_text()));
    let before_list_watch = records_in(BEFORE_LIST_WATCH, name).map(|stored| {
        let today = |(id, text): (String, String)| (id, listing_before_list_watch_as_today(name, &text, stored.text));
        (stored, before_list_watch_as_today(name, stored.text), stored.listing_text().map(today))
    });
    let earlier = records_in(EARLIER, name).map(|stored| {
        let today = |(id, text): (String, String)| (id, listing_as_today(name, &text, stored.text));
        (stored, as_today(name, stored.text), stored.listing_text().map(today))
    });
    let records: Vec<_> = today.chain(before_list_watch).chain(earlier).collect();
    assert!(!records.is_empty(), "{name}");
    for (stored, written, expected) in records {
        let listing = listing(&check_one(stored, &written, &wake_at));
        let listed = listing.map(|listing| (listing.id, listing.json));
        assert_eq!(listed, expected, "{}", stored.text);
    }
}

/// Reads all older records of a type, which are written in today's shape.
fn check_older<T: record::Record>(name: &str, wake_at: impl Fn(&T) -> Option<UnixMillis>) {
    let records: Vec<Record> = records_in(OLDER, name).collect();
    assert!(!records.is_empty(), "{name}");
    for stored in records {
        assert_ne!(stored.text, stored.beside);
        let record = check_one(stored, &as_today(name, stored.beside), &wake_at);
        assert_eq!(write(&read::<T>(stored.beside).unwrap()), write(&record));
    }
}

#[test]
fn every_record_is_written_again_as_it_was() {
    check("order", Order::next_wake, |order| Some(order.projection()));
    check("intent", Intent::next_wake, |intent| Some(intent.projection()));
    check("charge", Charge::next_wake, |charge| Some(charge.projection()));
    check("refund", Refund::next_wake, |refund| Some(refund.projection()));
    check("saved-card", SavedCard::next_wake, |_| None);
    check("delivery", Delivery::next_at, |delivery| Some(delivery.projection()));
    check("run", Run::due, |_| None);
    check::<Watcher>("watch", |_| None, |_| None);
    for stored in records_in(TODAY, "hit") {
        assert_eq!(rewritten::<Listed>(stored.text), stored.text);
    }
    check::<OpenLink>("open-link", |_| None, |_| None);
    check::<Bucket>("bucket", |_| None, |_| None);
}

/// Version 1 equals version 0 but that it names itself.
#[test]
fn every_record_of_version_1_is_read_like_one_of_version_0() {
    fn check<T: record::Record + PartialEq + Debug>(name: &str) {
        for stored in records_in(EARLIER, name) {
            let versioned = stored.text.replacen('{', r#"{"schemaVersion":1,"#, 1);
            assert_eq!(read::<T>(&versioned).unwrap(), read::<T>(stored.text).unwrap());
        }
    }
    check::<Order>("order");
    check::<Intent>("intent");
    check::<Charge>("charge");
    check::<Refund>("refund");
}

#[test]
fn every_older_record_is_written_as_today() {
    check_older("order", Order::next_wake);
    check_older("delivery", Delivery::next_at);
    check_older("run", Run::due);
}

/// What reconciliation reads of an order stands in its listing.
#[test]
fn every_listing_of_an_order_is_compared_with_the_books() {
    let earlier = records_in(BEFORE_LIST_WATCH, "order").chain(records_in(EARLIER, "order"));
    for stored in records_in(TODAY, "order").chain(earlier) {
        let order: Order = read(stored.text).unwrap();
        let (_, listing) = stored.listing().unwrap();
        let here: LocalOrder = json::from_str(listing).unwrap();
        assert_eq!((here.status, here.amount), (order.status(), order.terms().amount), "{listing}");
        for binding in order.attempts().filter_map(|attempt| attempt.binding.as_ref()) {
            assert!(here.knows(binding.payment_id), "{listing}");
        }
    }
}

/// The body of a webhook is sent as it is stored, under an id that follows from it, and has not changed by a byte.
#[test]
fn every_webhook_has_the_id_that_it_is_delivered_with() {
    let ids: Vec<String> =
        records_in(TODAY, "delivery").map(|stored| read::<Delivery>(stored.text).unwrap().id().to_string()).collect();
    for stored in records_in(TODAY, "webhook") {
        let kind = kind_of(stored.text);
        let order: Reference = "K7Q2M9XD3FHT".parse().unwrap();
        assert!(ids.contains(&EventId::of(&order, kind, 1).to_string()), "{}", stored.text);
        assert_eq!(body_again(stored.text), stored.text);
    }
}

/// What a webhook of an earlier version lacks is read as nothing.
#[test]
fn every_webhook_of_an_earlier_version_is_read() {
    for stored in records_in(EARLIER, "webhook") {
        let mut again: Value = serde_json::from_str(&body_again(stored.text)).unwrap();
        let data = again["data"].as_object_mut().unwrap();
        let added = [("items", Value::from([""; 0])), ("metadata", json!({})), ("metadataSource", json!("browser"))];
        for (field, nothing) in added {
            if let Some(value) = data.remove(field) {
                assert_eq!(value, nothing, "{}", stored.text);
            }
        }
        assert_eq!(again, serde_json::from_str::<Value>(stored.text).unwrap());
    }
}

fn kind_of(body: &str) -> EventKind {
    let body: Value = serde_json::from_str(body).unwrap();
    body["type"].as_str().unwrap().parse().unwrap()
}

/// What is read of the body of a webhook, written again.
fn body_again(body: &str) -> String {
    match kind_of(body).as_str().split_once('.').unwrap() {
        ("order", _) => rewritten::<Event<OrderData>>(body),
        ("payment-intent", _) => rewritten::<Event<PaymentIntentData>>(body),
        ("payment-method", _) => rewritten::<Event<PaymentMethodData>>(body),
        _ => rewritten::<Event<CardPaymentData>>(body),
    }
}

/// What is read of a text, written again.
fn rewritten<T: Serialize + DeserializeOwned>(text: &str) -> String {
    json::to_string(&json::from_str::<T>(text).unwrap_or_else(|error| panic!("{error}: {text}")))
}

/// A program in Rust reads what our API answers.
#[test]
fn every_view_is_read_as_it_is_written() {
    fn check<T: Serialize + DeserializeOwned>(view: &T) {
        let text = json::to_string(view);
        assert_eq!(rewritten::<T>(&text), text);
    }
    for stored in records_in(TODAY, "order") {
        check(&read::<Order>(stored.text).unwrap().view(stored.now.parse().unwrap()));
    }
    for stored in records_in(TODAY, "intent") {
        check(&read::<Intent>(stored.text).unwrap().view(stored.now.parse().unwrap()));
    }
    for stored in records_in(TODAY, "charge") {
        check(&read::<Charge>(stored.text).unwrap().view());
    }
    for stored in records_in(TODAY, "saved-card") {
        check(&read::<SavedCard>(stored.text).unwrap().view(stored.now.parse().unwrap()));
    }
}
