//! Whole lives of orders, with everything that can go wrong, against a model of Compago that knows the truth.
//!
//! A life has two orders, their payers, a shell that crashes, a network that loses and delays, the list watcher, and a Compago with
//! odd habits. All of it follows from one seed. After each life the merchant's ledger is held against the model: what was
//! told must have happened, and what happened must have been told, in time.
//!
//! `SIM_SEED=7 cargo test -p compago --test it sim::` repeats one life and tells its story; `SIM_LIVES=100000` runs more.

mod compago;
mod faults;
mod garbage;
mod index;
mod life;
pub(crate) mod named;
pub(crate) mod network;
mod oracle;
mod payer;
pub(crate) mod rng;
pub(crate) mod shell;
pub(crate) mod simulated;
mod steps;

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use life::Life;

const LIVES: u64 = if cfg!(target_family = "wasm") { 40 } else { 500 };

#[test]
fn every_life_ends_with_a_true_ledger() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    if let Some(seed) = number("SIM_SEED") {
        let life = Life::new(seed).live();
        oracle::check_end(&life);
        panic!("nothing is wrong with this life");
    }
    let mut seen = oracle::Seen::default();
    for seed in 0..number("SIM_LIVES").unwrap_or(LIVES) {
        let life = Life::new(seed).live();
        oracle::check_end(&life);
        seen.add(&life);
    }
    seen.assert_all_kinds_of_lives();
}
