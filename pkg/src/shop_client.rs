//! The shop's calls, typed, for JavaScript.

use compago::{
    edge::{
        Capability, IdempotencyKey, ShopOrderRequest,
        shop_calls::{CancelOrder, CreateOrder, ReadCatalog, ReadOrder, RetryOrder},
    },
    problem::ToldProblem,
};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use crate::{
    call::Caller,
    js_value::{from_js, locale, to_js},
};

/// The Worker's shop, as a page sees it. Every promise is rejected with what the given function makes of a problem
/// document (or undefined), the HTTP status (or 0) and the Retry-After header (or undefined).
#[wasm_bindgen]
#[derive(Debug, Clone)]
pub struct ShopClient(Caller);

#[wasm_bindgen]
impl ShopClient {
    /// A client of the Worker at that origin (empty for the page's own) that speaks this language.
    #[wasm_bindgen(constructor)]
    pub fn new(
        origin: &str,
        #[wasm_bindgen(unchecked_param_type = "Language")] language: &str,
        #[wasm_bindgen(js_name = makeError)]
        #[wasm_bindgen(unchecked_param_type = "(problem: unknown, status: number, retryAfter?: string) => Error")]
        make_error: Function,
    ) -> Self {
        let locale = locale(language);
        Self(Caller { origin: origin.trim_end_matches('/').to_owned(), locale, make_error })
    }

    /// What is for sale.
    #[wasm_bindgen(unchecked_return_type = "Promise<Catalog>")]
    pub fn catalog(&self) -> Promise {
        self.0.call(&ReadCatalog)
    }

    /// Orders, and answers where to pay. A body that the Worker would refuse is refused here, in the same words, without
    /// a call. After silence or 503 the same key may be sent again: there will be one order.
    #[wasm_bindgen(js_name = createOrder, unchecked_return_type = "Promise<OrderCreated>")]
    pub fn create_order(
        &self,
        #[wasm_bindgen(unchecked_param_type = "OrderRequest")] body: &JsValue,
        #[wasm_bindgen(js_name = idempotencyKey)] idempotency_key: &str,
    ) -> Promise {
        let request = match ShopOrderRequest::from_json(&from_js(body)) {
            Ok(request) => request,
            Err(problems) => {
                let errors = problems.iter().map(|problem| problem.told(self.0.locale)).collect();
                return self.0.refuse(400, &to_js(&Refused { code: "invalid-body", errors }));
            }
        };
        match idempotency_key.parse::<IdempotencyKey>() {
            Ok(idempotency_key) => self.0.call(&CreateOrder { idempotency_key, request }),
            Err(_) => self.0.refuse(400, &refused("idempotency-key-malformed")),
        }
    }

    /// Where an order stands. Rejects with `not-found` for an order that is none.
    #[wasm_bindgen(js_name = orderStatus, unchecked_return_type = "Promise<OrderStatus>")]
    pub fn order_status(&self, order: &str) -> Promise {
        self.about(order, |order| self.0.call(&ReadOrder { order }))
    }

    /// A new link for an order whose last one ended without payment. Rejects with status 409 while the last link may
    /// still be paid, or once it was.
    #[wasm_bindgen(js_name = retryOrder, unchecked_return_type = "Promise<OrderCreated>")]
    pub fn retry_order(&self, order: &str) -> Promise {
        self.about(order, |order| self.0.call(&RetryOrder { order }))
    }

    /// Takes an order back; answers what became of it. Rejects with status 409 if it turned out to be paid.
    #[wasm_bindgen(js_name = cancelOrder, unchecked_return_type = "Promise<OrderStatus>")]
    pub fn cancel_order(&self, order: &str) -> Promise {
        self.about(order, |order| self.0.call(&CancelOrder { order }))
    }

    /// Text that cannot be an order's is not sent: it might be a path.
    fn about(&self, order: &str, call: impl FnOnce(Capability) -> Promise) -> Promise {
        order.parse().map_or_else(|_| self.0.refuse(404, &refused("not-found")), call)
    }
}

/// A refusal in the form of the Worker's.
struct Refused {
    code: &'static str,
    errors: Vec<ToldProblem>,
}

compago::record_to_json!(Refused { code: "code", errors: "errors" });

fn refused(code: &'static str) -> JsValue {
    to_js(&Refused { code, errors: Vec::new() })
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Text in the languages we speak. */
export interface Localized { "es-MX": string; en: string }

/** What is for sale. Amounts are decimal text, such as "189.00". */
export interface Catalog { currency: "MXN"; items: { sku: string; name: Localized; unitAmount: string }[] }

/** The body of an order. It names no price: the Worker computes it. */
export interface OrderRequest {
  items: { sku: string; quantity: number }[];
  billingInformation: {
    email: string; firstName: string; lastName: string; phoneNumber: string;
    address: { addressLine: string; city: string; state: string; zip: string };
  };
  ttlMinutes?: number;
}

/** An order that can be paid at `checkoutUrl`. `order` is its secret address, `reference` its name for people. */
export interface OrderCreated {
  order: string; reference: string; amount: string; currency: "MXN"; checkoutUrl: string; expiresAt: string;
}

/** Where an order stands. `pollAfterMs` is null once nothing changes by itself any more. */
export interface OrderStatus {
  reference: string;
  status: "awaiting-payment" | "verifying" | "paid" | "expired" | "cancelled" | "on-hold" | "failed";
  amount: string; currency: "MXN"; description: string; expiresAt: string; attempt: number;
  pollAfterMs: number | null; version: number;
}
"#;

#[cfg(test)]
mod tests;
