//! The Durable Object of a saved card, and its commands.

mod charge;
mod list;
mod machines;
pub(crate) mod message;
mod object;
mod refund;
mod save;
mod show;
mod store;
