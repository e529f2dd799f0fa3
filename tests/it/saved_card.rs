//! Saved cards: charged exactly once, given back once, taken back.

mod charging;
mod lives;
mod refunding;
mod saving;
