//! An order's calls: which one is due next, and what is stored of it before it is sent.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Order;
use super::attempt::{Attempt, Stage};
use crate::api::one_time_payment::cancel::{CancelOneTimePayment, Cancellation};
use crate::api::one_time_payment::create::CreateOneTimePayment;
use crate::api::one_time_payment::find::Search;
use crate::api::one_time_payment::get::{GetOneTimePayment, Reading};
use crate::api::one_time_payment::link::{CheckoutLink, LinkError};
use crate::endpoint::CallError;
use crate::error::Refusal;
use crate::flow::clock;
use crate::flow::machine::{CALL_TIMEOUT, CallKind, CallNumber, InFlight};
use crate::flow::poll::ReadCause;
use crate::value::{ExternalId, UnixMillis};

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
}

/// A call that was sent, or is about to be, and the attempt that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptCall {
    #[serde(rename = "id")]
    number: CallNumber,
    pub(super) attempt: u8,
    pub(super) kind: Kind,
    #[serde(rename = "since")]
    pub(super) started_at: UnixMillis,
}

/// Which call, about which attempt.
#[derive(Debug, Clone, Copy)]
pub struct AttemptKind {
    attempt: u8,
    kind: Kind,
}

/// Which call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// [`Call::Create`].
    Create,
    /// [`Call::Read`]. An earlier release had its payment looked up in a shared list: that counts as a read.
    #[serde(alias = "glance")]
    Read,
    /// [`Call::Search`].
    Search,
    /// [`Call::Cancel`].
    Cancel,
}

impl CallKind for Kind {
    fn timeout(self) -> Duration {
        match self {
            Self::Create | Self::Read | Self::Cancel => CALL_TIMEOUT,
            Self::Search => Duration::from_secs(5 * 60),
        }
    }

    fn may_be_forgotten(self) -> bool {
        match self {
            Self::Read => true,
            Self::Create | Self::Search | Self::Cancel => false,
        }
    }
}

impl InFlight for AttemptCall {
    type Kind = AttemptKind;

    fn start(number: CallNumber, AttemptKind { attempt, kind }: AttemptKind, now: UnixMillis) -> Self {
        Self { number, attempt, kind, started_at: now }
    }

    fn lost_at(&self) -> UnixMillis {
        self.started_at.plus(self.kind.timeout())
    }

    fn may_be_forgotten(&self) -> bool {
        self.kind.may_be_forgotten()
    }

    fn correct_times(&mut self, now: UnixMillis) {
        clock::correct_past([&mut self.started_at], now);
    }
}

impl Order {
    /// The read that is due beside the polls of the current attempt, counted as sent.
    pub(super) fn next_recheck(&mut self, now: UnixMillis) -> Option<(AttemptKind, Call)> {
        let is_due = |attempt: &&mut Attempt| attempt.recheck_at.is_some_and(|at| at <= now);
        let attempt = self.attempts_mut().find(is_due)?;
        attempt.recheck_at = None;
        let number = attempt.number;
        let id = attempt.binding.as_ref()?.payment_id;
        let is_closed = matches!(attempt.stage, Stage::Closed(_));
        attempt.polls.read(ReadCause::Alarm, now);
        if is_closed {
            self.rechecks = self.rechecks.saturating_add(1);
        }
        Some((AttemptKind { attempt: number, kind: Kind::Read }, Call::Read(GetOneTimePayment { id })))
    }

    /// The call of the current attempt that is due, counted as sent.
    pub(super) fn next_call_of_current(&mut self, cause: ReadCause, now: UnixMillis) -> Option<(AttemptKind, Call)> {
        if self.due? > now {
            return None;
        }
        let attempt = self.current.number;
        let (kind, call) = self.call_of_stage(cause, now)?;
        Some((AttemptKind { attempt, kind }, call))
    }

    /// The call that the current attempt's stage asks for, counted as sent.
    fn call_of_stage(&mut self, cause: ReadCause, now: UnixMillis) -> Option<(Kind, Call)> {
        let Attempt { external_id, binding, polls, recheck_at, stage, .. } = &mut self.current;
        let bound = binding.as_ref().map(|binding| GetOneTimePayment { id: binding.payment_id });
        match stage {
            Stage::Creating { sends } => {
                *sends = sends.saturating_add(1);
                Some((Kind::Create, Call::Create(Box::new(self.terms.create(external_id)?))))
            }
            Stage::Proving { candidate, .. } => Some((Kind::Read, Call::Read(GetOneTimePayment { id: *candidate }))),
            Stage::Searching { .. } => Some((Kind::Search, Call::Search(external_id.clone()))),
            Stage::Open { .. } => {
                *recheck_at = None;
                polls.read(cause, now);
                Some((Kind::Read, Call::Read(bound?)))
            }
            Stage::Cancelling { verify: true, .. } => {
                *recheck_at = None;
                polls.read(ReadCause::Alarm, now);
                Some((Kind::Read, Call::Read(bound?)))
            }
            Stage::Cancelling { verify: false, cancels, .. } => {
                *cancels = cancels.saturating_add(1);
                Some((Kind::Cancel, Call::Cancel(CancelOneTimePayment { id: bound?.id })))
            }
            Stage::Closed(_) => None,
        }
    }
}
