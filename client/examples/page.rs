//! A page in Rust that sells one thing of the catalog. It holds no key, and the price is the Worker's.
//!
//! ```text
//! cargo build -p compago-client --example page --features gloo-net --target wasm32-unknown-unknown
//! wasm-bindgen --target web --out-dir www/ticket target/wasm32-unknown-unknown/debug/examples/page.wasm
//! ```
//!
//! ```html
//! <script type="module">
//!   import init, { buy, status } from '/ticket/page.js';
//!   await init();
//!   form.onsubmit = async (event) => { event.preventDefault(); location = await buy('entrada', payer(form)); };
//! </script>
//! ```

#![cfg(target_family = "wasm")]

use compago::edge::ShopOrderRequest;
use compago::endpoint::CallError;
use compago::json;
use compago_client::EdgeClient;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Storage, Window};

/// The entry of the tab's storage for an order without a clear answer.
const PENDING: &str = "ticket-order";

/// An order without a clear answer.
#[derive(Serialize, Deserialize)]
struct Pending {
    key: String,
    body: Value,
    /// An earlier send may have created the order, whatever the answer to a later one is.
    is_unclear: bool,
}

/// Orders one of `sku` for a payer, and returns the URL of the checkout.
///
/// `payer` is the JSON text of `billingInformation`. It is validated before anything is sent. An order without a clear answer is
/// sent again with its own key, whatever was typed since: with a new key it would be a second order.
#[wasm_bindgen]
pub async fn buy(sku: &str, payer: &str) -> Result<String, JsError> {
    let storage = storage()?;
    let mut pending = match storage.get_item(PENDING).ok().flatten() {
        Some(stored) => serde_json::from_str(&stored)?,
        None => new_order(sku, payer)?,
    };
    store(&storage, &pending)?;
    let request = ShopOrderRequest::from_json(&json::parse(&pending.body.to_string())?)?;
    let answer = EdgeClient::for_page().shop().create_order(&pending.key.parse()?, &request).await;
    let is_clear = answer.as_ref().map_or_else(CallError::did_nothing, |_| true);
    if answer.is_ok() || (is_clear && !pending.is_unclear) {
        storage.remove_item(PENDING).ok();
    } else {
        pending.is_unclear = true;
        store(&storage, &pending)?;
    }
    Ok(answer?.checkout_url)
}

/// Returns the status of an order, such as `paid`. The return page has the order in its address.
#[wasm_bindgen]
pub async fn status(order: &str) -> Result<String, JsError> {
    let order = EdgeClient::for_page().shop().order(&order.parse()?).await?;
    Ok(order.status.to_string())
}

fn new_order(sku: &str, payer: &str) -> Result<Pending, JsError> {
    let payer: Value = serde_json::from_str(payer)?;
    let body = json!({ "items": [{ "sku": sku, "quantity": 1 }], "billingInformation": payer });
    ShopOrderRequest::from_json(&json::parse(&body.to_string())?)?;
    let crypto = window()?.crypto().map_err(|_| JsError::new("this browser has no random numbers"))?;
    Ok(Pending { key: crypto.random_uuid(), body, is_unclear: false })
}

/// Stores an order before it is sent: nothing is sent that could not be sent again.
fn store(storage: &Storage, pending: &Pending) -> Result<(), JsError> {
    let text = serde_json::to_string(pending)?;
    storage.set_item(PENDING, &text).map_err(|_| JsError::new("this browser stores nothing"))
}

fn storage() -> Result<Storage, JsError> {
    window()?.session_storage().ok().flatten().ok_or_else(|| JsError::new("this browser stores nothing"))
}

fn window() -> Result<Window, JsError> {
    web_sys::window().ok_or_else(|| JsError::new("this is not a page"))
}
