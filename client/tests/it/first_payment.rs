use std::error::Error;

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::create::CreateOneTimePayment;
use compago::api::one_time_payment::link::CheckoutLink;
use compago::api::one_time_payment::proof::Proof;
use compago::value::{Address, BillingInformation, Environment, Origin, PaymentId, StateCode};
use compago_client::checkout_origin;
use compago_client::transport::reqwest::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::new("sandbox-key".parse()?, Environment::Local)?;
    let checkout = checkout_origin(Environment::Local).ok_or("configure the origin of the checkout")?;
    let order = order("order-7-1")?;
    let (link, id) = payment_link(&client, &order, checkout).await?;
    // Store the id with the order, then send the payer to the URL.
    println!("pay at {}", link.url().as_str());
    println!("paid: {}", is_paid(&client, id).await?);
    Ok(())
}

/// `external_id` is unique for ever: a new attempt needs a new one.
pub fn order(external_id: &str) -> Result<CreateOneTimePayment, Box<dyn Error>> {
    let address = Address::builder()
        .address_line("Calle 5 10".parse()?)
        .city("Puebla".parse()?)
        .state(StateCode::Puebla)
        .zip("72000".parse()?)
        .build();
    let payer = BillingInformation::builder()
        .email("ana@example.com".parse()?)
        .first_name("Ana".parse()?)
        .last_name("Ruiz".parse()?)
        .phone_number("55 1234 0000".parse()?)
        .address(address)
        .build();
    Ok(CreateOneTimePayment::builder()
        .amount("250.00".parse()?)
        .description("Pedido 7".parse()?)
        .external_id(external_id.parse()?)
        .redirect_url("https://shop.example/orders/7".parse()?)
        .homepage_url("https://shop.example/".parse()?)
        .billing_information(payer)
        .build())
}

/// Creates the link of an order, and proves which payment it is.
pub async fn payment_link(
    client: &Client,
    order: &CreateOneTimePayment,
    checkout: Origin,
) -> Result<(CheckoutLink, PaymentId), Box<dyn Error>> {
    let payments = client.one_time_payments();
    let link = CheckoutLink::parse(&payments.create(order).await?.0, &[checkout])?;
    let id = link.candidate().ok_or("the checkout URL has no id in it")?;
    match payments.prove(id, order).await? {
        Proof::Proved => Ok((link, id)),
        Proof::Contradicted | Proof::Unproved => Err("nothing ties this link to the order: give it to nobody".into()),
    }
}

/// `id` is the one that is stored with the order, never one from a redirect.
pub async fn is_paid(client: &Client, id: PaymentId) -> Result<bool, Box<dyn Error>> {
    Ok(client.one_time_payments().get(id).await?.status == Status::Confirmed)
}
