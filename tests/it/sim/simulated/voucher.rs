//! The machine of `tests/voucher` in the simulator.

use std::time::Duration;

use compago::flow::machine::{CALL_TIMEOUT, Input, Step};
use compago::value::UnixMillis;

use super::Simulated;
use crate::order::bench::START;

#[path = "../../../voucher/rules.rs"]
mod rules;

pub(crate) use rules::Voucher;
use rules::{CancelAsked, Kind, RETRY, Stage};

impl Simulated for Voucher {
    const ALARMS: u32 = 100;

    fn begin() -> Step<Self> {
        Self::issue(START)
    }

    fn is_closed(&self) -> bool {
        matches!(self.stage(), Stage::Cancelled | Stage::GivenUp)
    }

    fn longest_wait(&self) -> Duration {
        RETRY.max(CALL_TIMEOUT)
    }

    fn act(_drawn: u64) -> Input<Self> {
        Input::Event(CancelAsked)
    }

    fn kind(call: &Kind) -> (&'static str, u64) {
        match call {
            Kind::Issue => ("issue", 2),
            Kind::Cancel => ("cancel", 2),
        }
    }

    fn answer(_call: &Kind, which: u64) -> bool {
        which == 0
    }

    fn notice_id(notice: &Stage) -> String {
        format!("{notice:?}")
    }

    fn keep(&self, _now: UnixMillis) {}
}
