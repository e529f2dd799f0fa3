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

use compago::edge::{IdempotencyKey, ShopOrderRequest};
use compago::json;
use compago_client::EdgeClient;
use serde_json::json;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Storage;

/// Where the key of an order stays until it is answered.
const KEY: &str = "ticket-key";

/// Orders one of `sku` for a payer, and returns the URL of the checkout.
///
/// `payer` is the JSON text of `billingInformation`. What is wrong with it is told before anything is sent.
#[wasm_bindgen]
pub async fn buy(sku: &str, payer: &str) -> Result<String, JsError> {
    let body = json!({ "items": [{ "sku": sku, "quantity": 1 }], "billingInformation": serde_json::from_str::<serde_json::Value>(payer)? });
    let request = ShopOrderRequest::from_json(&json::parse(&body.to_string())?)?;
    let storage = storage()?;
    let key = key(&storage)?;
    match EdgeClient::for_page().shop().create_order(&key, &request).await {
        Ok(created) => {
            storage.remove_item(KEY).map_err(|_| JsError::new("storage"))?;
            Ok(created.checkout_url)
        }
        Err(error) => {
            // Otherwise it may have been ordered: the same key asks for the same order again.
            if error.did_nothing() {
                storage.remove_item(KEY).map_err(|_| JsError::new("storage"))?;
            }
            Err(error.into())
        }
    }
}

/// Returns the status of the order in the address of the return page, such as `paid`.
#[wasm_bindgen]
pub async fn status(order: &str) -> Result<String, JsError> {
    let order = EdgeClient::for_page().shop().order(&order.parse()?).await?;
    Ok(order.status.to_string())
}

fn key(storage: &Storage) -> Result<IdempotencyKey, JsError> {
    if let Ok(Some(kept)) = storage.get_item(KEY) {
        return Ok(kept.parse()?);
    }
    let made = window()?.crypto().map_err(|_| JsError::new("crypto"))?.random_uuid();
    storage.set_item(KEY, &made).map_err(|_| JsError::new("storage"))?;
    Ok(made.parse()?)
}

fn storage() -> Result<Storage, JsError> {
    window()?.session_storage().ok().flatten().ok_or_else(|| JsError::new("this browser stores nothing"))
}

fn window() -> Result<web_sys::Window, JsError> {
    web_sys::window().ok_or_else(|| JsError::new("not a page"))
}
