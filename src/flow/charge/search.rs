//! Finds the payment of a charge whose answer was lost in the card's list. Nothing else attributes a payment.
//!
//! A charge has no external id at Compago, so a payment of the same amount that another program made of the same card looks the
//! same. That is why this Worker should be the only program that charges the cards which are saved through it; where it is
//! not, [`Attribution::Never`] leaves each lost charge to a person.

use std::time::Duration;

use super::Charge;
use crate::api::payment_method::payment::CardPayment;
use crate::api::payment_method::payments::AllCardPayments;
use crate::flow::machine::CALL_TIMEOUT;
use crate::value::CardPaymentId;

/// How far Compago's clock may be behind ours: a payment that is older was made before the call.
const CLOCK_SKEW: Duration = Duration::from_secs(30);

/// Whether a payment of the card's list may be taken for a charge whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Attribution {
    /// This Worker alone charges the card: exactly one new payment of the charge's amount that was made while the call was under
    /// way is the charge.
    #[default]
    SoleCharger,
    /// Other programs charge the card as well: this charge's payment cannot be distinguished from theirs.
    Never,
}

/// What is known of the other charges of the same card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Others {
    /// Payments that are known to be theirs.
    pub taken: Vec<CardPaymentId>,
    /// Whether one of them has the same amount and is itself still looking for its payment: then neither
    /// can be distinguished from the other.
    pub rivals: bool,
}

/// The result of a search for a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This payment, and no other, can be it.
    This(CardPayment),
    /// None can be.
    None,
    /// More than one can be, or the list does not decide it.
    Unclear,
}

impl Others {
    /// What the other charges of a card are to the charge `of`.
    pub fn to<'a>(of: &Charge, charges: impl IntoIterator<Item = &'a Charge>) -> Self {
        let mut others = Self::default();
        for other in charges.into_iter().filter(|other| other.terms.key != of.terms.key) {
            others.taken.extend(other.id);
            others.rivals |= other.terms.amount == of.terms.amount && other.is_searching();
        }
        others
    }
}

/// Returns the payments of a list that have the charge's amount and currency. The snapshot before the call consists of
/// these.
pub fn alike<'a>(charge: &'a Charge, listed: &'a AllCardPayments) -> impl Iterator<Item = &'a CardPayment> {
    listed.payments.iter().filter(|payment| {
        payment.amount == charge.terms.amount.amount() && payment.currency == charge.terms.currency.as_str()
    })
}

/// Searches a list that was read after the call. A match is not in the snapshot and was created between 30 s before the
/// call and [`CALL_TIMEOUT`] after it.
pub fn find(charge: &Charge, listed: &AllCardPayments, others: &Others) -> Found {
    let (Some(preexisting), Some(sent_at)) = (&charge.preexisting_payments, charge.sent_at) else {
        return Found::Unclear;
    };
    let is_new = |payment: &&CardPayment| !preexisting.contains(&payment.id) && !others.taken.contains(&payment.id);
    let in_time = |payment: &&CardPayment| {
        payment.created_at.is_none_or(|at| at.plus(CLOCK_SKEW) >= sent_at && at <= sent_at.plus(CALL_TIMEOUT))
    };
    let mut candidates = alike(charge, listed).filter(is_new).filter(in_time);
    match (candidates.next(), candidates.next()) {
        (None, _) if !listed.complete => Found::Unclear,
        (None, _) => Found::None,
        (Some(payment), None) if listed.complete && payment.created_at.is_some() && !others.rivals => {
            Found::This(payment.clone())
        }
        (Some(_), _) => Found::Unclear,
    }
}
