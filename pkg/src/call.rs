//! A call of our own Worker, by `fetch`.

use compago::{
    edge::Edge,
    endpoint::{Endpoint, Method},
    problem::Locale,
};
use gloo_net::http::{self, RequestBuilder, Response};
use js_sys::{Function, JSON, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{AbortSignal, RequestCache, RequestRedirect};

/// Where calls go, in which language refusals are told, and how they become errors.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The Worker's origin without a slash at its end; empty for the page's own.
    pub(crate) origin: String,
    /// The language of problems.
    pub(crate) locale: Locale,
    /// `(problem, status, retryAfter) -> Error`. The class of errors is JavaScript's (`ShopError` in `status.js`), so that
    /// this client and the poller, which has no wasm, throw the same one.
    pub(crate) make_error: Function,
}

impl Caller {
    /// Makes the call. Only our own Worker's endpoints can be called: what needs the API key has another host, and does
    /// not compile here.
    ///
    /// The answer is the Worker's JSON as it is, made from the very types that `pkg`'s TypeScript names.
    pub(crate) fn call<E: Endpoint<Host = Edge>>(&self, endpoint: &E) -> Promise {
        let request = Prepared {
            method: method(E::METHOD),
            url: format!("{}{}", self.origin, endpoint.path()),
            headers: endpoint.headers(),
            body: endpoint.body(),
        };
        future_to_promise(self.clone().exchange(request))
    }

    /// The error of a call that is not made, because the Worker would answer it so.
    pub(crate) fn refuse(&self, status: u16, problem: &JsValue) -> Promise {
        Promise::reject(&self.error(problem, status, None))
    }

    // One future for all calls: each of its own would be one more state machine in the module.
    async fn exchange(self, request: Prepared) -> Result<JsValue, JsValue> {
        let silence = |_| self.error(&JsValue::UNDEFINED, 0, None);
        let response = self.fetch(request).await.map_err(silence)?;
        let retry_after = response.headers().get("retry-after");
        let text = response.text().await.map_err(silence)?;
        let answer = JSON::parse(&text);
        match answer {
            Ok(answer) if response.ok() => Ok(answer),
            // It was probably carried out, yet what came of it cannot be read: as good as no answer.
            Err(_) if response.ok() => Err(self.error(&JsValue::UNDEFINED, 0, None)),
            refusal => Err(self.error(&refusal.unwrap_or(JsValue::UNDEFINED), response.status(), retry_after)),
        }
    }

    async fn fetch(&self, request: Prepared) -> Result<Response, gloo_net::Error> {
        let mut builder = RequestBuilder::new(&request.url)
            .method(request.method)
            .header("Accept", "application/json, application/problem+json")
            .header("Accept-Language", self.locale.as_str())
            .cache(RequestCache::NoStore)
            .redirect(RequestRedirect::Error)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        match request.body {
            Some(body) => builder.header("Content-Type", "application/json").body(body)?.send().await,
            None => builder.send().await,
        }
    }

    fn error(&self, problem: &JsValue, status: u16, retry_after: Option<String>) -> JsValue {
        let made = self.make_error.call3(&JsValue::NULL, problem, &status.into(), &retry_after.into());
        made.unwrap_or_else(|thrown| thrown)
    }
}

/// Longer than the Worker takes when Compago is slow.
const TIMEOUT_MS: u32 = 20_000;

struct Prepared {
    method: http::Method,
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Option<String>,
}

fn method(method: Method) -> http::Method {
    match method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Patch => http::Method::PATCH,
        Method::Delete => http::Method::DELETE,
    }
}
