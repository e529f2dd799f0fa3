//! The transport of a page, with a stand-in for `fetch`: in Node and in a browser.
#![cfg(all(feature = "gloo-net", target_family = "wasm"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot read what it made fails")]

use core::time::Duration;

use compago::edge::Edge;
use compago::endpoint::{CallError, DecodeError, Endpoint, Method, Reply, Request, Transport, Undelivered};
use compago_client::transport::gloo_net::{self, EdgeTransport};
use compago_client::{BaseUrl, EdgeClient, EdgeSettings, Limits, RetryReads};
use futures_util::FutureExt;
use js_sys::eval;
use wasm_bindgen_test::wasm_bindgen_test;

/// The `fetch` of the page, until it is dropped. Requests are collected in `globalThis.sent`.
struct Fetch;

impl Fetch {
    /// Answers by the body of a function of `request`.
    fn answering(body: &str) -> Self {
        eval(&format!(
            "globalThis.realFetch ??= globalThis.fetch;
             globalThis.sent = [];
             globalThis.fetch = async (request) => {{ globalThis.sent.push(request); {body} }};"
        ))
        .unwrap();
        Self
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        eval("globalThis.fetch = globalThis.realFetch;").unwrap();
    }
}

/// The value of a JavaScript expression, as JSON.
fn json(expression: &str) -> String {
    eval(&format!("JSON.stringify({expression})")).unwrap().as_string().unwrap()
}

fn transport() -> EdgeTransport {
    EdgeTransport::new("http://127.0.0.1:8787".parse().unwrap(), Limits::default())
}

fn within(milliseconds: u64, max_bytes: usize) -> EdgeTransport {
    let limits = Limits { timeout: Duration::from_millis(milliseconds), max_bytes };
    EdgeTransport::new("http://127.0.0.1:8787".parse().unwrap(), limits)
}

fn get() -> Request {
    Request { name: "test.read", method: Method::Get, target: "/api/x?y=1".to_owned(), headers: vec![], body: None }
}

