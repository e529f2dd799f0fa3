//! Holds what became of a card's charges, and what was told of them, against what truly happened.

use std::collections::BTreeMap;

use compago::edge::saved_card::ChargeStatus;
use compago::flow::charge::{Answer, Call, Charge};
use compago::flow::machine::{Input, PendingCall, Step};
use compago::value::{Reference, UnixMillis};
use compago::webhook::EventKind;
use serde_json::Value;

use super::Card;
use super::truth::Truth;
use crate::sim::shell::Oracle;

/// What must hold of each step of a charge.
#[derive(Debug)]
pub(super) struct ChargeSteps {
    /// The card and the charge, which every failure names.
    name: String,
    /// Calls that charge the card.
    sent: u32,
    /// Whether an answer has named another amount or currency than was charged.
    pub(super) is_contradicted: bool,
}

impl ChargeSteps {
    pub(super) fn new(seed: u64, key: Reference) -> Self {
        Self { name: format!("card {seed}, {key}"), sent: 0, is_contradicted: false }
    }
}

impl Oracle<Charge> for ChargeSteps {
    fn check(&mut self, _before: &Charge, _step: &Step<Charge>) {}

    fn saved(&mut self, before: Option<(&Charge, &Input<Charge>)>, step: &Step<Charge>, _now: UnixMillis) {
        if let Some((before, Input::Completed { call, answer })) = before
            && let Answer::Charged(Ok(payment)) | Answer::Read(Ok(payment)) = answer
        {
            let state: Value = serde_json::from_str(&compago::json::to_string(before)).unwrap();
            let awaited = state["flights"]["current"].is_object() && state["flights"]["count"] == call.0;
            let terms = before.terms();
            let differs = payment.amount != terms.amount.amount() || payment.currency != terms.currency.as_str();
            self.is_contradicted |= awaited && differs;
        }
        let confirmed = step.notices.iter().any(|notice| notice.event.kind == EventKind::PaymentConfirmed);
        assert!(!confirmed || !self.is_contradicted, "{}: confirmed, though contradicted", self.name);
        if let Some(PendingCall { call: Call::Charge(_), .. }) = &step.call {
            self.sent += 1;
            assert_eq!(self.sent, 1, "{}: a second call that charges", self.name);
        }
    }
}

impl Card {
    pub(super) fn check(&self, seen: &mut BTreeMap<&str, usize>) {
        *seen.entry("crash").or_default() += self.crashes;
        *seen.entry("found in the list").or_default() += self.found.len();
        let contradicted = self.rows.values().filter(|row| row.oracle.is_contradicted).count();
        *seen.entry("contradicted").or_default() += contradicted;
        for (key, shell) in &self.rows {
            let row = shell.machine();
            let card = format!("card {}, {key}", self.seed);
            let made: Vec<&Truth> = self.record.iter().filter(|truth| truth.key == *key).collect();
            assert!(made.len() <= 1, "{card}: charged {} times", made.len());
            let told: Vec<EventKind> = shell.outbox.iter().map(|(_, notice)| notice.event.kind).collect();
            let confirmed = told.iter().filter(|kind| **kind == EventKind::PaymentConfirmed).count();
            let charged = made.first().is_some_and(|truth| !truth.declined);
            if let (Some(id), Some(truth)) = (row.payment_id(), made.first()) {
                assert_eq!(id, truth.id, "{card}: another charge's payment");
            }
            assert!(row.payment_id().is_none() || !made.is_empty(), "{card}: a payment that is not its own");
            let kind = match row.status() {
                ChargeStatus::Confirmed => {
                    assert!(charged && confirmed == 1, "{card}: told {told:?}");
                    "confirmed"
                }
                ChargeStatus::Declined => {
                    assert!(!charged && confirmed == 0, "{card}: declined, told {told:?}");
                    "declined"
                }
                ChargeStatus::OnHold => {
                    assert_eq!(told, [EventKind::PaymentOnHold], "{card}: held in silence, or told more");
                    if shell.oracle.is_contradicted {
                        "held as contradicted"
                    } else if charged {
                        "held though charged"
                    } else {
                        "held and not charged"
                    }
                }
                ChargeStatus::Pending | ChargeStatus::Unknown | ChargeStatus::Refunded => {
                    panic!("{card}: left as {:?}", row.status())
                }
            };
            *seen.entry(kind).or_default() += 1;
        }
    }
}
