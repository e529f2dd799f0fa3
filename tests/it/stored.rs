//! Records as this and earlier versions have stored them: each is read, written again as it was, and goes on.
//!
//! `tests/vectors/stored/README.md` says what stands in the fixtures and how those of a new version are made.

use compago::flow::charge::Charge;
use compago::flow::intent::Intent;
use compago::flow::machine::Machine as _;
use compago::flow::order::Order;
use compago::flow::order::facts::Listed;
use compago::flow::outbox::Delivery;
use compago::flow::reconciliation::run::Run;
use compago::flow::record::{self, Record};
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
use compago::flow::watch::Watcher;
use compago::json;
use compago::value::UnixMillis;
use serde::Serialize;
use serde_json::Value;

mod fixtures;
mod going_on;
mod made;
mod malformed;
mod reading;
pub(crate) mod recorder;
mod variants;

use recorder::{keep, keep_text};

/// Reads a record.
pub(crate) fn read<R: Record>(text: &str) -> Result<R, String> {
    record::from_str(text).map_err(|error| error.to_string())
}

/// Writes a record.
pub(crate) fn write(record: &impl Record) -> String {
    record::to_string(record)
}

/// What a record of version 0, which named no version, is written to today.
pub(crate) fn as_today(name: &str, text: &str) -> String {
    let versioned = |version: u32, text: &str| text.replacen('{', &format!(r#"{{"schemaVersion":{version},"#), 1);
    match name {
        "order" => {
            let terms = concat!(
                r#","items":[],"shipping":null,"delivery":null,"metadata":{},"metadataSource":"browser","#,
                r#""retainDays":30,"locale":"es-MX"},"earlier":"#
            );
            let with_terms = text.replacen(r#"},"earlier":"#, terms, 1);
            let whole = with_terms.strip_suffix('}').unwrap();
            let text = format!(r#"{whole},"fulfilment":null,"fulfilledNotified":false,"reads":[]}}"#);
            before_list_watch_as_today(name, &versioned(2, &text))
        }
        "intent" | "charge" | "refund" => {
            let (before, after) = text.split_once(r#""placedAt":"#).unwrap();
            let after = after.replacen('}', r#","metadata":{}}"#, 1);
            versioned(2, &format!(r#"{before}"placedAt":{after}"#))
        }
        _ => versioned(1, text),
    }
}

/// What a record of version 2 is written to today.
pub(crate) fn before_list_watch_as_today(name: &str, text: &str) -> String {
    if name != "order" {
        return text.to_owned();
    }
    let mut text = text
        .replacen(r#""schemaVersion":2"#, r#""schemaVersion":3"#, 1)
        .replace(r#""kind":"glance""#, r#""kind":"read""#)
        .replace(r#","listFailed":false"#, "")
        .replace(r#","listFailed":true"#, "")
        .replace(r#""looks":"#, r#""registeredAt":null,"looks":"#);
    while let Some(at) = text.find(r#","lastLookAt":""#) {
        let end = text[at..].find(r#"","#).unwrap();
        text.replace_range(at..=at + end, "");
    }
    let settle = r#""settle":{"link":"#;
    let mut from = 0;
    while let Some(at) = text[from..].find(settle).map(|at| from + at + settle.len()) {
        from = at + if text[at..].starts_with("null") { 4 } else { text[at..].find('}').unwrap() + 1 };
        text.insert_str(from, r#","ranOut":false"#);
    }
    text
}

/// What the listing of an order of version 0 is today: it says how many pieces were ordered, and which link is looked for.
pub(crate) fn listing_as_today(name: &str, listing: &str, record: &str) -> String {
    match name {
        "order" => {
            let with_pieces = format!(r#"{},"pieces":0}}}}"#, listing.strip_suffix("}}").unwrap());
            listing_before_list_watch_as_today(name, &with_pieces, record)
        }
        _ => listing.to_owned(),
    }
}

/// What the listing of an order of version 2 is today: it names the link that the list watcher looks for.
pub(crate) fn listing_before_list_watch_as_today(name: &str, listing: &str, record: &str) -> String {
    if name != "order" {
        return listing.to_owned();
    }
    let record: Value = serde_json::from_str(record).unwrap();
    let current = &record["current"];
    let stage = &current["stage"];
    let purpose = &stage["searching"]["purpose"];
    let may_be_paid = !stage["open"].is_null()
        || !stage["withdrawing"]["link"].is_null()
        || !purpose["settle"].is_null()
        || !purpose["contradiction"].is_null();
    match current["binding"]["paymentId"].as_str().filter(|_| may_be_paid) {
        Some(id) => {
            let (started_at, expires_at) = (&current["startedAt"], &current["expiresAt"]);
            let watch =
                format!(r#""watch":{{"paymentId":"{id}","startedAt":{started_at},"expiresAt":{expires_at}}},"row":"#);
            listing.replacen(r#""row":"#, &watch, 1)
        }
        None => listing.to_owned(),
    }
}

pub(crate) fn keep_order(order: &Order, now: UnixMillis) {
    keep("order", order, order.next_wake(), || Some(order.projection()), now);
}

pub(crate) fn keep_intent(intent: &Intent, now: UnixMillis) {
    keep("intent", intent, intent.next_wake(), || Some(intent.projection()), now);
}

pub(crate) fn keep_charge(charge: &Charge, now: UnixMillis) {
    keep("charge", charge, charge.next_wake(), || Some(charge.projection()), now);
}

pub(crate) fn keep_refund(refund: &Refund, now: UnixMillis) {
    keep("refund", refund, refund.next_wake(), || Some(refund.projection()), now);
}

pub(crate) fn keep_card(card: &SavedCard, now: UnixMillis) {
    keep("saved-card", card, card.next_wake(), || None, now);
}

pub(crate) fn keep_delivery(delivery: &Delivery, now: UnixMillis) {
    keep("delivery", delivery, delivery.next_at(), || Some(delivery.projection()), now);
}

pub(crate) fn keep_run(run: &Run) {
    keep("run", run, run.due(), || None, run.started_at());
}

pub(crate) fn keep_watcher(watcher: &Watcher, now: UnixMillis) {
    keep("watch", watcher, None, || None, now);
}

/// Keeps what the list watcher has found in Compago's list.
pub(crate) fn keep_hit(hit: &Listed, now: UnixMillis) {
    keep_text("hit", || json::to_string(hit), None, || None, now);
}

/// Keeps the body of a webhook.
pub(crate) fn keep_webhook(event: &impl Serialize, now: UnixMillis) {
    keep_text("webhook", || json::to_string(event), None, || None, now);
}
