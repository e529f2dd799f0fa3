//! What an answer names of a payment, compared with what an attempt is bound to.

use serde::{Deserialize, Serialize};

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

    /// Compares an item of the list that the list watcher or reconciliation read.
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
}

impl Facts<'_> {
    /// The payment id of an attempt that is not bound yet is not known, so any fits.
    fn compare(&self, attempt: &Attempt, terms: &Terms) -> Comparison {
        let bound = attempt.binding.as_ref().map(|binding| binding.payment_id.to_string());
        let equal = [
            self.id.as_ref().map(|id| bound.as_ref().is_none_or(|bound| id.eq_ignore_ascii_case(bound))),
            self.external_id.map(|id| id == attempt.external_id.as_str()),
            self.amount.map(|amount| amount == terms.amount),
            self.currency.map(|code| code == terms.currency.as_str()),
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

/// A payment of Compago's list that concerns an order, as the list watcher or reconciliation read it.
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
