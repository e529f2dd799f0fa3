//! Decides what an answer of Compago means for one attempt. No other module can conclude that an order is paid.

use super::attempt::{Attempt, Binding};
use super::facts::Comparison;
use super::terms::Terms;
use crate::api::one_time_payment::get::Reading;
use crate::api::one_time_payment::list::ListedPayment;
use crate::api::one_time_payment::{Status, proof};
use crate::value::{PaymentId, UnixMillis};

/// What is known after an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Compago says that this attempt's payment is confirmed.
    Confirmed,
    /// Cancelled for good.
    Cancelled,
    /// Waiting for the payer.
    Payable,
    /// Not paid, and its time has passed.
    RunOut,
    /// In a state that is not documented: not final.
    Unclear(Status),
    /// The answer is not about what was ordered.
    Mismatch,
    /// Compago says that the payment is confirmed, but this answer does not prove that it is what was ordered: it names too
    /// little, and either an earlier answer contradicted what was bound or the home page is missing.
    Unproved,
}

/// The proof of a binding: a full answer about a pending payment in which everything equals what was sent.
///
/// `None` when the answer is limited, or when anything differs.
pub fn prove(attempt: &Attempt, candidate: PaymentId, reading: &Reading, terms: &Terms) -> Option<Proof> {
    let sent = proof::Sent { external_id: &attempt.external_id, amount: terms.amount, currency: terms.currency };
    (sent.prove(candidate, reading) == proof::Proof::Proved).then(|| Proof {
        binding: Binding { payment_id: candidate, homepage_echoed: echoes_homepage(reading, terms) },
        expires_at: reading.expires_at,
    })
}

/// A binding, and the end of its link if the answer names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The payment.
    pub binding: Binding,
    /// The end of the link.
    pub expires_at: Option<UnixMillis>,
}

/// How the facts that a read names compare with those that were bound, its home page included.
pub fn compare(attempt: &Attempt, binding: &Binding, reading: &Reading, terms: &Terms) -> Comparison {
    if binding.homepage_echoed && reading.homepage_url.is_some() && !echoes_homepage(reading, terms) {
        return Comparison::Different;
    }
    Comparison::of_reading(reading, attempt, terms)
}

/// What a read says about a bound attempt that has [recorded](Attempt::record_agreement) what it names. The read was made with the bound
/// id, which is what ties it to the order.
pub fn of_reading(
    attempt: &Attempt,
    binding: &Binding,
    reading: &Reading,
    named: Comparison,
    now: UnixMillis,
) -> Verdict {
    if named == Comparison::Different {
        return Verdict::Mismatch;
    }
    // Whether the home page may be missing is not documented. Without it a confirmation is for the list to decide.
    let homepage_missing = binding.homepage_echoed && reading.homepage_url.is_none();
    let unproved = named != Comparison::Equal && (homepage_missing || attempt.is_contradicted());
    if reading.status == Status::Confirmed && unproved {
        return Verdict::Unproved;
    }
    if reading.status != Status::Confirmed && homepage_missing {
        return Verdict::Unclear(reading.status.clone());
    }
    let run_out = reading.expired.unwrap_or(attempt.expires_at <= now);
    match &reading.status {
        Status::Confirmed => Verdict::Confirmed,
        // Whether a link that ran out is later swept to CANCELLED is not documented: either way it was not paid.
        Status::Cancelled if run_out => Verdict::RunOut,
        Status::Cancelled => Verdict::Cancelled,
        Status::Pending if run_out => Verdict::RunOut,
        Status::Pending => Verdict::Payable,
        Status::Unknown(_) => Verdict::Unclear(reading.status.clone()),
    }
}

/// What the one item of the list that has the attempt's external id says about it.
pub fn of_listed(attempt: &Attempt, listed: &ListedPayment, terms: &Terms, now: UnixMillis) -> Verdict {
    if Comparison::of_found(listed, attempt, terms) == Comparison::Different {
        return Verdict::Mismatch;
    }
    let run_out = listed.expires_at.unwrap_or(attempt.expires_at) <= now;
    match &listed.status {
        Status::Confirmed => Verdict::Confirmed,
        Status::Cancelled if run_out => Verdict::RunOut,
        Status::Cancelled => Verdict::Cancelled,
        Status::Pending if run_out => Verdict::RunOut,
        Status::Pending => Verdict::Payable,
        Status::Unknown(_) => Verdict::Unclear(listed.status.clone()),
    }
}

/// Whether a listed payment carries a URL that only this order's own create call has sent. The external id alone does
/// not show that: another program of the same organisation may have used it before.
pub fn is_ours(listed: &ListedPayment, terms: &Terms) -> bool {
    listed.redirect_url.as_deref() == Some(terms.redirect_url.as_str())
        || listed.homepage_url.as_deref() == Some(terms.homepage_url.as_str())
}

fn echoes_homepage(reading: &Reading, terms: &Terms) -> bool {
    reading.homepage_url.as_deref() == Some(terms.homepage_url.as_str())
}
