//! Which calls are repeated, and after which pause.

use std::sync::Mutex;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use compago::endpoint::{Compago, Method, Reply, Request, Transport, Undelivered};
use compago::value::PaymentId;
use compago_client::transport::reqwest::Client;
use compago_client::{RetryReads, Timer};

use crate::server::Stub;

/// Gives the same answer to every call, and records pauses without waiting.
struct Same<'a> {
    answer: Result<Reply, Undelivered>,
    calls: &'a Mutex<u32>,
    pauses: &'a Mutex<Vec<Duration>>,
}

impl Transport<Compago> for Same<'_> {
    async fn send(&self, _: Request) -> Result<Reply, Undelivered> {
        *self.calls.lock().unwrap() += 1;
        self.answer.clone()
    }
}

impl Timer for Same<'_> {
    async fn sleep(&self, duration: Duration) {
        self.pauses.lock().unwrap().push(duration);
    }
}

/// Returns the number of calls and the pauses between them, in milliseconds.
async fn run(method: Method, answer: Result<Reply, Undelivered>, times: u8) -> (u32, Vec<u128>) {
    let (calls, pauses) = (Mutex::default(), Mutex::default());
    let transport = RetryReads::new(Same { answer: answer.clone(), calls: &calls, pauses: &pauses }, times);
    let request = Request { name: "test", method, target: "/".to_owned(), headers: Vec::new(), body: None };
    assert_eq!(transport.send(request).await, answer);
    drop(transport);
    let pauses = pauses.into_inner().unwrap();
    (calls.into_inner().unwrap(), pauses.iter().map(Duration::as_millis).collect())
}

fn status(status: u16, retry_after: Option<u32>) -> Result<Reply, Undelivered> {
    Ok(Reply { status, retry_after, body: Vec::new() })
}

#[tokio::test]
async fn only_a_read_is_repeated() {
    let temporary = [
        Err(Undelivered::Network),
        Err(Undelivered::Timeout),
        status(408, None),
        status(429, Some(1)),
        status(500, None),
        status(503, None),
        status(599, None),
    ];
    for answer in temporary {
        assert_eq!(run(Method::Get, answer.clone(), 2).await.0, 3, "{answer:?}");
        for method in [Method::Post, Method::Patch, Method::Delete] {
            assert_eq!(run(method, answer.clone(), 2).await, (1, vec![]), "{method:?} {answer:?}");
        }
    }
    let final_answers = [200, 201, 302, 400, 401, 403, 404, 421].map(|code| status(code, Some(1)));
    for answer in final_answers.into_iter().chain([Err(Undelivered::TooLarge)]) {
        assert_eq!(run(Method::Get, answer.clone(), 2).await, (1, vec![]), "{answer:?}");
    }
}

#[tokio::test]
async fn pauses_grow_and_respect_the_wait_that_was_asked_for() {
    for (times, wait, expected) in [
        (0, None, vec![]),
        (1, None, vec![500]),
        (3, None, vec![500, 1_000, 2_000]),
        (3, Some(0), vec![500, 1_000, 2_000]),
        (2, Some(2), vec![2_000, 2_000]),
        // All pauses together take 30 s at most; then the host's answer is returned.
        (2, Some(15), vec![15_000, 15_000]),
        (2, Some(16), vec![16_000]),
        (2, Some(30), vec![30_000]),
        (2, Some(31), vec![]),
        (2, Some(u32::MAX), vec![]),
    ] {
        let (calls, pauses) = run(Method::Get, status(429, wait), times).await;
        assert_eq!((calls as usize, &pauses), (expected.len() + 1, &expected), "{times} {wait:?}");
    }
    let (calls, pauses) = run(Method::Get, status(500, None), u8::MAX).await;
    assert_eq!((calls, pauses.last()), (6, Some(&8_000)), "the next pause would make it 31.5 s");
}

#[tokio::test]
async fn a_client_reads_again_by_itself() {
    let stub = Stub::start(|number| match number {
        0 => Response::builder().status(503).body(Body::empty()).unwrap(),
        _ => Response::new(r#"{"status":"PENDING"}"#.into()),
    })
    .await;
    let client = Client::new("sandbox-key".parse().unwrap(), stub.settings()).unwrap();
    client.one_time_payments().get(PaymentId::from_bytes([7; 16])).await.unwrap();
    assert_eq!(stub.requests().len(), 2);
}