fn post() -> Request {
    let headers = vec![("Idempotency-Key", "\"key\"".to_owned())];
    Request { method: Method::Post, headers, body: Some(r#"{"quantity":1}"#.to_owned()), ..get() }
}

#[wasm_bindgen_test]
async fn an_answer_is_read() {
    let _fetch = Fetch::answering("return new Response('äö', { status: 202, headers: { 'retry-after': '7' } });");
    let reply = transport().send(get()).await.unwrap();
    assert_eq!(reply, Reply { status: 202, retry_after: Some(7), body: "äö".as_bytes().to_vec() });
}

#[wasm_bindgen_test]
async fn an_answer_without_a_body_is_read() {
    let _fetch = Fetch::answering("return new Response(null, { status: 204 });");
    let reply = transport().send(get()).await.unwrap();
    assert_eq!(reply, Reply { status: 204, retry_after: None, body: Vec::new() });
}

/// Cookies go to the page's own origin alone, no redirect is followed, nothing is cached, and there is no secret.
#[wasm_bindgen_test]
async fn a_request_is_sent_as_a_page_may_send_it() {
    let _fetch = Fetch::answering("globalThis.sentBody = await request.text(); return new Response('{}');");
    transport().send(post()).await.unwrap();
    assert_eq!(
        json(
            "(({ url, method, credentials, redirect, cache }) => [url, method, credentials, redirect, cache])(sent[0])"
        ),
        r#"["http://127.0.0.1:8787/api/x?y=1","POST","same-origin","error","no-store"]"#
    );
    let headers: [[&str; 2]; 3] = [
        ["accept", "application/json, application/problem+json"],
        ["content-type", "application/json"],
        ["idempotency-key", r#"\"key\""#],
    ];
    let expected: Vec<_> = headers.iter().map(|[name, value]| format!(r#"["{name}","{value}"]"#)).collect();
    assert_eq!(json("[...sent[0].headers]"), format!("[{}]", expected.join(",")));
    assert_eq!(json("sentBody"), r#""{\"quantity\":1}""#);
}

#[wasm_bindgen_test]
async fn an_answer_that_is_too_large_is_cancelled() {
    let _fetch = Fetch::answering(
        "globalThis.cancelled = false;
         globalThis.chunks = 0;
         const pull = (stream) => { globalThis.chunks += 1; stream.enqueue(new Uint8Array(4)); };
         return new Response(new ReadableStream({ pull, cancel() { globalThis.cancelled = true; } }));",
    );
    assert_eq!(within(10_000, 10).send(get()).await, Err(Undelivered::TooLarge));
    assert_eq!(json("cancelled"), "true");
    // The third chunk is too much, and streams read ahead by a few.
    assert!(eval("chunks").unwrap().as_f64().unwrap() < 8.0);
}

#[wasm_bindgen_test]
async fn an_answer_of_the_largest_size_is_read() {
    let _fetch = Fetch::answering("return new Response('0123456789');");
    assert_eq!(within(10_000, 10).send(get()).await.unwrap().body, b"0123456789");
}

#[wasm_bindgen_test]
async fn a_call_ends_in_time_and_is_aborted() {
    for never in [
        "return new Promise(() => {});",
        "return new Response(new ReadableStream({ start(stream) { stream.enqueue(new Uint8Array(1)); } }));",
    ] {
        let _fetch = Fetch::answering(never);
        assert_eq!(within(20, 10).send(get()).await, Err(Undelivered::Timeout), "{never}");
        assert_eq!(json("sent.map(({ signal }) => signal.aborted)"), "[true]", "{never}");
    }
}

#[wasm_bindgen_test]
async fn a_call_that_nobody_waits_for_is_aborted() {
    let _fetch = Fetch::answering("return new Promise(() => {});");
    assert_eq!(transport().send(get()).now_or_never(), None);
    assert_eq!(json("sent.map(({ signal }) => signal.aborted)"), "[true]");
}

#[wasm_bindgen_test]
async fn a_call_that_has_ended_is_not_aborted() {
    let _fetch = Fetch::answering("return new Response('{}');");
    transport().send(get()).await.unwrap();
    assert_eq!(json("sent.map(({ signal }) => signal.aborted)"), "[false]");
}

#[wasm_bindgen_test]
async fn a_connection_that_fails_is_an_error() {
    for failing in [
        "throw new TypeError('Failed to fetch');",
        "return new Response(new ReadableStream({ start(stream) { stream.error(new TypeError('terminated')); } }));",
    ] {
        let _fetch = Fetch::answering(failing);
        assert_eq!(transport().send(get()).await, Err(Undelivered::Network), "{failing}");
    }
}

#[wasm_bindgen_test]
async fn a_header_that_cannot_be_sent_is_an_error() {
    let _fetch = Fetch::answering("return new Response('{}');");
    let request = Request { headers: vec![("Idempotency-Key", "a\nb".to_owned())], ..post() };
    assert_eq!(transport().send(request).await, Err(Undelivered::Network));
    assert_eq!(json("sent.length"), "0");
}

struct ReadNothing;

impl Endpoint for ReadNothing {
    type Host = Edge;
    type Answer = ();

    const NAME: &'static str = "test.read";
    const METHOD: Method = Method::Get;

    fn path(&self) -> String {
        "/api/x".to_owned()
    }

    fn read(&self, _: &[u8]) -> Result<(), DecodeError> {
        Ok(())
    }
}

#[wasm_bindgen_test]
async fn a_refusal_is_a_problem() {
    let _fetch = Fetch::answering(
        "const problem = { code: 'rate-limited', title: 'Too many requests', detail: 'Wait.' };
         return new Response(JSON.stringify(problem), { status: 429, headers: { 'retry-after': '30' } });",
    );
    let error = EdgeClient::with_transport(transport()).call(&ReadNothing).await.unwrap_err();
    let CallError::Refused(problem) = error else { return assert_eq!(format!("{error:?}"), "Refused") };
    assert_eq!((problem.status, problem.code.as_str(), problem.retry_after), (429, "rate-limited", Some(30)));
}

/// The timer of the transport waits between two tries.
#[wasm_bindgen_test]
async fn a_read_is_repeated() {
    let _fetch = Fetch::answering("return new Response('', { status: globalThis.sent.length === 1 ? 503 : 200 });");
    let client = EdgeClient::with_transport(RetryReads::new(transport(), 1));
    assert_eq!(client.call(&ReadNothing).await, Ok(()));
    assert_eq!(json("sent.length"), "2");
}

#[wasm_bindgen_test]
async fn a_client_has_the_settings_that_it_is_given() {
    let _fetch = Fetch::answering("return new Response('', { status: 503 });");
    let worker: BaseUrl = "http://127.0.0.1:8787".parse().unwrap();
    let client = gloo_net::EdgeClient::new(EdgeSettings::from(worker).with_read_retries(0));
    assert!(client.call(&ReadNothing).await.is_err());
    assert_eq!(json("sent.map(({ url, mode }) => [url, mode])"), r#"[["http://127.0.0.1:8787/api/x","cors"]]"#);
}
