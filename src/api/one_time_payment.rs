//! One-time payments: links to Compago's hosted checkout that can be paid once.
//!
//! Guide: <https://docs.compago.com/one-time-payment/create>, read November 2026.

pub use super::status::Status;

pub mod cancel;
pub mod create;
pub mod find;
pub mod get;
pub mod link;
pub mod list;
pub mod proof;
pub mod sweep;
