//! JavaScript bindings of `compago`, published on npm as `compago-edge`. They contain no rules: a class is a thin
//! wrapper that converts between JavaScript values and the core's types, with `serde-wasm-bindgen`.
//!
//! They do no IO either: they return the request to send and interpret the answer, and JavaScript calls `fetch`. The
//! feature `server` adds Compago's own calls and the verification of webhooks, of the merchant's files, of lists
//! of origins and of the Worker's secrets, which pages do not need.

mod checks;
#[cfg(feature = "server")]
mod compago_calls;
mod js_value;
#[cfg(feature = "server")]
mod origins;
#[cfg(feature = "server")]
mod secrets;
#[cfg(feature = "server")]
mod shop_files;
#[cfg(feature = "server")]
mod webhook;

pub use self::checks::Checks;
#[cfg(feature = "server")]
pub use self::{
    compago_calls::{prepare, read},
    origins::origin_mistakes,
    secrets::secret_mistakes,
    shop_files::{catalog_mistakes, catalog_values, shop_mistakes, shop_theme, shop_values},
    webhook::verify_webhook,
};
