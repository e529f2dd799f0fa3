//! Your own Cloudflare Worker: creates the payment link of an order that it has stored.
//!
//! ```text
//! cargo build -p compago-client --example worker --features worker --target wasm32-unknown-unknown
//! ```
//!
//! In a crate of your own `worker-build` packs it; `wrangler secret put COMPAGO_API_KEY` stores the key. This one keeps the order in a
//! KV namespace `ORDERS`, under its number, as `{ "payer": billingInformation, "paymentId": null }`.

#![cfg(target_family = "wasm")]

use compago::api::one_time_payment::create::CreateOneTimePayment;
use compago::api::one_time_payment::proof::Proof;
use compago::value::{BillingInformation, Environment, PaymentId};
use compago_client::Client;
use serde::{Deserialize, Serialize};
use worker::{Context, Env, Request, Response, Result, event};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    payer: BillingInformation,
    /// Proved: a `CONFIRMED` read of it means that this order was paid.
    payment_id: Option<PaymentId>,
}

#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    let number = request.path().trim_start_matches("/pay/").to_owned();
    let orders = env.kv("ORDERS")?;
    let Some(mut order) = orders.get(&number).json::<Order>().await? else {
        return Response::error("no such order", 404);
    };
    let key = env.secret("COMPAGO_API_KEY")?.to_string().parse().map_err(|_| "COMPAGO_API_KEY is not a valid key")?;
    let Some(link) = link(&number, &order.payer) else { return Response::error("no such order", 404) };

    // A second request for the same order is refused by Compago: its external id is taken.
    let links = Client::new(key, Environment::Demo);
    let links = links.one_time_payments();
    let Ok(checkout) = links.create(&link).await else { return Response::error("try again later", 503) };
    let Some(candidate) = checkout.candidate() else { return Response::error("try again later", 503) };
    match links.prove(candidate, &link).await {
        Ok(Proof::Proved) => order.payment_id = Some(candidate),
        Ok(Proof::Contradicted | Proof::Unproved) | Err(_) => return Response::error("try again later", 503),
    }
    orders.put(&number, &order)?.execute().await?;
    Response::redirect(checkout.0.parse()?)
}

/// The price is the Worker's own: it never comes from a browser.
fn link(number: &str, payer: &BillingInformation) -> Option<CreateOneTimePayment> {
    Some(
        CreateOneTimePayment::builder()
            .amount("350.50".parse().ok()?)
            .description("Entrada general".parse().ok()?)
            .external_id(format!("ticket-{number}").parse().ok()?)
            .redirect_url(format!("https://shop.example/tickets/{number}").parse().ok()?)
            .homepage_url("https://shop.example/".parse().ok()?)
            .billing_information(payer.clone())
            .build(),
    )
}
