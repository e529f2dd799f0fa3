//! The operator's index of all orders, charges, refunds and webhooks, what needs a person, and whether Compago's books and ours
//! agree.
//!
//! The index is derived from what the objects publish (`durable::projection`); the objects remain authoritative.

pub(crate) mod charges;
mod closed;
mod directory;
mod finding;
pub(crate) mod list;
mod object;
mod portion;
mod progress;
mod rebuild;
mod reconcile;
mod store;
mod sums;
mod sweep;
mod watch;
