//! Planned faults: what the caller sees and whether the call took effect.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::{Running, payment};

#[test]
fn a_lost_answer_commits_and_breaks_the_connection() {
    let sandbox = Running::start();
    sandbox.fault("one-time-payment.create", json!({ "kind": "lose-answer" }));
    let lost = sandbox.api("POST", "/one-time-payment", &payment("ord-1").to_string());
    assert!(lost.is_err(), "no answer may arrive");
    assert_eq!(sandbox.stored().len(), 1);
    let duplicate = sandbox.create(&payment("ord-1"));
    assert_eq!(duplicate.message(), "One time payment with externalId ord-1 already exists.");
    let calls = sandbox.calls();
    assert_eq!((&calls[0]["status"], &calls[0]["fault"]), (&Value::Null, &json!("lose-answer")));
    assert_eq!(calls[0]["id"], sandbox.stored()[0]["id"]);
}

#[test]
fn a_delay_answers_late() {
    let sandbox = Running::start();
    sandbox.fault("one-time-payment.create", json!({ "kind": "delay", "ms": 400 }));
    let started = Instant::now();
    assert_eq!(sandbox.create(&payment("ord-1")).status, 201);
    assert!(started.elapsed() >= Duration::from_millis(400));
}

#[test]
fn a_held_call_commits_first_and_answers_once_the_faults_are_cleared() {
    for (method, path) in [("DELETE", "/faults"), ("POST", "/reset")] {
        let sandbox = Running::start();
        sandbox.fault("one-time-payment.create", json!({ "kind": "hold" }));
        std::thread::scope(|scope| {
            let held = scope.spawn(|| sandbox.create(&payment("ord-1")).status);
            while sandbox.stored().is_empty() {
                std::thread::yield_now();
            }
            assert!(!held.is_finished());
            sandbox.control(method, path, json!({}));
            assert_eq!(held.join().unwrap(), 201);
        });
    }
}

#[test]
fn a_refusal_does_not_commit() {
    let sandbox = Running::start();
    sandbox.fault("one-time-payment.create", json!({ "kind": "refuse", "status": 503 }));
    let refused = sandbox.create(&payment("ord-1"));
    assert_eq!((refused.status, refused.message().as_str()), (503, "Refused by a planned fault"));
    sandbox.fault(
        "one-time-payment.create",
        json!({ "kind": "refuse", "status": 400, "body": { "message": ["a", "b"] } }),
    );
    assert_eq!(sandbox.create(&payment("ord-1")).json(), json!({ "message": ["a", "b"] }));
    assert!(sandbox.stored().is_empty());
    assert_eq!(sandbox.create(&payment("ord-1")).status, 201);
}

#[test]
fn another_answer_commits() {
    let sandbox = Running::start();
    let elsewhere = json!({ "redirectUrl": "https://evil.example/checkout/otp/x" });
    sandbox.fault("one-time-payment.create", json!({ "kind": "answer", "status": 200, "body": elsewhere }));
    let answer = sandbox.create(&payment("ord-1"));
    assert_eq!((answer.status, answer.json()), (200, elsewhere));
    assert_eq!(sandbox.stored().len(), 1);

    let html = json!({ "kind": "answer", "status": 502, "body": "<h1>Bad gateway</h1>", "contentType": "text/html" });
    sandbox.fault("one-time-payment.list", html);
    let answer = sandbox.list("");
    assert_eq!((answer.status, answer.text.as_str()), (502, "<h1>Bad gateway</h1>"));
    assert_eq!(answer.header("content-type"), "text/html");
}

#[test]
fn a_truncated_answer_announces_more_than_it_sends() {
    let sandbox = Running::start();
    sandbox.fault("one-time-payment.create", json!({ "kind": "truncate" }));
    let raw = raw_create(&sandbox, "ord-1");
    let (head, body) = raw.split_once("\r\n\r\n").expect(&raw);
    let announced: usize =
        head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect(head).parse().unwrap();
    assert_eq!(body.len(), announced / 2);
    assert!(body.starts_with("{\"redirectUrl\""), "{body}");
    assert_eq!(sandbox.stored().len(), 1);
}

#[test]
fn a_huge_answer_has_the_size_asked_for() {
    let sandbox = Running::start();
    for bytes in [13, 1_000, 65_549, 3_000_000] {
        sandbox.fault("one-time-payment.list", json!({ "kind": "huge", "bytes": bytes }));
        let answer = sandbox.list("");
        assert_eq!((answer.status, answer.text.len()), (200, bytes));
        assert!(answer.json()["filler"].is_string());
    }
}

#[test]
fn a_redirect_does_not_commit() {
    let sandbox = Running::start();
    sandbox.fault("one-time-payment.create", json!({ "kind": "redirect", "location": "https://evil.example/api" }));
    let answer = sandbox.create(&payment("ord-1"));
    assert_eq!((answer.status, answer.header("location")), (302, "https://evil.example/api"));
    assert!(sandbox.stored().is_empty());
}

