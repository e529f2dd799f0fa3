//! The Durable Object of a saved card, and what it is asked.

mod charge;
mod list;
pub(crate) mod message;
mod object;
mod refund;
mod save;
mod show;
mod steps;
mod store;
