//! The client of a Worker's own API over real HTTP.

use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use compago::endpoint::{CallError, Undelivered};
use compago_client::transport::reqwest::EdgeClient;
use compago_client::{BaseUrl, EdgeSettings, Limits};

use crate::server::Stub;

fn base(stub: &Stub) -> BaseUrl {
    format!("http://{}", stub.address).parse().unwrap()
}

#[tokio::test]
async fn a_local_worker_is_called_and_read_again() {
    let stub = Stub::start(|_| Response::builder().status(503).body(Body::empty()).unwrap()).await;
    let client = EdgeClient::new(EdgeSettings::from(base(&stub)).with_read_retries(1)).unwrap();
    assert!(client.shop().catalog().await.is_err());
    assert_eq!(stub.requests(), vec![("/api/shop/catalog".to_owned(), None); 2]);
}

#[tokio::test]
async fn limits_are_those_of_the_settings() {
    let stub = Stub::start(|_| Response::new("{ }".into())).await;
    let limits = Limits { timeout: Duration::from_secs(10), max_bytes: 2 };
    let client = EdgeClient::new(EdgeSettings::from(base(&stub)).with_limits(limits)).unwrap();
    assert_eq!(client.shop().catalog().await.err(), Some(CallError::Undelivered(Undelivered::TooLarge)));
}
