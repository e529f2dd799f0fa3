//! Holds what the merchant was told of a day against what truly happened.

use std::collections::BTreeSet;

use compago::edge::payment_intent::IntentStatus;
use compago::flow::intent::Answer;
use compago::flow::machine::CallNumber;
use compago::value::Reference;
use compago::webhook::EventKind;

use super::Day;
use crate::intent::scope::state_of;

impl Day {
    pub(super) fn check(&mut self) {
        for (key, row) in &self.rows {
            let day = format!("day {}, {key}", self.seed);
            let told = self.told.get(key).cloned().unwrap_or_default();
            let charged = self.truth_of(*key).is_some_and(|truth| truth.charged);
            let paid = told.iter().filter(|kind| **kind == EventKind::PaymentIntentPaid).count();
            assert_eq!(row.status() == IntentStatus::Paid, paid == 1, "{day}: told {told:?}");
            assert!(paid <= 1, "{day}: told {told:?}");
            assert!(charged || paid == 0, "{day}: paid without a card");
            assert!(row.is_closed(), "{day}");
            if charged && !row.is_made() {
                assert_eq!(told, [EventKind::PaymentIntentOnHold], "{day}: a charge that nobody is told of");
                self.kinds.insert("lost-but-charged");
            } else if self.contradicted.contains(key) {
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

    /// Takes down whether an answer that the charge awaits names other facts than were asked for.
    pub(super) fn hear(&mut self, key: Reference, number: CallNumber, answer: &Answer) {
        let Answer::Read(Ok(reading)) = answer else { return };
        let row = &self.rows[&key];
        let flights = &state_of(row)["flights"];
        let awaited = flights["current"].is_object() && flights["count"] == number.0;
        let terms = row.terms();
        let differs = reading.amount.is_some_and(|amount| amount != terms.amount)
            || reading.currency.as_ref().is_some_and(|code| code != terms.currency.as_str())
            || reading.external_id.as_ref().is_some_and(|id| id != terms.external_id.as_str());
        if awaited && differs {
            self.contradicted.insert(key);
        }
    }

    pub(super) fn kinds(&self) -> BTreeSet<&'static str> {
        self.kinds.clone()
    }
}
