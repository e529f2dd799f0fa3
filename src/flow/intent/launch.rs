//! Which call is made next, and when: one at a time, each written down before it is sent.

use super::stage::{Outcome, Stage};
use super::{Call, Effect, Intent, Kind};
use crate::api::payment_intent::cancel::CancelPaymentIntent;
use crate::api::payment_intent::get::GetPaymentIntent;
use crate::flow::flights::FLIGHT_LIMIT;
use crate::flow::poll::MIN_GAP;
use crate::value::UnixMillis;

impl Intent {
    /// Writes down the call that is due, unless one is in flight.
    pub(super) fn launch(&mut self, now: UnixMillis) -> Option<Effect> {
        if self.flights.is_busy() {
            return None;
        }
        if let Some(id) = self.id
            && self.register_at.is_some_and(|at| at <= now)
        {
            return Some(self.take_off(Kind::Register, Call::Register(id), now));
        }
        if self.due? > now {
            return None;
        }
        let (kind, call) = self.owed(now)?;
        Some(self.take_off(kind, call, now))
    }

    fn take_off(&mut self, kind: Kind, call: Call, now: UnixMillis) -> Effect {
        Effect::Call { flight: self.flights.take_off(kind, FLIGHT_LIMIT, now), call }
    }

    /// The call that the stage asks for, counted as sent.
    fn owed(&mut self, now: UnixMillis) -> Option<(Kind, Call)> {
        match &mut self.stage {
            Stage::Creating { sends } => {
                *sends = sends.saturating_add(1);
                Some((Kind::Create, Call::Create(self.terms.create())))
            }
            Stage::Withdrawing { verify: false, cancels, .. } => {
                *cancels = cancels.saturating_add(1);
                Some((Kind::Cancel, Call::Cancel(CancelPaymentIntent { id: self.id? })))
            }
            Stage::Open { .. }
            | Stage::Verifying { .. }
            | Stage::Withdrawing { verify: true, .. }
            | Stage::Closed(Outcome::Expired | Outcome::Cancelled | Outcome::Held { .. }) => {
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
