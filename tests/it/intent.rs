//! The machine of a charge at a terminal: what every answer of Compago's does to it, and to the merchant's ledger.

pub(crate) mod bench;

mod cadence;
mod cancelling;
mod creating;
mod doubting;
mod ending;
mod lives;
mod scope;
mod terminal;
