//! The sandbox over real HTTP: each test starts its own on a free port.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test a panic is the report"
)]

mod cancel;
mod card_page;
mod checkout;
mod control;
mod create;
mod faults;
mod get;
mod harness;
mod list;
mod payment_intent;
mod payment_method;
mod planted;
mod program;
mod seed;
mod terminal;
