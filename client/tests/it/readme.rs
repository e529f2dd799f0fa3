//! The README's program, as it is printed.

use compago::value::{Loopback, Origin};

use crate::first_payment::{is_paid, order, payment_link};
use crate::server::Running;

#[test]
fn the_readme_prints_the_code_that_is_tested() {
    assert!(include_str!("../../README.md").contains(include_str!("first_payment.rs")));
}

#[tokio::test]
async fn the_first_payment_is_made_proved_and_paid() {
    let sandbox = Running::start().await;
    let client = sandbox.client();
    let (link, id) = payment_link(&client, &order("order-7-1").unwrap(), sandbox.checkout()).await.unwrap();
    assert_eq!(link.candidate(), Some(id));
    assert!(!is_paid(&client, id).await.unwrap());
    sandbox.control(&format!("/one-time-payments/{id}/pay"), serde_json::json!({})).await;
    assert!(is_paid(&client, id).await.unwrap());
}

#[tokio::test]
async fn a_link_to_another_origin_is_given_to_nobody() {
    let sandbox = Running::start().await;
    let elsewhere = Origin::parse("https://app.compago.com", Loopback::Refused).unwrap();
    let refused = payment_link(&sandbox.client(), &order("order-7-1").unwrap(), elsewhere).await;
    assert!(refused.unwrap_err().to_string().contains("not allowed"));
}
