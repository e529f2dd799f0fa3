//! The operator's index of all orders, charges, refunds and webhooks, what needs a person, and whether Compago's books and ours
//! agree.
//!
//! The index follows what the objects publish (`durable::projection`); they have the last word.

pub(crate) mod charges;
mod finding;
pub(crate) mod list;
mod object;
mod rebuild;
mod reconcile;
mod store;
mod sums;
mod sweep;
