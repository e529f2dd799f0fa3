//! A running sandbox and the calls that tests make to it.

use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use compago_sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use ureq::http::{HeaderMap, Request};

/// One answer, whatever its status.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|problem| panic!("{problem} in {}", self.text))
    }

    pub(crate) fn message(&self) -> String {
        self.json()["message"].as_str().expect("a message").to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

/// A sandbox on a free port, ended when dropped.
pub(crate) struct Running {
    pub(crate) origin: String,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub(crate) fn start() -> Self {
        Self::start_with(Options { port: 0, ..Options::default() })
    }

    pub(crate) fn start_with(options: Options) -> Self {
        let (sender, receiver) = mpsc::channel();
        let (end, ended) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let sandbox = Sandbox::bind(options).await.unwrap();
                sender.send(sandbox.address()).unwrap();
                sandbox
                    .serve(async {
                        let _ = ended.await;
                    })
                    .await
                    .unwrap();
            });
        });
        let origin = format!("http://{}", receiver.recv().unwrap());
        Self { origin, end: Some(end), thread: Some(thread) }
    }

    /// One call; an error is a connection that gave no whole answer.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Answer, ureq::Error> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(30)))
            .allow_non_standard_methods(true)
            .build()
            .into();
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        // The client refuses a body, even an empty one, with methods that usually have none.
        let response = match (method, body) {
            ("GET" | "DELETE", "") => agent.run(request.body(()).unwrap())?,
            _ => agent.run(request.body(body.to_owned()).unwrap())?,
        };
        let (parts, body) = response.into_parts();
        let text = body.into_with_config().limit(u64::MAX).read_to_string()?;
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, text })
    }

    /// A call of the API with the right key.
    pub(crate) fn api(&self, method: &str, path: &str, body: &str) -> Result<Answer, ureq::Error> {
        let headers = [("x-api-key", "sandbox-key"), ("content-type", "application/json")];
        self.send(method, &format!("/api{path}"), &headers, body)
    }

    pub(crate) fn create(&self, body: &Value) -> Answer {
        self.api("POST", "/one-time-payment", &body.to_string()).unwrap()
    }

    /// Creates a payment and returns its id.
    pub(crate) fn created(&self, external_id: &str) -> String {
        let answer = self.create(&payment(external_id));
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["redirectUrl"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    }

    pub(crate) fn get(&self, id: &str) -> Answer {
        self.api("GET", &format!("/one-time-payment/{id}"), "").unwrap()
    }

    pub(crate) fn list(&self, query: &str) -> Answer {
        self.api("GET", &format!("/one-time-payment{query}"), "").unwrap()
    }

    pub(crate) fn cancel(&self, id: &str) -> Answer {
        self.api("PATCH", &format!("/one-time-payment/{id}/cancel"), "").unwrap()
    }

    /// A call of the control API.
    pub(crate) fn control(&self, method: &str, path: &str, body: Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.send(method, &format!("/_sandbox{path}"), &[], &body).unwrap()
    }

    /// Plans a fault that must be accepted.
    pub(crate) fn fault(&self, endpoint: &str, fault: Value) {
        let planned = self.control("POST", "/faults", json!({ "endpoint": endpoint, "count": 1, "fault": fault }));
        assert_eq!(planned.status, 200, "{}", planned.text);
    }

    pub(crate) fn set(&self, settings: Value) {
        let set = self.control("PUT", "/settings", settings);
        assert_eq!(set.status, 200, "{}", set.text);
    }

    pub(crate) fn advance_minutes(&self, minutes: i64) {
        let advanced = self.control("POST", "/clock", json!({ "advanceMs": minutes * 60_000 }));
        assert_eq!(advanced.status, 200, "{}", advanced.text);
    }

    pub(crate) fn stored(&self) -> Vec<Value> {
        self.control("GET", "/state", Value::Null).json()["payments"].as_array().unwrap().clone()
    }

    pub(crate) fn calls(&self) -> Vec<Value> {
        self.control("GET", "/calls", Value::Null).json()["calls"].as_array().unwrap().clone()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = end.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A body that create accepts.
pub(crate) fn payment(external_id: &str) -> Value {
    json!({
        "amount": 350.5,
        "currency": "MXN",
        "description": "Pedido 881",
        "externalId": external_id,
        "redirectUrl": "https://shop.example/vuelta?ref=881",
        "homepageUrl": "https://shop.example",
        "ttlMinutes": 60,
        "billingInformation": {
            "email": "ana@example.com",
            "firstName": "Ana",
            "lastName": "Ruiz",
            "phoneNumber": "+525512340000",
            "address": { "addressLine": "Calle 5 10", "city": "Puebla", "state": "PUE", "zip": "03100" }
        }
    })
}

/// The body with one field, named by JSON pointer, replaced or (by null) removed.
pub(crate) fn payment_with(external_id: &str, pointer: &str, value: Value) -> Value {
    let mut body = payment(external_id);
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        parent.remove(name);
    } else {
        parent.insert(name.to_owned(), value);
    }
    body
}

/// The field names of an object, sorted.
pub(crate) fn names(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}
