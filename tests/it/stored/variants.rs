//! Every variant of every stored enum stands in a fixture of today's version.

use std::collections::BTreeSet;

use compago::edge::delivery::DeadLetterReason;
use compago::edge::order_detail::Milestone;
use compago::edge::reconciliation::{Stage, StartedBy};
use compago::error::Reason;
use compago::flow::order::{agreement, attempt};
use compago::flow::outbox;
use compago::webhook::EventKind;
use serde_json::Value;
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::fixtures::{Fixture, TODAY};

/// The words for an enum's variants. A variant that is added does not compile until its word stands here.
macro_rules! words {
    ($type:ty { $($variant:pat => $word:literal),* $(,)? }) => {{
        const fn _is_one_of(value: &$type) {
            match value {
                $($variant => (),)*
            }
        }
        [$($word),*].as_slice()
    }};
}

mod charges;

pub(super) const REASONS: [&str; 10] = [
    "duplicate-external-id",
    "below-minimum",
    "currency",
    "missing-organization",
    "unauthorized",
    "not-found",
    "busy",
    "server",
    "redirect",
    "other",
];

fn reasons() -> &'static [&'static str] {
    words!(Reason {
        Reason::DuplicateExternalId => "duplicate-external-id",
        Reason::BelowMinimum(_) => "below-minimum",
        Reason::Currency => "currency",
        Reason::MissingOrganization => "missing-organization",
        Reason::Unauthorized => "unauthorized",
        Reason::NotFound => "not-found",
        Reason::Busy => "busy",
        Reason::Server => "server",
        Reason::Redirect => "redirect",
        Reason::Other => "other",
    })
}

/// Whether each of the words stands under the path in one of the records. A path names fields, `*` any one.
fn assert_all_stand(fixture: &str, path: &str, words: &[&str]) {
    let fixture = fixture_of(fixture);
    let mut found = BTreeSet::new();
    for record in fixture.records() {
        let value: Value = serde_json::from_str(record.text).unwrap();
        collect(&value, &path.split('.').collect::<Vec<_>>(), &mut found);
    }
    for word in words {
        assert!(found.contains(*word), "no record of {} has `{word}` under {path}, but {found:?}", fixture.name);
    }
    let known: BTreeSet<String> = words.iter().map(|word| (*word).to_owned()).collect();
    assert!(found.is_subset(&known), "{}: {path} has more than {known:?}: {found:?}", fixture.name);
}

fn fixture_of(name: &str) -> &'static Fixture {
    TODAY.iter().find(|fixture| fixture.name == name).unwrap()
}

fn collect(value: &Value, path: &[&str], found: &mut BTreeSet<String>) {
    if let Value::Array(entries) = value {
        return entries.iter().for_each(|entry| collect(entry, path, found));
    }
    match (path, value) {
        ([], Value::String(word)) => _ = found.insert(word.clone()),
        ([], Value::Object(fields)) => found.extend(fields.keys().cloned()),
        (["*", rest @ ..], Value::Object(fields)) => fields.values().for_each(|inner| collect(inner, rest, found)),
        ([name, rest @ ..], Value::Object(fields)) => {
            if let Some(inner) = fields.get(*name) {
                collect(inner, rest, found);
            }
        }
        _ => {}
    }
}

