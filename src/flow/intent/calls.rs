//! Which call is due next.

use super::stage::{Outcome, Stage};
use super::{Call, Intent, Kind};
use crate::api::payment_intent::cancel::CancelPaymentIntent;
use crate::api::payment_intent::get::GetPaymentIntent;
use crate::flow::poll::MIN_GAP;
use crate::value::UnixMillis;

impl Intent {
    /// The call that stores the id in the key index, if it is due.
    pub(super) fn next_register(&self, now: UnixMillis) -> Option<(Kind, Call)> {
        let is_due = self.register_at.is_some_and(|at| at <= now);
        self.id.filter(|_| is_due).map(|id| (Kind::Register, Call::Register(id)))
    }

    /// The call that the stage asks for, if it is due, counted as sent.
    pub(super) fn next_call_of_stage(&mut self, now: UnixMillis) -> Option<(Kind, Call)> {
        if self.due? > now {
            return None;
        }
        match &mut self.stage {
            Stage::Creating { sends } => {
                *sends = sends.saturating_add(1);
                Some((Kind::Create, Call::Create(self.terms.create())))
            }
            Stage::Cancelling { verify: false, cancels, .. } => {
                *cancels = cancels.saturating_add(1);
                Some((Kind::Cancel, Call::Cancel(CancelPaymentIntent { id: self.id? })))
            }
            Stage::Open { .. }
            | Stage::Verifying { .. }
            | Stage::Cancelling { verify: true, .. }
            | Stage::Closed(Outcome::Expired | Outcome::Cancelled | Outcome::NeedsReview { .. }) => {
                self.last_read_at = Some(now);
                Some((Kind::Read, Call::Read(GetPaymentIntent { id: self.id? })))
            }
            Stage::Closed(Outcome::Paid { .. } | Outcome::Refused { .. }) => None,
        }
    }

    /// The soonest that the intent may be read: three seconds after the last time.
    pub(super) fn read_at(&self, now: UnixMillis) -> UnixMillis {
        self.last_read_at.map_or(now, |last| last.plus(MIN_GAP)).max(now)
    }
}
