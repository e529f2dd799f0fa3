//! JavaScript bindings of `compago`, shipped on npm as `compago-edge`. No rule lives here: a class is a thin wrapper that
//! turns JavaScript values into the core's types and back.
//!
//! Every byte here is downloaded before somebody can pay. So JSON is read by the browser's own parser, not by a second
//! one in wasm: that, and its number formats, would be half of the module.

mod call;
mod checks;
mod js_value;
mod shop_client;

pub use self::{checks::Checks, shop_client::ShopClient};
