//! Holds what the merchant was told of a day against what truly happened.

use std::collections::BTreeSet;

use compago::edge::payment_intent::IntentStatus;
use compago::flow::intent::{Answer, Intent};
use compago::flow::machine::{Input, Step};
use compago::value::{Reference, UnixMillis};
use compago::webhook::EventKind;

use super::Day;
use crate::intent::scope::state_of;
use crate::sim::shell::Oracle;

/// What must hold of each step of a charge.
#[derive(Debug)]
pub(super) struct IntentSteps {
    /// The day and the charge, which every failure names.
    name: String,
    /// Whether an answer has named other facts than were asked for.
    pub(super) is_contradicted: bool,
}

impl IntentSteps {
    pub(super) fn new(seed: u64, key: Reference) -> Self {
        Self { name: format!("day {seed}, {key}"), is_contradicted: false }
    }
}

impl Oracle<Intent> for IntentSteps {
    fn check(&mut self, _before: &Intent, _step: &Step<Intent>) {}

    fn saved(&mut self, before: Option<(&Intent, &Input<Intent>)>, step: &Step<Intent>, _now: UnixMillis) {
        if let Some((before, Input::Completed { call, answer: Answer::Read(Ok(reading)) })) = before {
            let flights = &state_of(before)["flights"];
            let awaited = flights["current"].is_object() && flights["count"] == call.0;
            let terms = before.terms();
            let differs = reading.amount.is_some_and(|amount| amount != terms.amount)
                || reading.currency.as_ref().is_some_and(|code| code != terms.currency.as_str())
                || reading.external_id.as_ref().is_some_and(|id| id != terms.external_id.as_str());
            self.is_contradicted |= awaited && differs;
        }
        let paid = step.notices.iter().any(|notice| notice.event.kind == EventKind::PaymentIntentPaid);
        assert!(!paid || !self.is_contradicted, "{}: paid, though contradicted", self.name);
    }
}

impl Day {
    pub(super) fn check(&mut self) {
        for (key, shell) in &self.rows {
            let row = shell.machine();
            let day = format!("day {}, {key}", self.seed);
            let told: Vec<EventKind> = shell.outbox.iter().map(|(_, notice)| notice.event.kind).collect();
            let charged = self.truth_of(*key).is_some_and(|truth| truth.charged);
            let paid = told.iter().filter(|kind| **kind == EventKind::PaymentIntentPaid).count();
            assert_eq!(row.status() == IntentStatus::Paid, paid == 1, "{day}: told {told:?}");
            assert!(paid <= 1, "{day}: told {told:?}");
            assert!(charged || paid == 0, "{day}: paid without a card");
            assert!(row.is_closed(), "{day}");
            if charged && !row.is_made() {
                assert_eq!(told, [EventKind::PaymentIntentOnHold], "{day}: a charge that nobody is told of");
                self.kinds.insert("lost-but-charged");
            } else if shell.oracle.is_contradicted {
                assert!(told.contains(&EventKind::PaymentIntentOnHold), "{day}: contradicted, and told {told:?}");
                self.kinds.insert(if charged { "contradicted-and-charged" } else { "contradicted" });
            } else if charged {
                assert_eq!(paid, 1, "{day}: charged, and told {told:?}");
            }
            let kinds = told.iter().map(|kind| {
                let late = *kind == EventKind::PaymentIntentPaid && told.len() > 1;
                if late { "late" } else { kind.as_str().trim_start_matches("payment-intent.") }
            });
            self.kinds.extend(kinds);
        }
    }

    pub(super) fn kinds(&self) -> BTreeSet<&'static str> {
        self.kinds.clone()
    }
}
