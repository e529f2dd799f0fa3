//! Records as this and earlier versions have stored them: each is read, written again as it was, and goes on.
//!
//! `tests/vectors/stored/README.md` says what stands in the fixtures and how those of a new version are made.

use compago::flow::charge::Charge;
use compago::flow::intent::Intent;
use compago::flow::machine::Machine as _;
use compago::flow::order::Order;
use compago::flow::outbox::Delivery;
use compago::flow::reconciliation::run::Run;
use compago::flow::record::{self, Record};
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
use compago::json;
use compago::value::UnixMillis;
use serde::Serialize;

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
            versioned(2, &format!(r#"{whole},"fulfilment":null,"fulfilledNotified":false,"reads":[]}}"#))
        }
        "intent" | "charge" | "refund" => {
            let (before, after) = text.split_once(r#""placedAt":"#).unwrap();
            let after = after.replacen('}', r#","metadata":{}}"#, 1);
            versioned(2, &format!(r#"{before}"placedAt":{after}"#))
        }
        _ => versioned(1, text),
    }
}

/// What the listing of an order of version 0 is today: it says how many pieces were ordered.
pub(crate) fn listing_as_today(name: &str, listing: &str) -> String {
    match name {
        "order" => format!(r#"{},"pieces":0}}}}"#, listing.strip_suffix("}}").unwrap()),
        _ => listing.to_owned(),
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

/// Keeps the body of a webhook.
pub(crate) fn keep_webhook(event: &impl Serialize, now: UnixMillis) {
    keep_text("webhook", || json::to_string(event), None, || None, now);
}
