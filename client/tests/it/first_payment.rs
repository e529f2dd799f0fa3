use std::error::Error;

use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::create::{CheckoutUrl, CreateOneTimePayment};
use compago::api::one_time_payment::proof::Proof;
use compago::value::{ApiKey, BillingInformation, Currency, PaymentId, Ttl};
use compago_client::Settings;
use compago_client::transport::reqwest::Client;

/// `settings` is `Environment::Demo.into()` for Compago's demo environment.
pub async fn first_payment(
    key: ApiKey,
    settings: Settings,
    payer: BillingInformation,
) -> Result<(CheckoutUrl, PaymentId), Box<dyn Error>> {
    let client = Client::new(key, settings)?;
    let order = CreateOneTimePayment {
        amount: "250.00".parse()?,
        currency: Currency::Mxn,
        description: "Pedido 7".parse()?,
        external_id: "order-7-1".parse()?, // Unique for ever: a new attempt needs a new one.
        redirect_url: "https://shop.example/orders/7".parse()?,
        homepage_url: "https://shop.example/".parse()?,
        ttl: Ttl::HOUR,
        billing_information: payer,
    };
    let checkout = client.one_time_payments().create(&order).await?;
    let candidate = checkout.candidate().ok_or("the checkout URL has no id in it")?;
    if client.one_time_payments().prove(candidate, &order).await? != Proof::Proved {
        return Err("the candidate is not this order's payment".into());
    }
    Ok((checkout, candidate)) // Store the id with the order, then send the payer to the URL.
}

/// `id` is the one that is stored with the order, never one from a redirect.
pub async fn is_paid(client: &Client, id: PaymentId) -> Result<bool, Box<dyn Error>> {
    Ok(client.one_time_payments().get(id).await?.status == Status::Confirmed)
}
