//! The README's code, run as it is printed.

use crate::first_payment::{first_payment, is_paid};
use crate::one_time_payments::payer;
use crate::server::Running;

#[test]
fn the_readme_prints_the_code_that_is_tested() {
    assert!(include_str!("../../README.md").contains(include_str!("first_payment.rs")));
}

#[tokio::test]
async fn the_first_payment_is_made_proved_and_paid() {
    let sandbox = Running::start().await;
    let key = "sandbox-key".parse().unwrap();
    let (checkout, id) = first_payment(key, sandbox.settings(), payer()).await.unwrap();
    assert_eq!(checkout.candidate(), Some(id));
    assert!(!is_paid(&sandbox.client(), id).await.unwrap());
    sandbox.control(&format!("/one-time-payments/{id}/pay"), serde_json::json!({})).await;
    assert!(is_paid(&sandbox.client(), id).await.unwrap());
}
