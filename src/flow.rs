//! The state machines: events in, effects out. No IO, no clock, no randomness.

pub mod intent;
pub mod order;
pub mod outbox;
pub mod poll;
pub mod rate;
pub mod terminal;
