//! Token buckets: how many wrong tokens one client may send, and how many charges one role may make.
//!
//! Each client, or each role, has a Durable Object; the object deletes its bucket once that is full again. What visitors may make is
//! counted in one place for all of them, see [`crate::objects::open_links`].

use std::cell::Cell;
use std::time::Duration;

use compago::edge::Role;
use compago::flow::rate::{Bucket, Limit};
use compago::flow::record;
use compago::value::UnixMillis;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{DurableObject, Env, Request, Response, Result, ScheduledTime, State, Storage, durable_object};

use crate::config::{Config, RATE_LIMITS};
use crate::http::error::{ApiError, InternalError};
use crate::http::rate_limit::client;
use crate::http::request::Incoming;
use crate::http::respond::json_answer;
use crate::objects::call::call_object;
use crate::objects::stored::{read, read_or_discard};
use crate::runtime::clock::{in_javascript, now};
use crate::runtime::log::{self, Level};

/// Counts a wrong token, and returns what to answer. A right token is never counted and never refused, even if
/// others try tokens from the same address: a shop's tills and its visitors may share one. Tokens are protected by being unguessable.
pub(crate) async fn count_failure(error: ApiError, request: &Incoming, env: &Env) -> ApiError {
    if !matches!(error, ApiError::WrongToken) {
        return error;
    }
    let Ok(config) = Config::read(env) else { return error };
    let client = client(request).map_or_else(|| "unknown".to_owned(), |client| client.to_string());
    check_bucket(&format!("failure:{client}"), config.limits.failures, env).await.err().unwrap_or(error)
}

/// Refuses a charge of a role that has made too many. The tokens of a role share one allowance.
///
/// # Errors
/// [`ApiError::TooMany`].
pub(crate) async fn check_charge_rate(role: Role, config: &Config, env: &Env) -> Result<(), ApiError> {
    check_bucket(&format!("charge:{}", role.as_str()), config.limits.charges, env).await
}

/// A bucket that cannot be asked refuses nothing: what is limited here is worth less than what a shop sells meanwhile.
async fn check_bucket(name: &str, limit: Limit, env: &Env) -> Result<(), ApiError> {
    match wait_for_one(name, limit, env).await {
        Ok(0) => Ok(()),
        Ok(seconds) => Err(ApiError::TooMany { seconds }),
        Err(error) => {
            log::write(
                Level::Error,
                "rate-limit-not-checked",
                json!({ "object": RATE_LIMITS, "error": error.chain() }),
            );
            Ok(())
        }
    }
}

/// Takes one from a bucket; returns in how many seconds there is one, 0 if it was taken.
async fn wait_for_one(name: &str, limit: Limit, env: &Env) -> Result<u32, InternalError> {
    let mut answer = call_object(RATE_LIMITS, name, &limit.to_string(), env).await?;
    let Wait { wait } = read(&answer.text().await?)?;
    Ok(u32::try_from(wait).unwrap_or(u32::MAX))
}

/// In how many seconds there is one to take, 0 if one was taken.
#[derive(Serialize, Deserialize)]
struct Wait {
    wait: u64,
}

/// For how long an object that nobody asks stays in memory at least: what refills sooner is not stored.
const IN_MEMORY: Duration = Duration::from_secs(10);

/// One bucket.
#[durable_object(alarm)]
pub struct RateLimitObject {
    state: State,
    /// The bucket, once something was taken.
    bucket: Cell<Option<Bucket>>,
}

impl DurableObject for RateLimitObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state, bucket: Cell::default() }
    }

    /// Takes one from the bucket, which is as large as the request says.
    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let limit: Limit = request.text().await?.parse().map_err(InternalError::malformed("a limit"))?;
        let seconds = self.take(limit).await?;
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

impl RateLimitObject {
    /// Takes one from the bucket; returns in how many seconds there is one, 0 if it was taken.
    async fn take(&self, limit: Limit) -> Result<u64> {
        let storage = self.state.storage();
        let known = match self.bucket.get() {
            Some(bucket) => Some(bucket),
            None => stored(&storage).await?,
        };
        let (bucket, taken) = known.unwrap_or_else(|| Bucket::full(now())).take(limit, now());
        match taken {
            Ok(()) => {
                self.bucket.set(Some(bucket));
                if bucket.full_at() > now().plus(IN_MEMORY) {
                    keep(&bucket, &storage).await?;
                }
                Ok(0)
            }
            // A refusal writes nothing.
            Err(wait) => Ok(wait.seconds().max(1)),
        }
    }
}

async fn keep(bucket: &Bucket, storage: &Storage) -> Result<()> {
    storage.put(BUCKET, record::to_string(bucket)).await?;
    // One that is past was lost.
    if storage.get_alarm().await?.is_none_or(|at| UnixMillis(at) < now()) {
        storage.set_alarm(ScheduledTime::new(in_javascript(bucket.full_at()))).await?;
    }
    Ok(())
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
