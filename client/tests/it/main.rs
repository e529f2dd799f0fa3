//! The client over real HTTP, against the sandbox and against servers that misbehave.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "in a test a panic is the report")]

mod edge_client;
mod examples;
#[allow(dead_code, unreachable_pub, clippy::print_stdout, reason = "the README prints this file")]
mod first_payment;
mod limits;
mod one_time_payments;
mod other_calls;
mod readme;
mod retry;
mod server;
