//! What an answer names of a payment, compared with what an attempt is bound to.

use serde::{Deserialize, Serialize};

use super::BatchQuery;
use super::attempt::Attempt;
use super::terms::Terms;
use crate::api::one_time_payment::Status;
use crate::api::one_time_payment::cancel::Cancellation;
use crate::api::one_time_payment::get::Reading;
use crate::api::one_time_payment::list::ListedPayment;
use crate::value::{Amount, PaymentId, UnixMillis};

/// The four facts that tie a payment to an order, as far as an answer names them.
struct Facts<'a> {
    /// The payment's id, of any form.
    id: Option<String>,
    /// The external id.
    external_id: Option<&'a str>,
    /// The amount.
    amount: Option<Amount>,
    /// The currency's code.
    currency: Option<&'a str>,
}

/// How the named facts compare with the bound ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// All four are named, and each equals what was bound.
    Equal,
    /// Those that are named are equal; at least one is missing.
    Incomplete,
    /// At least one differs.
    Different,
}

impl Comparison {
    /// Compares a read of the payment.
    pub fn of_reading(reading: &Reading, attempt: &Attempt, terms: &Terms) -> Self {
        let facts = Facts {
            id: reading.id.clone(),
            external_id: reading.external_id.as_deref(),
            amount: reading.amount,
            currency: reading.currency.as_deref(),
        };
        facts.compare(attempt, terms)
    }

    /// Compares an item of the list that a search found.
    pub fn of_found(item: &ListedPayment, attempt: &Attempt, terms: &Terms) -> Self {
        let facts = Facts {
            id: Some(item.id.to_string()),
            external_id: Some(&item.external_id),
            amount: Some(item.amount),
            currency: Some(&item.currency),
        };
        facts.compare(attempt, terms)
    }

    /// Compares an item of the list that reconciliation read.
    pub fn of_listed(item: &Listed, attempt: &Attempt, terms: &Terms) -> Self {
        let facts = Facts {
            id: Some(item.payment_id.to_string()),
            external_id: Some(&item.external_id),
            amount: Some(item.amount),
            currency: Some(&item.currency),
        };
        facts.compare(attempt, terms)
    }

    /// Compares the answer to cancelling.
    pub fn of_cancellation(answer: &Cancellation, attempt: &Attempt, terms: &Terms) -> Self {
        let facts = Facts {
            id: Some(answer.id.to_string()),
            external_id: answer.external_id.as_deref(),
            amount: answer.amount,
            currency: answer.currency.as_deref(),
        };
        facts.compare(attempt, terms)
    }

    /// Compares what the shared list of confirmed payments named of the payment that is looked for.
    pub fn of_recorded(recorded: &RecordedFacts, wanted: &BatchQuery) -> Self {
        let id = wanted.payment_id.to_string();
        let facts = Facts {
            id: Some(id.clone()),
            external_id: Some(&recorded.external_id),
            amount: Some(recorded.amount),
            currency: Some(&recorded.currency),
        };
        facts.compare_with(&Bound {
            id: Some(id),
            external_id: wanted.external_id.as_str(),
            amount: wanted.amount,
            currency: wanted.currency.as_str(),
        })
    }
}

/// The four facts as they are bound.
struct Bound<'a> {
    id: Option<String>,
    external_id: &'a str,
    amount: Amount,
    currency: &'a str,
}

impl Facts<'_> {
    fn compare(&self, attempt: &Attempt, terms: &Terms) -> Comparison {
        self.compare_with(&Bound {
            id: attempt.binding.as_ref().map(|binding| binding.payment_id.to_string()),
            external_id: attempt.external_id.as_str(),
            amount: terms.amount,
            currency: terms.currency.as_str(),
        })
    }

    /// The payment id of an attempt that is not bound yet is not known, so any fits.
    fn compare_with(&self, bound: &Bound<'_>) -> Comparison {
        let equal = [
            self.id.as_ref().map(|id| bound.id.as_ref().is_none_or(|bound| id.eq_ignore_ascii_case(bound))),
            self.external_id.map(|id| id == bound.external_id),
            self.amount.map(|amount| amount == bound.amount),
            self.currency.map(|code| code == bound.currency),
        ];
        if equal.contains(&Some(false)) {
            Comparison::Different
        } else if equal.contains(&None) {
            Comparison::Incomplete
        } else {
            Comparison::Equal
        }
    }
}

/// The facts that the list named for a payment in addition to its id, stored as an array of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(String, Amount, String)", into = "(String, Amount, String)")]
pub struct RecordedFacts {
    external_id: String,
    amount: Amount,
    currency: String,
}

impl From<(String, Amount, String)> for RecordedFacts {
    fn from((external_id, amount, currency): (String, Amount, String)) -> Self {
        Self { external_id, amount, currency }
    }
}

impl From<RecordedFacts> for (String, Amount, String) {
    fn from(RecordedFacts { external_id, amount, currency }: RecordedFacts) -> Self {
        (external_id, amount, currency)
    }
}

impl From<&ListedPayment> for RecordedFacts {
    fn from(payment: &ListedPayment) -> Self {
        let ListedPayment { external_id, amount, currency, .. } = payment;
        Self { external_id: external_id.clone(), amount: *amount, currency: currency.clone() }
    }
}

/// A payment of Compago's list that concerns an order, as reconciliation read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed {
    /// The payment.
    pub payment_id: PaymentId,
    /// Its external id, of any form.
    pub external_id: String,
    /// Its amount.
    pub amount: Amount,
    /// Its currency's code.
    pub currency: String,
    /// Its state.
    pub status: Status,
    /// The list was read at this time or later.
    pub read_at: UnixMillis,
}
