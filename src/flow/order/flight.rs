//! The one call in flight: what is owed next, and how it is written down before it is sent.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::attempt::{Attempt, Stage};
use super::{Effect, Order, SETTLE_MARGIN};
use crate::api::one_time_payment::cancel::{CancelOneTimePayment, Cancellation};
use crate::api::one_time_payment::create::CreateOneTimePayment;
use crate::api::one_time_payment::find::Search;
use crate::api::one_time_payment::get::{GetOneTimePayment, Reading};
use crate::api::one_time_payment::link::{CheckoutLink, LinkError};
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::flow::poll::{Look, Watched};
use crate::value::{Amount, Currency, ExternalId, PaymentId, UnixMillis};

/// A call of the order's.
#[derive(Debug, Clone)]
pub enum Call {
    /// Make the payment.
    Create(Box<CreateOneTimePayment>),
    /// Read the payment.
    Read(GetOneTimePayment),
    /// Find the payment in the list.
    Search(ExternalId),
    /// Cancel the payment.
    Cancel(CancelOneTimePayment),
    /// Ask what the shared list of confirmed payments shows of the payment.
    Glance(Glance),
}

/// A payment to look for in the shared list of confirmed payments, with the facts that it was bound with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Glance {
    /// The payment.
    pub payment_id: PaymentId,
    /// Its external id.
    pub external_id: ExternalId,
    /// Its amount.
    pub amount: Amount,
    /// Its currency.
    pub currency: Currency,
}

/// What the shared list of confirmed payments shows of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Glanced {
    /// The list does not hold it.
    Absent,
    /// The list holds it with the facts that were asked for.
    Confirmed,
    /// The list holds it with another external id, amount or currency.
    Different,
}

/// What came of a call.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`Call::Create`].
    Created(Result<Result<CheckoutLink, LinkError>, CallError<Refusal>>),
    /// To [`Call::Read`].
    Read(Result<Reading, CallError<Refusal>>),
    /// To [`Call::Search`].
    Searched(Result<Search, CallError<Refusal>>),
    /// To [`Call::Cancel`].
    Cancelled(Result<Cancellation, CallError<Refusal>>),
    /// To [`Call::Glance`]: `None` if nothing could be learnt.
    Glanced(Option<Glanced>),
}

/// A call that was sent, or is about to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Flight {
    pub(super) id: u32,
    pub(super) attempt: u8,
    pub(super) kind: Kind,
    pub(super) since: UnixMillis,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Create,
    Read,
    Search,
    Cancel,
    Glance,
}

impl Kind {
    /// After how long a call in flight counts as lost: more than any shell waits for it.
    pub(super) const fn limit(self) -> Duration {
        match self {
            Self::Create | Self::Read | Self::Cancel => Duration::from_secs(25),
            Self::Search | Self::Glance => Duration::from_secs(5 * 60),
        }
    }
}

impl Order {
    /// Writes down the call that is due, unless one is in flight.
    pub(super) fn launch(&mut self, watched: Watched, now: UnixMillis) -> Option<Effect> {
        if self.flight.is_some() {
            return None;
        }
        let recheck = |attempt: &&mut Attempt| attempt.recheck_at.is_some_and(|at| at <= now);
        let found = self.attempts_mut().find(recheck);
        if let Some(attempt) = found {
            attempt.recheck_at = None;
            let number = attempt.number;
            let id = attempt.binding.as_ref()?.payment_id;
            attempt.looks.read(Watched::No, now);
            self.rechecks = self.rechecks.saturating_add(1);
            return Some(self.take_off(number, Kind::Read, Call::Read(GetOneTimePayment { id }), now));
        }
        if self.due? > now {
            return None;
        }
        let number = self.current.number;
        let (kind, call) = self.owed(watched, now)?;
        Some(self.take_off(number, kind, call, now))
    }

    fn take_off(&mut self, attempt: u8, kind: Kind, call: Call, now: UnixMillis) -> Effect {
        self.flights = self.flights.wrapping_add(1);
        self.flight = Some(Flight { id: self.flights, attempt, kind, since: now });
        Effect::Call { flight: self.flights, call }
    }

    /// The call that the current attempt's stage asks for, counted as sent.
    fn owed(&mut self, watched: Watched, now: UnixMillis) -> Option<(Kind, Call)> {
        let Attempt { external_id, expires_at, binding, looks, stage, .. } = &mut self.current;
        let bound = binding.as_ref().map(|binding| GetOneTimePayment { id: binding.payment_id });
        match stage {
            Stage::Creating { sends } => {
                *sends = sends.saturating_add(1);
                Some((Kind::Create, Call::Create(Box::new(self.terms.create(external_id)?))))
            }
            Stage::Proving { candidate, .. } => Some((Kind::Read, Call::Read(GetOneTimePayment { id: *candidate }))),
            Stage::Searching { .. } => Some((Kind::Search, Call::Search(external_id.clone()))),
            Stage::Open { claimed, .. } => {
                let look = match watched {
                    Watched::Yes | Watched::ByOperator | Watched::Check => Look::Read,
                    Watched::No if expires_at.plus(SETTLE_MARGIN) <= now => Look::Read,
                    Watched::No if *claimed => looks.claim_look(),
                    Watched::No => looks.alarm_look(now),
                };
                let read = bound?;
                Some(match look {
                    Look::Read => {
                        looks.read(watched, now);
                        (Kind::Read, Call::Read(read))
                    }
                    Look::Glance => {
                        looks.glancing(now);
                        let (amount, currency) = (self.terms.amount, self.terms.currency);
                        let external_id = external_id.clone();
                        (Kind::Glance, Call::Glance(Glance { payment_id: read.id, external_id, amount, currency }))
                    }
                })
            }
            Stage::Withdrawing { verify: true, .. } => {
                looks.read(Watched::No, now);
                Some((Kind::Read, Call::Read(bound?)))
            }
            Stage::Withdrawing { verify: false, cancels, .. } => {
                *cancels = cancels.saturating_add(1);
                Some((Kind::Cancel, Call::Cancel(CancelOneTimePayment { id: bound?.id })))
            }
            Stage::Closed(_) => None,
        }
    }
}
