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
use compago::api::one_time_payment::create::{CheckoutUrl, CreateOneTimePayment};
use compago::api::one_time_payment::find::Search;
use compago::api::one_time_payment::proof::Proof;
use compago::endpoint::{CallError, Compago, Transport};
use compago::error::Reason;
use compago::json;
use compago::value::{Environment, ExternalId, PaymentId};
use compago_client::{BaseUrl, Client, Settings};

const POLL_INTERVAL: Duration = Duration::from_secs(3);
/// How often an expired link is still read: it may have been paid in its last second.
const POLLS_AFTER_EXPIRY: u8 = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let Some(external_id) = env::args().nth(1) else { return Err("pass an external id that was never used".into()) };
    let settings = match env::var("COMPAGO_BASE_URL") {
        Ok(url) => url.parse::<BaseUrl>()?.into(),
        Err(_) => Settings::from(Environment::Demo),
    };
    let client = Client::new(env::var("COMPAGO_API_KEY")?.parse()?, settings)?;
    let order = order(external_id.parse()?)?;
    let checkout = create(&client, &order).await?;
    let id = prove(&client, &checkout, &order).await?;
    // The id is stored with the order before the payer gets the URL.
    println!("pay at {}", checkout.0);
    println!("{}", poll(&client, id).await?);
    Ok(())
}

fn order(external_id: ExternalId) -> Result<CreateOneTimePayment, Box<dyn Error>> {
    let payer = r#"{
        "email": "ana@example.com", "firstName": "Ana", "lastName": "Ruiz", "phoneNumber": "55 1234 0000",
        "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "72000" }
    }"#;
    Ok(CreateOneTimePayment::builder()
        .amount("350.50".parse()?)
        .description("Pedido 7".parse()?)
        .external_id(external_id)
        .redirect_url("https://shop.example/orders/7".parse()?)
        .homepage_url("https://shop.example/".parse()?)
        .billing_information(json::from_str(payer)?)
        .build())
}

/// Creates the link. Its external id is unique, so repeating a call whose answer was lost cannot make a second one.
async fn create<T>(client: &Client<T>, order: &CreateOneTimePayment) -> Result<CheckoutUrl, Box<dyn Error>>
where
    T: Transport<Compago>,
{
    let links = client.one_time_payments();
    match links.create(order).await {
        Err(error) if !error.did_nothing() => println!("no clear answer ({error}): sent again"),
        answer => return Ok(answer?),
    }
    match links.create(order).await {
        Err(CallError::Refused(refusal)) if refusal.reason == Reason::DuplicateExternalId => {
            Err(describe(&links.find(&order.external_id).await?, order).into())
        }
        answer => Ok(answer?),
    }
}

/// Describes the payment whose URL was in the lost answer.
fn describe(search: &Search, order: &CreateOneTimePayment) -> String {
    match search {
        Search::Found(payment) if payment.status == Status::Pending && payment.amount == order.amount => {
            format!("{} exists and nobody has its URL: cancel it, then use a new external id", payment.id)
        }
        Search::Found(payment) => format!("{} has this external id and is not as expected: look at it", payment.id),
        Search::Missing | Search::Ambiguous | Search::Inconclusive => "not found: search again later".to_owned(),
    }
}

/// Returns the id in the URL, if a read of it names this order. Otherwise nobody must get the URL.
async fn prove<T>(
    client: &Client<T>,
    checkout: &CheckoutUrl,
    order: &CreateOneTimePayment,
) -> Result<PaymentId, Box<dyn Error>>
where
    T: Transport<Compago>,
{
    let candidate = checkout.candidate().ok_or("the checkout URL has no id in it")?;
    match client.one_time_payments().prove(candidate, order).await? {
        Proof::Proved => Ok(candidate),
        proof @ (Proof::Contradicted | Proof::Unproved) => Err(format!("{candidate} is not proved: {proof:?}").into()),
    }
}

/// Reads the payment whose id was proved until it is paid or over.
async fn poll<T>(client: &Client<T>, id: PaymentId) -> Result<&'static str, Box<dyn Error>>
where
    T: Transport<Compago>,
{
    let mut after_expiry = 0;
    loop {
        let reading = client.one_time_payments().get(id).await?;
        match (reading.status, reading.expired) {
            (Status::Confirmed, _) => return Ok("paid"),
            (Status::Cancelled, _) => return Ok("cancelled"),
            (Status::Pending, Some(true)) if after_expiry == POLLS_AFTER_EXPIRY => return Ok("expired"),
            (Status::Pending, Some(true)) => after_expiry += 1,
            (Status::Pending | Status::Unknown(_), _) => {}
        }
        tokio::time::sleep(POLL_INTERVAL).await;
    }
}
