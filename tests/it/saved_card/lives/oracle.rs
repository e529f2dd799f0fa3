//! Holds what became of a card's charges, and what was told of them, against what truly happened.

use std::collections::BTreeMap;

use compago::edge::saved_card::ChargeStatus;
use compago::flow::charge::Answer;
use compago::flow::machine::CallNumber;
use compago::value::Reference;
use compago::webhook::EventKind;
use serde_json::Value;

use super::Card;
use super::truth::Truth;

impl Card {
    /// Takes down whether an answer that the charge awaits names another amount or currency than was charged.
    pub(super) fn hear(&mut self, key: Reference, number: CallNumber, answer: &Answer) {
        let (Answer::Charged(Ok(payment)) | Answer::Read(Ok(payment))) = answer else { return };
        let row = &self.rows[&key];
        let state: Value = serde_json::from_str(&compago::json::to_string(row)).unwrap();
        let awaited = state["flights"]["current"].is_object() && state["flights"]["count"] == number.0;
        let terms = row.terms();
        let differs = payment.amount != terms.amount.amount() || payment.currency != terms.currency.as_str();
        if awaited && differs {
            self.contradicted.insert(key);
        }
    }

    pub(super) fn check(&self, seen: &mut BTreeMap<&str, usize>) {
        *seen.entry("crash").or_default() += self.crashes;
        *seen.entry("found in the list").or_default() += self.found.len();
        *seen.entry("contradicted").or_default() += self.contradicted.len();
        for (key, row) in &self.rows {
            let card = format!("card {}, {key}", self.seed);
            let made: Vec<&Truth> = self.record.iter().filter(|truth| truth.key == *key).collect();
            assert!(made.len() <= 1, "{card}: charged {} times", made.len());
            let told = self.told.get(key).cloned().unwrap_or_default();
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
                    if self.contradicted.contains(key) {
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