#[test]
fn faults_meet_their_endpoint_in_order_and_as_often_as_planned() {
    let sandbox = Running::start();
    let id = sandbox.created("ord-1");
    let plan = |count: u16, status: u16| {
        let fault = json!({ "kind": "refuse", "status": status });
        let planned = json!({ "endpoint": "one-time-payment.get", "count": count, "fault": fault });
        sandbox.control("POST", "/faults", planned)
    };
    plan(2, 500);
    assert_eq!(plan(1, 429).json()["faults"].as_array().unwrap().len(), 2);
    assert_eq!(sandbox.list("").status, 200, "another endpoint");
    let unauthorised = sandbox.send("GET", &format!("/api/one-time-payment/{id}"), &[], "").unwrap();
    assert_eq!(unauthorised.status, 401, "a stranger uses no fault up");
    let statuses: Vec<u16> = (0..4).map(|_| sandbox.get(&id).status).collect();
    assert_eq!(statuses, [500, 500, 429, 200]);

    plan(5, 500);
    assert_eq!(sandbox.control("DELETE", "/faults", Value::Null).json(), json!({ "faults": [] }));
    assert_eq!(sandbox.get(&id).status, 200);
    sandbox.fault("one-time-payment.cancel", json!({ "kind": "refuse", "status": 500 }));
    assert_eq!(sandbox.cancel(&id).status, 500);
    assert_eq!(sandbox.get(&id).json()["status"], "PENDING");
}

#[test]
fn a_fault_with_an_id_meets_only_calls_that_name_it() {
    let sandbox = Running::start();
    let (first, second) = (sandbox.created("ord-1"), sandbox.created("ord-2"));
    let fault = json!({ "kind": "refuse", "status": 503 });
    let planned = json!({ "endpoint": "one-time-payment.get", "id": second, "fault": fault });
    let all = sandbox.control("POST", "/faults", planned).json();
    assert_eq!(all["faults"][0]["id"], json!(second));
    assert_eq!((sandbox.get(&first).status, sandbox.get(&second).status), (200, 503));
    assert_eq!(sandbox.get(&second).status, 200);
}

#[test]
fn invalid_faults_are_refused() {
    let sandbox = Running::start();
    for (planned, expected) in [
        (json!({ "endpoint": "payment.get", "fault": { "kind": "truncate" } }), "unknown variant `payment.get`"),
        (json!({ "endpoint": "one-time-payment.get", "fault": { "kind": "explode" } }), "unknown variant `explode`"),
        (json!({ "endpoint": "one-time-payment.get", "fault": { "kind": "delay" } }), "missing field `ms`"),
        (
            json!({ "endpoint": "one-time-payment.get", "fault": { "kind": "delay", "ms": 1, "x": 2 } }),
            "unknown field `x`",
        ),
        (
            json!({ "endpoint": "one-time-payment.get", "count": 0, "fault": { "kind": "truncate" } }),
            "count must be at least 1",
        ),
        (
            json!({ "endpoint": "one-time-payment.get", "fault": { "kind": "refuse", "status": 200 } }),
            "a refusal's status must be between 400 and 599",
        ),
        (
            json!({ "endpoint": "one-time-payment.create", "id": "x", "fault": { "kind": "truncate" } }),
            "the path of this endpoint names no id",
        ),
        (
            json!({ "endpoint": "payment-method.list", "id": "x", "fault": { "kind": "truncate" } }),
            "the path of this endpoint names no id",
        ),
        (json!({ "endpoint": "one-time-payment.get", "fault": { "kind": "drift" } }), "only a list can drift"),
        (
            json!({ "endpoint": "payment-method.list", "fault": { "kind": "drift", "how": "touch" } }),
            "only one-time payments say when they were updated",
        ),
        (
            json!({ "endpoint": "one-time-payment.get", "fault": { "kind": "redirect", "location": "/x" } }),
            "location must be an http or https URL",
        ),
    ] {
        let answer = sandbox.control("POST", "/faults", planned.clone());
        assert_eq!(answer.status, 400, "{planned}");
        assert!(answer.message().contains(expected), "{planned}: {}", answer.message());
    }
}

/// Create over a bare socket, to see the bytes as they come.
fn raw_create(sandbox: &Running, external_id: &str) -> String {
    use std::io::{Read, Write};

    let address = sandbox.origin.strip_prefix("http://").unwrap();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let body = payment(external_id).to_string();
    write!(
        stream,
        "POST /api/one-time-payment HTTP/1.1\r\nhost: {address}\r\nx-api-key: sandbox-key\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut raw = Vec::new();
    let _ = stream.read_to_end(&mut raw);
    String::from_utf8(raw).unwrap()
}
