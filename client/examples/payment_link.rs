//! Creates a payment link, proves that the id in it belongs to it, and reads the payment until it is paid or over.
//!
//! ```text
//! COMPAGO_API_KEY=... cargo run -p compago-client --features reqwest --example payment_link -- order-7-1
//! ```
//!
//! `COMPAGO_BASE_URL=http://127.0.0.1:8788/api` calls the sandbox that `npm start` runs, whose key is `sandbox-key`; without it,
//! Compago's demo environment is called.

#![allow(clippy::print_stdout, reason = "a program prints")]

use std::env;
use std::error::Error;
use std::time::Duration;

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::create::CreateOneTimePayment;
use compago::api::one_time_payment::find::Search;
use compago::api::one_time_payment::proof::Proof;
use compago::endpoint::{Compago, Transport};
use compago::json;
use compago::value::{Environment, ExternalId, PaymentId};
use compago_client::{BaseUrl, Client, Settings};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let Some(external_id) = env::args().nth(1) else { return Err("pass an external id that was never used".into()) };
    let settings = match env::var("COMPAGO_BASE_URL") {
        Ok(url) => url.parse::<BaseUrl>()?.into(),
        Err(_) => Settings::from(Environment::Demo),
    };
    let client = Client::new(env::var("COMPAGO_API_KEY")?.parse()?, settings)?;
    let (url, id) = create(&client, external_id.parse()?).await?;
    println!("pay at {url}");
    let outcome = loop {
        match follow(&client, id).await? {
            Some(outcome) => break outcome,
            None => tokio::time::sleep(Duration::from_secs(3)).await,
        }
    };
    println!("{outcome}");
    Ok(())
}

/// Creates the link of an order. The id is stored with the order before the payer gets the URL.
async fn create<T>(client: &Client<T>, external_id: ExternalId) -> Result<(String, PaymentId), Box<dyn Error>>
where
    T: Transport<Compago>,
{
    let payer = r#"{
        "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "55 1234 0000",
        "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "72000" }
    }"#;
    let order = CreateOneTimePayment::builder()
        .amount("350.50".parse()?)
        .description("Pedido 7".parse()?)
        .external_id(external_id)
        .redirect_url("https://shop.example/orders/7".parse()?)
        .homepage_url("https://shop.example/".parse()?)
        .billing_information(json::from_str(payer)?)
        .build();
    let links = client.one_time_payments();
    let checkout = match links.create(&order).await {
        Ok(checkout) => checkout,
        Err(error) if error.did_nothing() => return Err(error.into()),
        // The answer was lost, and the payment may exist: the list finds it, and a new attempt needs a new external id.
        Err(error) => {
            return Err(match links.find(&order.external_id).await? {
                Search::Found(payment) => format!("it exists without its link: cancel {}", payment.id).into(),
                Search::Missing | Search::Ambiguous | Search::Inconclusive => error.into(),
            });
        }
    };
    let candidate = checkout.candidate().ok_or("the checkout URL has no id in it")?;
    match links.prove(candidate, &order).await? {
        Proof::Proved => Ok((checkout.0, candidate)),
        Proof::Contradicted | Proof::Unproved => Err("nothing ties this link to the order: give it to nobody".into()),
    }
}

/// Returns what became of the payment whose id was proved, once it cannot change any more.
async fn follow<T>(client: &Client<T>, id: PaymentId) -> Result<Option<&'static str>, Box<dyn Error>>
where
    T: Transport<Compago>,
{
    let reading = client.one_time_payments().get(id).await?;
    Ok(match (reading.status, reading.expired) {
        (Status::Confirmed, _) => Some("paid"),
        (Status::Cancelled, _) => Some("cancelled"),
        (Status::Pending, Some(true)) => Some("expired"),
        (Status::Pending | Status::Unknown(_), _) => None,
    })
}
