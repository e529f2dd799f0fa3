//! The core's behaviour as others rely on it. One binary, run natively and, without the properties, as WebAssembly.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may end where it fails"
)]

mod amounts;
mod bodies;
mod catalog;
mod client_addresses;
mod contacts;
mod conversions;
mod csv;
mod edge_calls;
mod errors;
mod filters;
mod find;
mod identifiers;
mod intent;
mod json;
mod keys;
mod metadata;
mod nightly;
mod open_links;
mod openapi;
mod operations;
mod order;
mod order_csv;
mod orders;
mod origin_list;
mod outbox;
mod palette;
mod pasted;
mod poll;
mod problems;
mod projection;
mod rate;
mod reconciliation;
mod recording;
mod redaction;
mod rest;
mod retry_after;
mod saved_card;
mod secret_strength;
mod secrets;
mod setting_checks;
mod shipping;
mod shop_file;
mod shown_text;
mod sim;
mod site;
#[cfg(not(target_family = "wasm"))]
mod spawn;
mod states;
mod stored;
mod sweep;
mod texts;
mod times;
mod unknowns;
mod urls;
mod vectors;
mod watch;
mod webhook;
mod wire;
mod zips;
