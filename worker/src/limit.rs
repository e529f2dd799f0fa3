//! How often one client, or one role, may ask for what costs something.
//!
//! A client is an address, or an IPv6 network, as Cloudflare tells it (`CF-Connecting-IP`). Whoever runs the Worker
//! elsewhere puts a proxy before it that sets this header; without it clients cannot be told apart. What visitors may make
//! is counted in one place for all of them, see [`crate::open_links`]. Failed tokens and charges have a token bucket in a
//! Durable Object for each client, or each role; the object forgets itself once its bucket is full again.

use compago::edge::{ClientAddress, Role};
use compago::flow::rate::{Bucket, Limit};
use compago::flow::record;
use compago::value::UnixMillis;
use js_sys::Reflect;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{DurableObject, Env, Request, Response, Result, ScheduledTime, State, Storage, durable_object};

use crate::clock::{in_javascript, now};
use crate::durable::{read, read_or_discard};
use crate::env::{CREATE_LIMIT, Config, RATE_LIMITS, RETURN_LIMIT};
use crate::fault::{Fault, InternalError};
use crate::log::{self, Level};
use crate::outgoing::ask_object;
use crate::receive::{Incoming, header};
use crate::respond::json_answer;

/// Who asks; `None` if that is not known: there is no header, or no address in it.
pub(crate) fn client(request: &Incoming) -> Option<ClientAddress> {
    header(request, "cf-connecting-ip")?.parse().ok()
}

/// Counts a wrong token, and returns what to answer. A right token is never counted and never refused, whoever tries
/// tokens from the same address: a shop's tills and its visitors may share one. What protects a token is that it cannot be guessed.
pub(crate) async fn count_failure(fault: Fault, request: &Incoming, env: &Env) -> Fault {
    if !matches!(fault, Fault::WrongToken) {
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
    let allowed = platform_allows(CREATE_LIMIT, "create", client, env).await;
    if allowed { Ok(()) } else { Err(Fault::TooMany { seconds: 60 }) }
}

/// Whether a return may tell its order what was paid. Without Cloudflare's limiter each may: the order itself reads a
/// payment at most every three seconds, and for four returns alone.
pub(crate) async fn admits_return(request: &Incoming, env: &Env) -> bool {
    platform_allows(RETURN_LIMIT, "return", client(request), env).await
}

/// A bucket that cannot be asked refuses nothing: what is limited here is worth less than what a shop sells meanwhile.
async fn take_one(name: &str, limit: Limit, env: &Env) -> Result<(), Fault> {
    match wait_for_one(name, limit, env).await {
        Ok(0) => Ok(()),
        Ok(seconds) => Err(Fault::TooMany { seconds }),
        Err(error) => {
            log::write(Level::Error, "limit-not-asked", json!({ "object": RATE_LIMITS, "error": error.chain() }));
            Ok(())
        }
    }
}

/// Takes one from a bucket; returns in how many seconds there is one, 0 if it was taken.
async fn wait_for_one(name: &str, limit: Limit, env: &Env) -> Result<u32, InternalError> {
    let mut answer = ask_object(RATE_LIMITS, name, &limit.to_string(), env).await?;
    let Wait { wait } = read(&answer.text().await?)?;
    Ok(u32::try_from(wait).unwrap_or(u32::MAX))
}

/// Asks Cloudflare's own limiter; where none is configured, the client is not known or it cannot be asked, it allows all.
async fn platform_allows(name: &str, action: &str, client: Option<ClientAddress>, env: &Env) -> bool {
    let Some(client) = client.filter(|_| is_bound(name, env)) else { return true };
    let outcome = match env.rate_limiter(name) {
        Ok(limiter) => limiter.limit(format!("{action}:{client}")).await,
        Err(error) => Err(error),
    };
    outcome.map_or_else(
        |error| {
            log::write(Level::Error, "limit-not-asked", json!({ "object": name, "error": log::chain(&error) }));
            true
        },
        |outcome| outcome.success,
    )
}

/// Whether there is a binding of that name, whatever it is: one that is no limiter is worth a line in the log.
fn is_bound(name: &str, env: &Env) -> bool {
    Reflect::has(env, &name.into()).unwrap_or_default()
}

/// In how many seconds there is one to take, 0 if one was taken.
#[derive(Serialize, Deserialize)]
struct Wait {
    wait: u64,
}

/// One bucket.
#[durable_object(alarm)]
pub struct RateLimitObject {
    state: State,
}

impl DurableObject for RateLimitObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    /// Takes one from the bucket, which is as large as the request says.
    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let limit: Limit = request.text().await?.parse().map_err(InternalError::malformed("a limit"))?;
        let seconds = take(limit, &self.state.storage()).await?;
        json_answer(200, &Wait { wait: seconds })
    }

    /// Forgets the bucket, if it is full again.
    async fn alarm(&self) -> Result<Response> {
        if let Err(error) = forget(&self.state.storage()).await {
            // A bucket that fails to be forgotten is forgotten when it is used again.
            log::write(
                Level::Warn,
                "bucket-not-forgotten",
                json!({ "object": "rate-limit", "error": log::chain(&error) }),
            );
        }
        Response::empty()
    }
}

/// Takes one from the bucket; returns in how many seconds there is one, 0 if it was taken.
async fn take(limit: Limit, storage: &Storage) -> Result<u64> {
    let (bucket, taken) = stored(storage).await?.unwrap_or_else(|| Bucket::full(now())).take(limit, now());
    match taken {
        Ok(()) => {
            storage.put(BUCKET, record::to_string(&bucket)).await?;
            // One that is past was lost.
            if storage.get_alarm().await?.is_none_or(|at| UnixMillis(at) < now()) {
                storage.set_alarm(ScheduledTime::new(in_javascript(bucket.full_at()))).await?;
            }
            Ok(0)
        }
        // A refusal writes nothing.
        Err(wait) => Ok(wait.seconds().max(1)),
    }
}

async fn forget(storage: &Storage) -> Result<()> {
    match stored(storage).await {
        Ok(Some(bucket)) if bucket.full_at() > now() => {
            storage.set_alarm(ScheduledTime::new(in_javascript(bucket.full_at()))).await
        }
        Ok(_) | Err(_) => storage.delete_all().await,
    }
}

async fn stored(storage: &Storage) -> Result<Option<Bucket>> {
    let text: Option<String> = storage.get(BUCKET).await?;
    Ok(text.and_then(|text| read_or_discard(&text, "rate-limit", BUCKET)))
}

const BUCKET: &str = "bucket";
