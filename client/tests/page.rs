//! A client of the Worker that serves the page, in a browser.
#![cfg(all(feature = "gloo-net", target_family = "wasm"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot read what it made fails")]

use compago::edge::ProblemDetails;
use compago::endpoint::{Method, Request, Transport};
use compago_client::Limits;
use compago_client::transport::gloo_net::EdgeTransport;
use js_sys::eval;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn request() -> Request {
    let target = "/api/not-there".to_owned();
    Request { name: "test.read", method: Method::Get, target, headers: vec![], body: None }
}

/// The server of the tests has no such path.
#[wasm_bindgen_test]
async fn the_server_of_the_page_is_asked() {
    let reply = EdgeTransport::for_page(Limits::default()).send(request()).await.unwrap();
    assert_eq!((reply.status, ProblemDetails::read(&reply).code.as_str()), (404, ProblemDetails::UNKNOWN));
}

/// The browser refuses to send a request of this mode to another origin.
#[wasm_bindgen_test]
async fn no_other_server_is_asked() {
    eval(
        "globalThis.realFetch = globalThis.fetch;
         globalThis.fetch = async ({ url, mode }) => { globalThis.sent = { url, mode }; return new Response(''); };",
    )
    .unwrap();
    let result = EdgeTransport::for_page(Limits::default()).send(request()).await;
    eval("globalThis.fetch = globalThis.realFetch;").unwrap();
    assert!(result.is_ok());
    let sent = eval("sent.url === `${location.origin}/api/not-there` && sent.mode").unwrap();
    assert_eq!(sent.as_string().as_deref(), Some("same-origin"));
}
