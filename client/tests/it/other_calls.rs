//! Charges at terminals and saved cards against the sandbox.

use compago::api::list::PageSize;
use compago::api::payment_intent::Status;
use compago::api::payment_intent::create::CreatePaymentIntent;
use compago::api::payment_intent::get::Charge;
use compago::api::payment_method::charge::ChargePaymentMethod;
use compago::api::payment_method::create::{CreatePaymentMethod, Display};
use compago::api::payment_method::list::ListPaymentMethods;
use compago::api::payment_method::payments::ListCardPayments;
use compago::api::payment_method::refund::RefundCardPayment;
use compago::api::payment_method::{CardPaymentStatus, MethodStatus};
use compago::json;
use compago::value::Currency;
use futures_util::TryStreamExt;
use serde_json::json;

use crate::server::Running;

#[tokio::test]
async fn a_charge_at_a_terminal() {
    let sandbox = Running::start().await;
    let client = sandbox.client();
    let intents = client.payment_intents();
    let charge = |external_id: &str| CreatePaymentIntent {
        amount: "99.50".parse().unwrap(),
        currency: Currency::Mxn,
        external_id: external_id.parse().unwrap(),
        terminal_code: None,
    };
    let created = intents.create(&charge("sale-1")).await.unwrap();
    assert!(created.answers(&charge("sale-1")) && !created.answers(&charge("sale-2")));
    sandbox.control(&format!("/payment-intents/{}/tap", created.id), json!({})).await;
    assert_eq!(intents.get(created.id).await.unwrap().charge, Some(Charge::Succeeded));

    let second = intents.create(&charge("sale-2")).await.unwrap();
    intents.cancel(second.id).await.unwrap();
    assert_eq!(intents.get(second.id).await.unwrap().status, Status::Cancelled);
}

#[tokio::test]
async fn a_saved_card_is_charged_refunded_and_revoked() {
    let sandbox = Running::start().await;
    let client = sandbox.client();
    let cards = client.payment_methods();
    let payer = r#"{"email":"ana@example.com","firstName":"Ana","lastName":"Ruiz","phoneNumber":"5512340000"}"#;
    let card = CreatePaymentMethod {
        payer: json::from_str(payer).unwrap(),
        external_id: None,
        display: Display::Link,
        verification_amount: None,
        redirect_url: None,
        ttl: None,
    };
    let method = cards.create(&card).await.unwrap().id;
    sandbox.control(&format!("/payment-methods/{method}/save"), json!({})).await;
    assert_eq!(cards.get(method).await.unwrap().status, MethodStatus::Active);

    let amount = "120".parse().unwrap();
    let charge = ChargePaymentMethod { method, amount, currency: Currency::Mxn, description: None };
    let charged = cards.charge(&charge).await.unwrap();
    assert_eq!(charged.status, CardPaymentStatus::Confirmed);
    assert_eq!(cards.payment(method, charged.id).await.unwrap().id, charged.id);
    let page = ListCardPayments { method, status: None, page: 1, page_size: PageSize::DEFAULT };
    assert_eq!(cards.payments(&page).await.unwrap().readable.len(), 1);
    assert!(cards.all_payments(method).await.unwrap().complete);
    let pages: Vec<_> = cards.payment_pages(method, Some(CardPaymentStatus::Confirmed)).try_collect().await.unwrap();
    assert_eq!(
        pages.iter().flat_map(|page| &page.readable).map(|payment| payment.id).collect::<Vec<_>>(),
        [charged.id]
    );
    let pages: Vec<_> = cards.payment_pages(method, Some(CardPaymentStatus::Refunded)).try_collect().await.unwrap();
    assert!(pages.iter().all(|page| page.readable.is_empty()));
    let refunded = cards.refund(&RefundCardPayment { method, id: charged.id, reason: None }).await.unwrap();
    assert_eq!(refunded.status, CardPaymentStatus::Refunded);

    assert!(cards.revoke(method).await.unwrap().success);
    let page = ListPaymentMethods { status: Some(MethodStatus::Revoked), page: 1, page_size: PageSize::DEFAULT };
    assert_eq!(cards.list(&page).await.unwrap().readable[0].id, method);
    let pages: Vec<_> = cards.pages(Some(MethodStatus::Active)).try_collect().await.unwrap();
    assert!(pages.iter().all(|page| page.readable.is_empty()));
}
