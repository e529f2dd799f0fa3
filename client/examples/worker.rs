//! A Cloudflare Worker of one's own that makes payment links for a form.
//!
//! ```text
//! cargo build -p compago-client --example worker --features worker --target wasm32-unknown-unknown
//! ```
//!
//! In a crate of your own `worker-build` packs it; `wrangler secret put COMPAGO_API_KEY` stores the key.

#![cfg(target_family = "wasm")]

use compago::api::one_time_payment::create::CreateOneTimePayment;
use compago::api::one_time_payment::proof::Proof;
use compago::json;
use compago::value::Environment;
use compago_client::Client;
use worker::{Context, Env, Request, Response, Result, event};

#[event(fetch)]
async fn fetch(mut request: Request, env: Env, _context: Context) -> Result<Response> {
    let key = env.secret("COMPAGO_API_KEY")?.to_string();
    let client = Client::new(key.parse().map_err(|_| "COMPAGO_API_KEY is no key")?, Environment::Demo);
    let Some(order) = order(&request.text().await?) else {
        return Response::error("the payer's data is not complete", 400);
    };
    let links = client.one_time_payments();
    let Ok(checkout) = links.create(&order).await else { return Response::error("try again later", 503) };
    // The id goes into a database with the order here; nobody gets a link that is not proved.
    let Some(candidate) = checkout.candidate() else { return Response::error("try again later", 503) };
    match links.prove(candidate, &order).await {
        Ok(Proof::Proved) => Response::redirect(checkout.0.parse()?),
        Ok(Proof::Contradicted | Proof::Unproved) | Err(_) => Response::error("try again later", 503),
    }
}

/// The payer's data is the body. The price is ours: it never comes from a browser.
fn order(payer: &str) -> Option<CreateOneTimePayment> {
    let number = worker::Date::now().as_millis();
    Some(
        CreateOneTimePayment::builder()
            .amount("350.50".parse().ok()?)
            .description("Entrada general".parse().ok()?)
            .external_id(format!("ticket-{number}").parse().ok()?)
            .redirect_url("https://shop.example/thanks".parse().ok()?)
            .homepage_url("https://shop.example/".parse().ok()?)
            .billing_information(json::from_str(payer).ok()?)
            .build(),
    )
}
