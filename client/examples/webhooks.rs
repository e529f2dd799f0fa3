//! A merchant's backend: receives the webhooks of a compago-edge Worker, and handles each event once.
//!
//! ```text
//! WEBHOOK_SECRET=whsec_... cargo run -p compago-client --features reqwest --example webhooks -- 127.0.0.1:8790 demo
//! ```
//!
//! Point `WEBHOOK_URL` of the Worker at `/webhooks` of this server.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program prints, and has a clock")]

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use compago::value::Environment;
use compago::webhook::{
    DEFAULT_TOLERANCE, EventData, ID_HEADER, OrderData, Received, SIGNATURE_HEADER, SigningSecrets, TIMESTAMP_HEADER,
    Webhook, receive,
};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [address, environment] = words.as_slice() else { return Err("pass an address and an environment".into()) };
    let secrets = env::var("WEBHOOK_SECRET")?.parse()?;
    let shop = Shop { secrets, environment: environment.parse()?, done: Mutex::default() };
    let listener = TcpListener::bind(address).await?;
    println!("listening at {}", listener.local_addr()?);
    Ok(axum::serve(listener, router(shop)).await?)
}

struct Shop {
    /// Both of them while the secret is being changed.
    secrets: SigningSecrets,
    /// Where this backend's orders are paid.
    environment: Environment,
    /// What was done, by the id of the event: in a real backend a table, written in one transaction with what it records.
    done: Mutex<BTreeMap<String, String>>,
}

fn router(shop: Shop) -> Router {
    Router::new().route("/webhooks", post(handle_webhook)).with_state(Arc::new(shop))
}

/// The body is taken as it came: the signature is over its bytes.
async fn handle_webhook(State(shop): State<Arc<Shop>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let received =
        Received { id: header(ID_HEADER), timestamp: header(TIMESTAMP_HEADER), signature: header(SIGNATURE_HEADER) };
    match receive(received, &body, &shop.secrets, SystemTime::now().into(), DEFAULT_TOLERANCE) {
        // The same id is the same event, sent again because an answer was lost.
        Ok(webhook) => {
            let mut done = shop.done.lock().unwrap_or_else(PoisonError::into_inner);
            done.entry(webhook.id.as_str().to_owned()).or_insert_with(|| process(&shop, &webhook));
            StatusCode::NO_CONTENT
        }
        // The Worker tries again for days: a wrong secret here loses nothing.
        Err(error) => {
            println!("refused: {error}: {:?}", error.source().map(ToString::to_string));
            StatusCode::BAD_REQUEST
        }
    }
}

fn process(shop: &Shop, webhook: &Webhook) -> String {
    let done = decide(shop, webhook);
    println!("{}: {done}", webhook.id);
    done
}

fn decide(shop: &Shop, webhook: &Webhook) -> String {
    if webhook.environment != Some(shop.environment.into()) {
        // Nothing was paid in this environment. Only a very old event names none.
        return format!("not of {}: look at it if it names none ({:?})", shop.environment, webhook.environment);
    }
    #[allow(clippy::wildcard_enum_match_arm, reason = "a later version has more events")]
    match &webhook.event {
        EventData::OrderPaid(order) => {
            format!("deliver {}, {} {}: {}", order.reference, order.amount, order.currency, parcel(order))
        }
        EventData::OrderFulfilled(order) => format!("{} is on its way", order.reference),
        EventData::OrderExpired(order) | EventData::OrderCancelled(order) => {
            format!("release the stock of {}", order.reference)
        }
        EventData::OrderOnHold(order) => format!("look at {} before anything is delivered", order.reference),
        EventData::PaymentIntentOnHold(intent) => format!("look at the terminal for {}", intent.external_id),
        EventData::PaymentOnHold(charge) => format!("look at the card's charge {}", charge.reference),
        EventData::PaymentConfirmed(charge) => format!("book {}", charge.reference),
        EventData::PaymentRefunded(charge) => format!("book the refund of {}", charge.reference),
        EventData::PaymentIntentPaid(intent) => format!("book {}", intent.external_id),
        EventData::WebhookTest(_) => "webhooks arrive".to_owned(),
        EventData::Unknown { kind } => format!("{kind} is of a later version"),
        _ => "nothing to do".to_owned(),
    }
}

/// What is delivered. To whom and where is personal: `orders().delivery` of an `EdgeClient` reads it for the label.
fn parcel(order: &OrderData) -> String {
    let items: Vec<String> =
        order.items.iter().map(|item| format!("{} x {}", item.quantity.get(), item.name)).collect();
    if items.is_empty() { "no items".to_owned() } else { items.join(", ") }
}
