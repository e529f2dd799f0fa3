//! The Durable Object of a terminal, and what it is asked.

pub(crate) mod message;
mod object;
mod steps;
mod store;
