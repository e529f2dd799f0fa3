//! The core of compago-edge: Compago's payments as typed values, checks and state machines.
//!
//! It does no IO, reads no clock, draws no random number and knows no JavaScript. Time is an argument, randomness is an
//! argument, and a call is a value that a shell sends. That makes every rule here testable, natively and as WebAssembly.
//!
//! Unofficial: not made or endorsed by Compago.
//!
//! # Where things are
//!
//! - [`json`]: text into types and back, by serde. Its reader is stricter than `serde_json`'s; the same types can be read with
//!   `serde_json` itself, by its looser rules.
//! - [`value`]: what an amount, an id, a URL or a phone number is. A value that exists is legal.
//! - [`endpoint`], [`error`]: what a call is, how it travels, what its failure means.
//! - [`api`]: the calls that Compago offers.
//! - [`body`], [`problem`]: reads a JSON body and tells all that is wrong with it, in Spanish of Mexico and in English.
//! - [`edge`]: what our own Worker offers to pages and backends.
//! - [`flow`]: the state machines; start with [`flow::order`] and
//!   [`flow::intent`].
//! - [`by_name`]: Compago's calls from JSON to JSON, for callers in other languages.
//! - [`webhook`]: signs and verifies what the Worker tells the merchant.
//!
//! A module uses only those above it in this order: json, value, endpoint, api, edge, flow.
//!
//! # Words
//!
//! - **One-time payment**: a link to Compago's hosted checkout that can be paid once.
//! - **External id**: the merchant's id of a payment, unique within the organisation for ever.
//! - **Order**: what a payer wants to pay for. It has one or more attempts, of which at most one can be paid.
//! - **Attempt**: one external id, and at most one payment of Compago's.
//! - **Binding**: the proof that a payment is an attempt's: id, external id, amount and currency in one answer.
//! - **Reference**: an order's name for people. **Capability**: an order's secret address for the payer's browser.
//! - **Payment intent**: a charge that a card terminal is to make, with the card present. **Terminal code**: which terminal.
//! - **Till**: a cashier's screen. **Take-over**: another charge takes the place of the one that runs at a terminal.
//! - **Payment method**: a card that a payer saved, to be charged later without them; we say saved card.
//! - **Outbox**: the webhooks that are owed, saved with the state that owes them.

pub mod json;

pub mod api;
pub mod body;
pub mod by_name;
pub mod edge;
pub mod endpoint;
pub mod error;
pub mod flow;
mod mac;
pub mod problem;
pub mod value;
pub mod webhook;
