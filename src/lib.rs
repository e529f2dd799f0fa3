#![doc = include_str!("README.md")]
//! # How it works
//!
//! The crate does no IO, reads no clock, draws no random numbers and does not depend on JavaScript. Time and randomness
//! are arguments, and a call to Compago is a value that a transport sends. Every rule is therefore tested natively and
//! as WebAssembly.
//!
//! # Example
//!
//! A call is a value, and a [`Transport`](endpoint::Transport) sends it. This one answers from memory; a real one sends the
//! request over HTTPS with the API key in the header `x-api-key`.
//!
//! ```
//! use compago::api::one_time_payment::Status;
//! use compago::api::one_time_payment::get::GetOneTimePayment;
//! use compago::endpoint::{Compago, Reply, Request, Transport, Undelivered, call};
//!
//! struct Canned;
//!
//! impl Transport<Compago> for Canned {
//!     async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
//!         assert_eq!(request.method.as_str(), "GET");
//!         assert_eq!(request.target, "/one-time-payment/0f0e0d0c-1111-4222-8333-444455556666");
//!         Ok(Reply { status: 200, retry_after: None, body: br#"{"status":"PENDING","expired":false}"#.to_vec() })
//!     }
//! }
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let id = "0f0e0d0c-1111-4222-8333-444455556666".parse()?;
//! let payment = call(&GetOneTimePayment { id }, &Canned).await?;
//! assert_eq!(payment.status, Status::Pending);
//! # Ok(())
//! # }
//! # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
//! # assert!(matches!(std::pin::pin!(example()).poll(&mut context), std::task::Poll::Ready(Ok(()))));
//! ```
//!
//! # Modules
//!
//! - [`json`]: reads types from JSON text and writes them, with serde. The reader is stricter than `serde_json`'s; the
//!   same types can also be read with `serde_json` directly, by its rules.
//! - [`value`]: amounts, ids, URLs, telephone numbers and the like. A value of these types is valid by construction.
//! - [`endpoint`], [`error`]: what a call is, how it is transported, and what its failure means.
//! - [`api`]: the calls of Compago's API.
//! - [`body`], [`problem`]: validate a JSON body and report all problems at once, in Mexican Spanish and in English.
//! - [`edge`]: the Worker's own HTTP API, for pages and backends.
//! - [`flow`]: the state machines; start with [`flow::order`] and [`flow::intent`].
//! - [`operations`]: Compago's calls by operation name, from JSON to JSON, for callers in other languages.
//! - [`webhook`]: signs and verifies the webhooks that the Worker sends to the merchant.
//!
//! Dependencies: `value` <- `endpoint` <- `api` <- `edge` <- `flow`; `edge` also uses `problem`, `body` and `webhook`, and
//! `flow` uses `problem` and `webhook`. `operations` is on top. All may use `json`.
//!
//! # Glossary
//!
//! - **One-time payment**: a link to Compago's hosted checkout that can be paid once.
//! - **External id**: the merchant's id of a payment, unique within the organisation for ever.
//! - **Order**: what a payer wants to pay for. It has one or more attempts, at most one of which can be paid.
//! - **Attempt**: one external id, and at most one payment at Compago.
//! - **Binding**: the proof that a payment belongs to an attempt: one answer that names id, external id, amount and
//!   currency.
//! - **Reference**: the short public id of an order, charge, refund or card.
//! - **Capability**: the secret text in a payer's URL that grants access to one order or one card form.
//! - **Charge**: a payment at a terminal (module `intent`) or with a saved card (module `charge`).
//! - **Notice**: a webhook to be put into the outbox.
//! - **Payment intent**: a charge to be made at a card terminal, with the card present. **Terminal code**: names the
//!   terminal.
//! - **Till**: a cashier's screen. **Take-over**: a new charge replaces the one that is running at a terminal.
//! - **Payment method**: a card that a payer saved and that can be charged later without them; also called *saved card*
//!   here.
//! - **Outbox**: the pending webhooks, saved in the same transaction as the state change that caused them.

pub mod json;

pub mod api;
pub mod body;
pub mod edge;
pub mod endpoint;
pub mod error;
pub mod flow;
mod mac;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may end where it fails")]
mod openapi;
pub mod operations;
pub mod problem;
pub mod value;
pub mod webhook;
