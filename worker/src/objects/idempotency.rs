//! What an idempotency key was first used for: noted in the register before anything is done.

use compago::edge::{Fingerprint, IdempotencyKey, Scope};
use compago::json;
use compago::value::Reference;
use serde::{Deserialize, Serialize};
use worker::Env;

use crate::config::Config;
use crate::http::error::ApiError;
use crate::objects::key_index;
use crate::objects::stored::read;

/// What stands in the register.
#[derive(Debug, Serialize, Deserialize)]
struct KeyEntry {
    /// Of the body, to tell a repeated request from another one.
    fingerprint: Fingerprint,
    /// Where what the key made is kept.
    #[serde(rename = "home")]
    object: String,
}

/// The reference that the key gives, and the home that was noted when it was first used, also before the signing key was
/// changed; now, if it was not.
///
/// # Errors
/// [`ApiError::KeyReused`] if it was used with another body.
pub(crate) async fn claim(
    key: &IdempotencyKey,
    scope: Scope,
    body: &str,
    object: impl FnOnce(&Reference) -> String,
    config: &Config,
    env: &Env,
) -> Result<(Reference, String), ApiError> {
    let (key, noted) = match former(key, scope, config, env).await? {
        Some(found) => found,
        None => {
            let key = key.reference(scope, &config.keys);
            let fingerprint = Fingerprint::of(body.as_bytes(), &config.keys);
            let ours = KeyEntry { fingerprint, object: object(&key) };
            (key, read(&key_index::put_if_absent(&name(&key), &json::to_string(&ours), env).await?)?)
        }
    };
    let KeyEntry { fingerprint, object } = noted;
    if fingerprint.fits(body.as_bytes(), &config.keys) { Ok((key, object)) } else { Err(ApiError::KeyReused) }
}

async fn former(
    key: &IdempotencyKey,
    scope: Scope,
    config: &Config,
    env: &Env,
) -> Result<Option<(Reference, KeyEntry)>, ApiError> {
    let Some(former) = key.former_reference(scope, &config.keys) else { return Ok(None) };
    Ok(key_index::get(&name(&former), env).await?.map(|noted| (former, noted)))
}

fn name(key: &Reference) -> String {
    format!("key/{}", key.compact())
}
