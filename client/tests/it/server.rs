//! Servers for tests: a sandbox, and one that answers as a test says.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use compago::value::{Environment, Loopback, Origin};
use compago_client::transport::reqwest::Client;
use compago_client::{BaseUrl, Settings};
use compago_sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A sandbox on a free port, which ends with the runtime of the test.
pub(crate) struct Running {
    origin: String,
}

impl Running {
    pub(crate) async fn start() -> Self {
        let sandbox = Sandbox::bind(Options { port: 0, ..Options::default() }).await.unwrap();
        let origin = format!("http://{}", sandbox.address());
        tokio::spawn(sandbox.serve(core::future::pending()));
        Self { origin }
    }

    pub(crate) fn base_url(&self) -> String {
        format!("{}/api", self.origin)
    }

    /// The origin of its checkout, as a browser sees it.
    pub(crate) fn checkout(&self) -> Origin {
        Origin::parse(&self.origin.replace("127.0.0.1", "localhost"), Loopback::Allowed).unwrap()
    }

    pub(crate) fn settings(&self) -> Settings {
        self.base_url().parse::<BaseUrl>().unwrap().into()
    }

    pub(crate) fn client(&self) -> Client {
        Client::new("sandbox-key".parse().unwrap(), self.settings().with_read_retries(0)).unwrap()
    }

    /// A call of the control API.
    pub(crate) async fn control(&self, path: &str, body: Value) {
        let url = format!("{}/_sandbox{path}", self.origin);
        let sent = tokio::task::spawn_blocking(move || ureq::post(&url).send(body.to_string()));
        assert_eq!(sent.await.unwrap().unwrap().status(), 200, "{path}");
    }

    pub(crate) async fn fault(&self, endpoint: &str, fault: Value) {
        self.control("/faults", json!({ "endpoint": endpoint, "count": 1, "fault": fault })).await;
    }
}

/// The target of a request, and the key that came with it.
pub(crate) type Received = (String, Option<String>);

/// A server that records what it receives and answers by a function.
pub(crate) struct Stub {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<Received>>>,
}

impl Stub {
    /// Starts the server. `answer` gets the number of the request, counted from 0.
    pub(crate) async fn start(answer: impl Fn(usize) -> Response + Clone + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::<Mutex<Vec<Received>>>::default();
        let recorded = Arc::clone(&requests);
        let router = Router::new().fallback(move |request: Request| {
            let key = request.headers().get("x-api-key").map(|key| key.to_str().unwrap().to_owned());
            let mut recorded = recorded.lock().unwrap();
            recorded.push((request.uri().to_string(), key));
            core::future::ready(answer(recorded.len() - 1))
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, requests }
    }

    /// The settings of a client of this server.
    pub(crate) fn settings(&self) -> Settings {
        format!("http://{}", self.address).parse::<BaseUrl>().unwrap().into()
    }

    pub(crate) fn requests(&self) -> Vec<Received> {
        self.requests.lock().unwrap().clone()
    }
}

#[test]
fn every_environment_makes_a_client_without_an_installed_provider() {
    for environment in Environment::ALL {
        Client::new("a-key".parse().unwrap(), *environment).unwrap();
    }
}