#[test]
fn orders() {
    use attempt::{Outcome, Purpose, ReviewReason, Stage};
    assert_eq!(reasons(), REASONS);
    assert_all_stand(
        "order",
        "current.stage",
        words!(Stage {
            Stage::Creating { .. } => "creating",
            Stage::Proving { .. } => "proving",
            Stage::Searching { .. } => "searching",
            Stage::Open { .. } => "open",
            Stage::Cancelling { .. } => "withdrawing",
            Stage::Closed(_) => "closed",
        }),
    );
    assert_all_stand(
        "order",
        "current.stage.closed",
        words!(Outcome {
            Outcome::Paid { .. } => "paid",
            Outcome::Expired => "expired",
            Outcome::Cancelled => "cancelled",
            Outcome::Refused { .. } => "refused",
            Outcome::Abandoned => "abandoned",
            Outcome::NeedsReview { .. } => "held",
        }),
    );
    assert_all_stand(
        "order",
        "current.stage.searching.purpose",
        words!(Purpose {
            Purpose::Adopt { .. } => "adopt",
            Purpose::Recover => "recover",
            Purpose::Contradiction { .. } => "contradiction",
            Purpose::Settle { .. } => "settle",
        }),
    );
    assert_all_stand(
        "order",
        "*.stage.closed.held.reason",
        words!(ReviewReason {
            ReviewReason::LinkElsewhere => "link-elsewhere",
            ReviewReason::NotProvable => "not-provable",
            ReviewReason::Mismatch => "mismatch",
            ReviewReason::UnknownStatus { .. } => "unknown-status",
            ReviewReason::Unresolved => "unresolved",
            ReviewReason::PaidTwice => "paid-twice",
        }),
    );
    assert_all_stand(
        "order",
        "current.agreement",
        words!(agreement::Agreement {
            agreement::Agreement::Agreed => "agreed",
            agreement::Agreement::Contradicted { .. } => "contradicted",
        }),
    );
    let milestones = words!(Milestone {
        Milestone::Begun => "begun",
        Milestone::Proving => "proving",
        Milestone::Searching => "searching",
        Milestone::Opened => "opened",
        Milestone::Cancelling => "withdrawing",
        Milestone::Paid => "paid",
        Milestone::Expired => "expired",
        Milestone::Cancelled => "cancelled",
        Milestone::Refused => "refused",
        Milestone::Abandoned => "abandoned",
        Milestone::OnHold => "on-hold",
        Milestone::Prepared => "prepared",
        Milestone::HandedOver => "handed-over",
        Milestone::FulfilmentUndone => "fulfilment-undone",
        Milestone::DeliveryRead => "delivery-read",
        Milestone::CustomerRead => "customer-read",
        Milestone::Exported => "exported",
        Milestone::PersonalDataDeleted => "personal-data-deleted",
    });
    // Reads are kept apart from what happened.
    let is_read = |word: &&str| ["delivery-read", "customer-read", "exported"].contains(word);
    let (reads, happened): (Vec<&str>, Vec<&str>) = milestones.iter().partition(|word| is_read(word));
    assert_all_stand("order", "history.what", &happened);
    assert_all_stand("order", "reads.what", &reads);
    assert_all_stand("order", "current.stage.closed.refused.reason", &REASONS);
    assert_all_stand("order", "flight.kind", &["create", "read", "search", "cancel"]);
}

#[test]
fn webhooks() {
    use outbox::{Answer, DeliveryState, FailureReason};
    // A test event is kept nowhere.
    let kinds: Vec<&str> =
        EventKind::ALL.iter().filter(|kind| **kind != EventKind::WebhookTest).map(|kind| kind.as_str()).collect();
    assert_all_stand("webhook", "type", &kinds);
    assert_all_stand("delivery", "kind", &kinds);
    assert_all_stand(
        "delivery",
        "state",
        words!(DeliveryState {
            DeliveryState::Pending { .. } => "pending",
            DeliveryState::Delivered { .. } => "delivered",
            DeliveryState::DeadLettered { .. } => "parked",
        }),
    );
    assert_all_stand(
        "delivery",
        "state.parked.reason",
        words!(DeadLetterReason {
            DeadLetterReason::Exhausted => "exhausted",
            DeadLetterReason::Gone => "gone",
            DeadLetterReason::Expired => "expired",
        }),
    );
    assert_all_stand(
        "delivery",
        "lastTry.answer",
        words!(Answer {
            Answer::Status { .. } => "status",
            Answer::Unreachable => "unreachable",
            Answer::TimedOut => "timed-out",
        }),
    );
    assert_all_stand(
        "delivery",
        "lastFailure.reason",
        words!(FailureReason {
            FailureReason::Status { .. } => "status",
            FailureReason::Redirect { .. } => "redirect",
            FailureReason::NoConnection => "no-connection",
            FailureReason::TimedOut => "timed-out",
            FailureReason::Interrupted => "interrupted",
        }),
    );
}

#[test]
fn comparisons() {
    assert_all_stand(
        "run",
        "stage",
        words!(Stage {
            Stage::Reading => "reading",
            Stage::Comparing => "comparing",
            Stage::Checking => "checking",
            Stage::Done => "done",
            Stage::Failed => "failed",
        }),
    );
    assert_all_stand(
        "run",
        "startedBy",
        words!(StartedBy {
            StartedBy::Schedule => "schedule",
            StartedBy::Operator => "operator",
        }),
    );
    assert_all_stand("run", "sweep.end", &["whole", "partial"]);
}
