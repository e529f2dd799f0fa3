//! The order machine: what every answer of Compago's does to an order, and to the merchant's ledger.

mod amending;
pub(crate) mod bench;
pub(crate) mod bodies;

mod cancelling;
mod creating;
pub(crate) mod delivering;
mod forgetting;
mod holding;
mod migrating;
mod paying;
mod projection;
mod proving;
mod reads;
mod recovering;
mod retrying;
mod returning;
mod scope;
mod settling;
mod settling_by_scan;
mod storing;
mod superseding;
