//! How often one client may ask for what costs something: a token bucket in a Durable Object for each client, which
//! holds wherever the Worker runs, behind Cloudflare's own limiter where one is configured.
//!
//! A client is an address, or an IPv6 network, as Cloudflare tells it (`CF-Connecting-IP`); whoever runs the Worker
//! elsewhere puts a proxy before it that sets this header. The address names the object and is
//! stored nowhere; the object forgets itself once its bucket is full again.

use std::net::Ipv6Addr;

use compago::flow::rate::{Bucket, Limit};
use compago::json::{self, Json, Object};
use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};
use worker::Env;

use crate::body::whole_text;
use crate::clock::{in_javascript, now};
use crate::durable::read;
use crate::env::{CREATE_LIMIT, RATE_LIMITS, RETURN_LIMIT};
use crate::fault::Fault;
use crate::outgoing::ask_object;
use crate::receive::header;
use crate::respond::json_answer;
use crate::runtime::{Limiter, ObjectState, Storage, binding, promise};

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
    let answer = ask_object(RATE_LIMITS, &key, what.limit(), env).await?;
    let answer: Json = read(&whole_text(answer.text()).await?)?;
    match answer.field("wait").map_err(|_| Fault::Internal)? {
        0 => Ok(()),
        seconds => Err(Fault::TooMany { seconds }),
    }
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
async fn platform_allows(name: &str, key: &str, env: &Env) -> Result<bool, JsValue> {
    let Ok(limiter) = binding::<Limiter>(env, name) else { return Ok(true) };
    let options = js_sys::Object::new();
    Reflect::set(&options, &"key".into(), &key.into())?;
    let outcome = JsFuture::from(limiter.limit(&options)?).await?;
    Ok(Reflect::get(&outcome, &"success".into())?.is_truthy())
}

/// One client's bucket.
#[wasm_bindgen]
pub struct RateLimitObject {
    state: ObjectState,
}

#[wasm_bindgen]
impl RateLimitObject {
    /// The object wakes up.
    #[wasm_bindgen(constructor)]
    pub fn new(state: ObjectState, _env: Env) -> Self {
        Self { state }
    }

    /// Takes one from the bucket, which is as large as the request says.
    pub fn fetch(&self, request: Request) -> Promise {
        promise(take(request, self.state.storage()))
    }

    /// Forgets the bucket, which is full again.
    pub fn alarm(&self) -> Promise {
        promise(forget(self.state.storage()))
    }
}

async fn take(request: Request, storage: Storage) -> Result<Response, JsValue> {
    let limit: Limit = whole_text(request.text()).await?.parse().map_err(|_| "not a limit")?;
    let stored = JsFuture::from(storage.get(BUCKET)?).await?.as_string();
    let bucket: Bucket = stored.and_then(|text| json::from_str(&text).ok()).unwrap_or_else(|| Bucket::full(now()));
    let (bucket, taken) = bucket.take(limit, now());
    JsFuture::from(storage.put(BUCKET, &json::to_string(&bucket))?).await?;
    JsFuture::from(storage.set_alarm(in_javascript(bucket.full_at()))?).await?;
    let seconds = taken.err().map_or(0, |wait| wait.seconds().max(1));
    json_answer(200, &Object(&[("wait", &seconds)]))
}

async fn forget(storage: Storage) -> Result<JsValue, JsValue> {
    // A bucket that fails to be forgotten is forgotten when it is used again.
    if let Ok(forgotten) = storage.delete_all() {
        let _ = JsFuture::from(forgotten).await;
    }
    Ok(JsValue::UNDEFINED)
}

const BUCKET: &str = "bucket";
