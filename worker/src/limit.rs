//! How often one client, or one role, may ask for what costs something.
//!
//! A client is an address, or an IPv6 network, as Cloudflare tells it (`CF-Connecting-IP`). Whoever runs the Worker
//! elsewhere puts a proxy before it that sets this header; without it clients cannot be told apart. What visitors may make
//! is counted in one place for all of them, see [`crate::open_links`]. Failed tokens and charges have a token bucket in a
//! Durable Object for each client, or each role; the object forgets itself once its bucket is full again.

use compago::edge::{ClientAddress, Role};
use compago::flow::rate::{Bucket, Limit};
use compago::json::{self, Json, Object};
use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response};
use worker::Env;

use crate::body::whole_text;
use crate::clock::{from_javascript, in_javascript, now};
use crate::durable::read;
use crate::env::{CREATE_LIMIT, Config, RATE_LIMITS, RETURN_LIMIT};
use crate::fault::Fault;
use crate::outgoing::ask_object;
use crate::receive::header;
use crate::respond::json_answer;
use crate::runtime::{Limiter, ObjectState, Storage, binding, promise};

/// Who asks; `None` if that is not known: there is no header, or no address in it.
pub(crate) fn client(request: &Request) -> Option<ClientAddress> {
    header(request, "cf-connecting-ip")?.parse().ok()
}

/// Counts a wrong token, and returns what to answer. A right token is never counted and never refused, whoever tries
/// tokens from the same address: a shop's tills and its visitors may share one. What protects a token is that it cannot be guessed.
pub(crate) async fn count_failure(fault: Fault, request: &Request, env: &Env) -> Fault {
    if fault != Fault::WrongToken {
        return fault;
    }
    let Ok(config) = Config::read(env) else { return fault };
    let client = client(request).map_or_else(|| "unknown".to_owned(), |client| client.to_string());
    take_one(&format!("failure:{client}"), config.limits.failures, env).await.err().unwrap_or(fault)
}

/// Lets a till charge. The tokens of a role share one allowance.
///
/// # Errors
/// [`Fault::TooMany`].
pub(crate) async fn admit_charge(role: Role, config: &Config, env: &Env) -> Result<(), Fault> {
    take_one(&format!("charge:{}", role.as_str()), config.limits.charges, env).await
}

/// Asks Cloudflare's own limiter of creating, where one is configured: a flood causes no request to an object.
///
/// # Errors
/// [`Fault::TooMany`].
pub(crate) async fn platform_admits_create(client: Option<ClientAddress>, env: &Env) -> Result<(), Fault> {
    let allowed = platform_allows(CREATE_LIMIT, "create", client, env).await.unwrap_or(true);
    if allowed { Ok(()) } else { Err(Fault::TooMany { seconds: 60 }) }
}

/// Whether a return may tell its order what was paid. Without Cloudflare's limiter each may: the order itself reads a
/// payment at most every three seconds, and for four returns alone.
pub(crate) async fn admits_return(request: &Request, env: &Env) -> bool {
    platform_allows(RETURN_LIMIT, "return", client(request), env).await.unwrap_or(true)
}

/// A bucket that cannot be asked refuses nothing: what is limited here is worth less than what a shop sells meanwhile.
async fn take_one(name: &str, limit: Limit, env: &Env) -> Result<(), Fault> {
    match wait_for_one(name, limit, env).await {
        Ok(0) | Err(_) => Ok(()),
        Ok(seconds) => Err(Fault::TooMany { seconds }),
    }
}

/// Takes one from a bucket; returns in how many seconds there is one, 0 if it was taken.
async fn wait_for_one(name: &str, limit: Limit, env: &Env) -> Result<u32, Fault> {
    let answer = ask_object(RATE_LIMITS, name, &limit.to_string(), env).await?;
    let answer: Json = read(&whole_text(answer.text()).await?)?;
    answer.field("wait").map_err(|_| Fault::Internal)
}

/// Asks Cloudflare's own limiter; where none is configured, or the client is not known, it allows all.
async fn platform_allows(name: &str, action: &str, client: Option<ClientAddress>, env: &Env) -> Result<bool, JsValue> {
    let (Ok(limiter), Some(client)) = (binding::<Limiter>(env, name), client) else { return Ok(true) };
    let options = js_sys::Object::new();
    Reflect::set(&options, &"key".into(), &format!("{action}:{client}").into())?;
    let outcome = JsFuture::from(limiter.limit(&options)?).await?;
    Ok(Reflect::get(&outcome, &"success".into())?.is_truthy())
}

/// One bucket.
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

    /// Forgets the bucket, if it is full again.
    pub fn alarm(&self) -> Promise {
        promise(forget(self.state.storage()))
    }
}

async fn take(request: Request, storage: Storage) -> Result<Response, JsValue> {
    let limit: Limit = whole_text(request.text()).await?.parse().map_err(|_| "not a limit")?;
    let stored = stored(&storage).await?;
    let (bucket, taken) = stored.unwrap_or_else(|| Bucket::full(now())).take(limit, now());
    let seconds = match taken {
        Ok(()) => {
            JsFuture::from(storage.put(BUCKET, &json::to_string(&bucket))?).await?;
            // One that is past was lost.
            let alarm = JsFuture::from(storage.get_alarm()?).await?.as_f64().map(from_javascript);
            if alarm.is_none_or(|at| at < now()) {
                JsFuture::from(storage.set_alarm(in_javascript(bucket.full_at()))?).await?;
            }
            0
        }
        // A refusal writes nothing.
        Err(wait) => wait.seconds().max(1),
    };
    json_answer(200, &Object(&[("wait", &seconds)]))
}

async fn forget(storage: Storage) -> Result<JsValue, JsValue> {
    // A bucket that fails to be forgotten is forgotten when it is used again.
    let settled = match stored(&storage).await {
        Ok(Some(bucket)) if bucket.full_at() > now() => storage.set_alarm(in_javascript(bucket.full_at())),
        Ok(_) | Err(_) => storage.delete_all(),
    };
    if let Ok(settled) = settled {
        let _ = JsFuture::from(settled).await;
    }
    Ok(JsValue::UNDEFINED)
}

async fn stored(storage: &Storage) -> Result<Option<Bucket>, JsValue> {
    let text = JsFuture::from(storage.get(BUCKET)?).await?.as_string();
    Ok(text.and_then(|text| json::from_str(&text).ok()))
}

const BUCKET: &str = "bucket";
