//! What the simulator needs to know of a machine, whichever it is.

use std::fmt::Debug;
use std::time::Duration;

use compago::flow::machine::{Input, Machine, Step};
use compago::value::UnixMillis;

mod cards;
mod payments;
pub(crate) mod voucher;

/// A machine that can be simulated.
pub(crate) trait Simulated: Machine + Clone + PartialEq + Debug {
    /// The most alarms from its beginning to its rest.
    const ALARMS: u32;

    fn begin() -> Step<Self>;
    fn is_closed(&self) -> bool;
    /// The longest that it waits for its next alarm.
    fn longest_wait(&self) -> Duration;
    /// What people do to it, of several things the one that is drawn.
    fn act(drawn: u64) -> Input<Self>;
    /// The kind of a call, and in how many ways it is answered.
    fn kind(call: &Self::Call) -> (&'static str, u64);
    fn answer(call: &Self::Call, which: u64) -> Self::Answer;
    /// The id of a webhook.
    fn notice_id(notice: &Self::Notice) -> String;
    /// Hands what is stored to the recorder of fixtures.
    fn keep(&self, now: UnixMillis);
}
