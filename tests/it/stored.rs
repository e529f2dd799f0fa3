//! Records as this and earlier versions have stored them: each is read, written again as it was, and goes on.
//!
//! `tests/vectors/stored/README.md` says what stands in the fixtures and how those of a new version are made.

use compago::flow::charge::Charge;
use compago::flow::intent::Intent;
use compago::flow::order::Order;
use compago::flow::outbox::Delivery;
use compago::flow::reconciliation::run::Run;
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
use compago::json::{self, FromJson, ToJson};
use compago::value::UnixMillis;

mod fixtures;
mod going_on;
mod made;
mod malformed;
mod reading;
pub(crate) mod recorder;
mod variants;

use recorder::keep;

/// Reads a record.
pub(crate) fn read<T: FromJson>(text: &str) -> Result<T, String> {
    json::from_str(text).map_err(|error| error.to_string())
}

/// Writes a record.
pub(crate) fn write(record: &dyn ToJson) -> String {
    json::to_string(record)
}

pub(crate) fn keep_order(order: &Order, now: UnixMillis) {
    keep("order", order, order.wake_at(), || Some(order.listing()), now);
}

pub(crate) fn keep_intent(intent: &Intent, now: UnixMillis) {
    keep("intent", intent, intent.wake_at(), || Some(intent.listing()), now);
}

pub(crate) fn keep_charge(charge: &Charge, now: UnixMillis) {
    keep("charge", charge, charge.wake_at(), || Some(charge.listing()), now);
}

pub(crate) fn keep_refund(refund: &Refund, now: UnixMillis) {
    keep("refund", refund, refund.wake_at(), || Some(refund.listing()), now);
}

pub(crate) fn keep_card(card: &SavedCard, now: UnixMillis) {
    keep("saved-card", card, card.wake_at(), || None, now);
}

pub(crate) fn keep_delivery(delivery: &Delivery, now: UnixMillis) {
    keep("delivery", delivery, delivery.next_at(), || Some(delivery.listing()), now);
}

pub(crate) fn keep_run(run: &Run) {
    keep("run", run, run.due(), || None, run.started_at());
}

/// Keeps the body of a webhook.
pub(crate) fn keep_webhook(event: &dyn ToJson, now: UnixMillis) {
    keep("webhook", event, None, || None, now);
}
