//! The state machines: events in, effects out. No IO, no clock, no randomness.

pub mod alarm;
pub mod charge;
pub mod clock;
pub mod generated_secrets;
pub mod intent;
mod jitter;
pub mod machine;
pub mod open_links;
pub mod order;
pub mod outbox;
pub mod poll;
pub mod projection;
pub mod rate;
pub mod reconciliation;
pub mod record;
pub mod refund;
pub mod saved_card;
pub mod setting_checks;
pub mod terminal;
pub mod watch;
