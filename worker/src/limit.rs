//! How often one client may ask for what costs something: a token bucket in a Durable Object for each client, which
//! holds wherever the Worker runs, behind Cloudflare's own limiter where one is configured.
//!
//! A client is an address, or an IPv6 network, as Cloudflare tells it (`CF-Connecting-IP`); whoever runs the Worker
//! elsewhere puts a proxy before it that sets this header. The address names the object and is
//! stored nowhere; the object forgets itself once its bucket is full again.

use std::net::Ipv6Addr;

use compago::flow::rate::{Bucket, Limit};
use compago::json;
use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;
use worker::wasm_bindgen;
use worker::wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use worker::{DurableObject, Env, Request, Response, ScheduledTime, State, durable_object};

use crate::clock::{date, now};
use crate::env::{CREATE_LIMIT, RATE_LIMITS, RETURN_LIMIT, objects};
use crate::fault::Fault;
use crate::outgoing::question;
use crate::receive::header;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Costly {
    /// Making an order or another attempt: each makes a payment at Compago.
    Creating,
    /// Coming back from the checkout: each may cause a read.
    Returning,
    /// Trying a token.
    SigningIn,
}

impl Costly {
    const fn name(self) -> &'static str {
        match self {
            Self::Creating => "create",
            Self::Returning => "return",
            Self::SigningIn => "sign-in",
        }
    }

    const fn limit(self) -> &'static str {
        match self {
            Self::Creating => "20/60s",
            Self::Returning => "40/60s",
            Self::SigningIn => "5/60s",
        }
    }

    const fn binding(self) -> Option<&'static str> {
        match self {
            Self::Creating => Some(CREATE_LIMIT),
            Self::Returning => Some(RETURN_LIMIT),
            Self::SigningIn => None,
        }
    }
}

/// Takes one from the client's allowance.
///
/// # Errors
/// [`Fault::TooMany`].
pub(crate) async fn admit(what: Costly, request: &Request, env: &Env) -> Result<(), Fault> {
    let client = header(request, "cf-connecting-ip").map_or_else(|| "local".to_owned(), |address| network(&address));
    let key = format!("{}:{client}", what.name());
    if let Some(name) = what.binding()
        && !platform_allows(name, &key, env).await?
    {
        return Err(Fault::TooMany { seconds: 60 });
    }
    let stub = objects(env, RATE_LIMITS)?.get_by_name(&key)?;
    let mut response = stub.fetch_with_request(question(what.limit())?).await?;
    let Taken { wait } = json::from_str(&response.text().await?).map_err(|_| Fault::Internal)?;
    if wait == 0 { Ok(()) } else { Err(Fault::TooMany { seconds: wait }) }
}

/// The address, or of IPv6 the network that a provider gives to one customer: the first 64 bits.
fn network(address: &str) -> String {
    match address.parse::<Ipv6Addr>() {
        Ok(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::")
        }
        Err(_) => address.to_owned(),
    }
}

/// Asks Cloudflare's own limiter; where none is configured, it allows all.
async fn platform_allows(binding: &str, key: &str, env: &Env) -> worker::Result<bool> {
    let limiter = Reflect::get(env, &binding.into())?;
    if limiter.is_undefined() {
        return Ok(true);
    }
    let limiter: PlatformLimiter = limiter.unchecked_into();
    let options = js_sys::Object::new();
    Reflect::set(&options, &"key".into(), &key.into())?;
    let outcome = JsFuture::from(limiter.limit(&options)?).await?;
    Ok(Reflect::get(&outcome, &"success".into())?.is_truthy())
}

#[wasm_bindgen(wasm_bindgen = worker::wasm_bindgen)]
extern "C" {
    type PlatformLimiter;

    /// Resolves to `{ success }`. The one of the `worker` crate brings serde along.
    #[wasm_bindgen(method, catch)]
    fn limit(this: &PlatformLimiter, options: &js_sys::Object) -> Result<js_sys::Promise, JsValue>;
}

/// The answer of a bucket: how many seconds to wait, or none.
#[derive(Debug)]
struct Taken {
    wait: u64,
}

compago::record_on_the_wire!(Taken { wait: "wait" });

/// One client's bucket.
#[durable_object(alarm)]
pub struct RateLimitObject {
    state: State,
}

impl DurableObject for RateLimitObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let limit: Limit = request.text().await?.parse().map_err(|_| "not a limit")?;
        let storage = self.state.storage();
        let stored = JsFuture::from(storage.as_raw().get(BUCKET)?).await?.as_string();
        let bucket: Bucket = stored.and_then(|text| json::from_str(&text).ok()).unwrap_or_else(|| Bucket::full(now()));
        let (bucket, taken) = bucket.take(limit, now());
        JsFuture::from(storage.as_raw().put(BUCKET, json::to_string(&bucket).into())?).await?;
        storage.set_alarm(ScheduledTime::new(date(bucket.full_at()))).await?;
        Response::ok(json::to_string(&Taken { wait: taken.err().map_or(0, |wait| wait.seconds().max(1)) }))
    }

    async fn alarm(&self) -> worker::Result<Response> {
        // A bucket that fails to be forgotten is forgotten when it is used again.
        let _ = self.state.storage().delete_all().await;
        Response::empty()
    }
}

const BUCKET: &str = "bucket";
