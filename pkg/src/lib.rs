//! JavaScript bindings of `compago`, shipped on npm as `compago-edge`. No rule lives here: a class is a thin wrapper that
//! turns JavaScript values into the core's types and back, by `serde-wasm-bindgen`.
//!
//! There is no IO here either: what is sent and what an answer means is told, and JavaScript calls `fetch`. With the feature
//! `server` there are Compago's own calls, the check of webhooks and that of catalog files as well, which no page has a use for.

#[cfg(feature = "server")]
mod catalog;
mod checks;
#[cfg(feature = "server")]
mod compago_calls;
mod js_value;
#[cfg(feature = "server")]
mod webhook;

pub use self::checks::Checks;
#[cfg(feature = "server")]
pub use self::{
    catalog::catalog_mistakes,
    compago_calls::{prepare, read},
    webhook::verify_webhook,
};
