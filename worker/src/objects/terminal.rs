//! The Durable Object of a terminal, and its commands.

mod machine;
pub(crate) mod message;
mod object;
mod store;
