//! What a transport refuses: redirects, endless and oversized answers, hosts that do not answer.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::response::Response;
use compago::endpoint::{CallError, Undelivered};
use compago::error::{Reason, Refusal};
use compago::value::PaymentId;
use compago_client::transport::reqwest::Client;
use compago_client::{BaseUrl, Limits, Settings};
use futures_util::{StreamExt, stream};
use tokio::net::TcpListener;

use crate::server::Stub;

async fn error(settings: Settings) -> CallError<Refusal> {
    let client = Client::new("sandbox-key".parse().unwrap(), settings.with_read_retries(0)).unwrap();
    client.one_time_payments().get(PaymentId::from_bytes([7; 16])).await.unwrap_err()
}

fn limited(stub: &Stub, timeout: Duration, max_bytes: usize) -> Settings {
    stub.settings().with_limits(Limits { timeout, max_bytes })
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_takes_the_key_nowhere() {
    let elsewhere = Stub::start(|_| Response::new("{}".into())).await;
    let location = format!("http://{}/steal", elsewhere.address);
    let stub = Stub::start(move |_| {
        Response::builder().status(302).header("location", &location).body(Body::empty()).unwrap()
    })
    .await;
    let CallError::Refused(refusal) = error(stub.settings()).await else { panic!("not a refusal") };
    assert_eq!((refusal.status, refusal.reason), (302, Reason::Redirect));
    let target = "/one-time-payment/07070707-0707-0707-0707-070707070707".to_owned();
    assert_eq!(stub.requests(), [(target, Some("sandbox-key".to_owned()))]);
    assert_eq!(elsewhere.requests(), []);
}

#[tokio::test]
async fn an_answer_without_end_takes_too_long() {
    let stub = Stub::start(|_| {
        let drops = stream::once(async { Ok::<_, Infallible>(Bytes::from_static(b"{")) }).chain(stream::pending());
        Response::new(Body::from_stream(drops))
    })
    .await;
    let settings = limited(&stub, Duration::from_millis(200), 1_000);
    assert_eq!(error(settings).await, CallError::Undelivered(Undelivered::Timeout));
}

#[tokio::test]
async fn an_answer_is_cut_at_its_size_with_and_without_its_length() {
    let body = br#"{"status":"PENDING"}"#;
    for sized in [true, false] {
        let stub = Stub::start(move |_| {
            let pieces = stream::iter(body.chunks(3).map(|piece| Ok::<_, Infallible>(Bytes::from_static(piece))));
            Response::new(if sized { Body::from(&body[..]) } else { Body::from_stream(pieces) })
        })
        .await;
        let settings = limited(&stub, Duration::from_secs(10), body.len() - 1);
        assert_eq!(error(settings).await, CallError::Undelivered(Undelivered::TooLarge), "{sized}");
        let settings = limited(&stub, Duration::from_secs(10), body.len());
        let client = Client::new("sandbox-key".parse().unwrap(), settings).unwrap();
        assert!(client.one_time_payments().get(PaymentId::from_bytes([7; 16])).await.is_ok(), "{sized}");
    }
}

#[tokio::test]
async fn a_closed_port_is_a_failed_connection() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let base: BaseUrl = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    drop(listener);
    assert_eq!(error(base.into()).await, CallError::Undelivered(Undelivered::Network));
}

#[tokio::test]
async fn the_wait_that_the_host_asks_for_reaches_the_caller() {
    let stub =
        Stub::start(|_| Response::builder().status(429).header("retry-after", "17").body(Body::empty()).unwrap()).await;
    let CallError::Refused(refusal) = error(stub.settings()).await else { panic!("not a refusal") };
    assert_eq!((refusal.reason, refusal.retry_after), (Reason::Busy, Some(17)));
}
