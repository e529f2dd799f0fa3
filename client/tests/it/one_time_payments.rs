//! Payment links against the sandbox.

use compago::api::list::PageSize;
use compago::api::one_time_payment::Status;
use compago::api::one_time_payment::create::CreateOneTimePayment;
use compago::api::one_time_payment::find::Search;
use compago::api::one_time_payment::list::ListOneTimePayments;
use compago::api::one_time_payment::proof::Proof;
use compago::endpoint::CallError;
use compago::error::Reason;
use compago::json;
use compago::value::{BillingInformation, Currency, PaymentId, Ttl};
use compago_client::transport::reqwest::Client;
use futures_util::TryStreamExt;
use serde_json::json;

use crate::server::Running;

pub(crate) fn payer() -> BillingInformation {
    json::from_str(
        r#"{"email":"ana@example.com","firstName":"Ana","lastName":"Ruiz","phoneNumber":"5512340000",
            "address":{"addressLine":"Calle 5 10","city":"Puebla","state":"PUE","zip":"72000"}}"#,
    )
    .unwrap()
}

fn order(external_id: &str) -> CreateOneTimePayment {
    CreateOneTimePayment {
        amount: "250".parse().unwrap(),
        currency: Currency::Mxn,
        description: "Pedido 7".parse().unwrap(),
        external_id: external_id.parse().unwrap(),
        redirect_url: "https://shop.example/orders/7".parse().unwrap(),
        homepage_url: "https://shop.example/".parse().unwrap(),
        ttl: Ttl::HOUR,
        billing_information: payer(),
    }
}

async fn candidate(client: &Client, order: &CreateOneTimePayment) -> PaymentId {
    client.one_time_payments().create(order).await.unwrap().candidate().unwrap()
}

#[tokio::test]
async fn a_candidate_is_proved_contradicted_or_neither() {
    let sandbox = Running::start().await;
    let client = sandbox.client();
    let payments = client.one_time_payments();
    let (mine, other) = (order("order-1"), order("order-2"));
    let (my_id, other_id) = (candidate(&client, &mine).await, candidate(&client, &other).await);
    assert_eq!(payments.prove(my_id, &mine).await, Ok(Proof::Proved));
    assert_eq!(payments.prove(other_id, &mine).await, Ok(Proof::Contradicted));
    let dearer = CreateOneTimePayment { amount: "250.01".parse().unwrap(), ..mine.clone() };
    assert_eq!(payments.prove(my_id, &dearer).await, Ok(Proof::Contradicted));

    sandbox.control(&format!("/one-time-payments/{other_id}/pay"), json!({})).await;
    assert_eq!(payments.get(other_id).await.unwrap().status, Status::Confirmed);
    for order in [&mine, &other] {
        assert_eq!(payments.prove(other_id, order).await, Ok(Proof::Unproved), "confirmed proves neither order");
    }
    let Ok(Search::Found(found)) = payments.find(&other.external_id).await else { panic!("not found") };
    assert_eq!((found.id, found.amount, found.status), (other_id, other.amount, Status::Confirmed));
    assert_eq!(payments.find(&"order-3".parse().unwrap()).await, Ok(Search::Missing));
}

#[tokio::test]
async fn a_link_is_cancelled_and_a_duplicate_is_refused() {
    let sandbox = Running::start().await;
    let client = sandbox.client();
    let id = candidate(&client, &order("order-1")).await;
    assert_eq!(client.one_time_payments().cancel(id).await.unwrap().status, Status::Cancelled);
    let again = client.one_time_payments().create(&order("order-1")).await;
    assert!(matches!(again, Err(CallError::Refused(refusal)) if refusal.reason == Reason::DuplicateExternalId));
    let wrong_key = Client::new("other-key".parse().unwrap(), sandbox.settings()).unwrap();
    let refused = wrong_key.one_time_payments().get(id).await;
    assert!(matches!(refused, Err(CallError::Refused(refusal)) if refusal.reason == Reason::Unauthorized));
}

#[tokio::test]
async fn pages_are_a_stream() {
    let sandbox = Running::start().await;
    sandbox.control("/one-time-payments/seed", json!({ "count": 501 })).await;
    let client = sandbox.client();
    let sizes = client.one_time_payments().pages(None).map_ok(|page| page.readable.len());
    assert_eq!(sizes.try_collect::<Vec<_>>().await, Ok(vec![500, 1]));
    let page_size = PageSize::new(7).unwrap();
    let request = ListOneTimePayments { status: None, currency: Some(Currency::Mxn), page: 2, page_size };
    assert_eq!(client.one_time_payments().list(&request).await.unwrap().readable.len(), 7);

    sandbox.fault("one-time-payment.list", json!({ "kind": "refuse", "status": 503 })).await;
    let pages: Vec<bool> = {
        use futures_util::StreamExt;
        client.one_time_payments().pages(Some(Status::Confirmed)).map(|page| page.is_ok()).collect().await
    };
    assert_eq!(pages, [false], "a stream ends after its first error");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_and_streams_run_in_spawned_tasks() {
    let sandbox = Running::start().await;
    let client = sandbox.client();
    let task = tokio::spawn(async move {
        let id = candidate(&client, &order("order-1")).await;
        let pages: Vec<_> = client.one_time_payments().pages(None).try_collect().await.unwrap();
        (id, pages.len())
    });
    assert_eq!(task.await.unwrap().1, 1);
}
