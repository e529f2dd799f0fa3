//! What an idempotency key was first used for: written to the index of keys before anything is done.

use compago::edge::{Fingerprint, IdempotencyKey, Scope};
use compago::json;
use compago::value::Reference;
use serde::{Deserialize, Serialize};
use worker::Env;

use crate::config::KeyedConfig;
use crate::http::error::ApiError;
use crate::objects::key_index;
use crate::objects::stored::read;

/// The entry of an idempotency key in the index of keys.
#[derive(Debug, Serialize, Deserialize)]
struct KeyEntry {
    /// The fingerprint of the body, to distinguish a repeated request from another one.
    fingerprint: Fingerprint,
    /// The object that keeps what the key created.
    #[serde(rename = "home")]
    object: String,
}

/// Returns the reference that the key gives, and the object that was written when the key was first used, also before the signing
/// key was changed. A key that was never used is entered now.
///
/// # Errors
/// [`ApiError::KeyReused`] if it was used with another body.
pub(crate) async fn claim(
    key: &IdempotencyKey,
    scope: Scope,
    body: &str,
    object: impl FnOnce(&Reference) -> String,
    config: &KeyedConfig,
    env: &Env,
) -> Result<(Reference, String), ApiError> {
    let (key, entry) = match former(key, scope, config, env).await? {
        Some(found) => found,
        None => {
            let key = key.reference(scope, &config.keys);
            let fingerprint = Fingerprint::of(body.as_bytes(), &config.keys);
            let ours = KeyEntry { fingerprint, object: object(&key) };
            (key, read(&key_index::put_if_absent(&name(&key), &json::to_string(&ours), env).await?)?)
        }
    };
    let KeyEntry { fingerprint, object } = entry;
    if fingerprint.fits(body.as_bytes(), &config.keys) { Ok((key, object)) } else { Err(ApiError::KeyReused) }
}

async fn former(
    key: &IdempotencyKey,
    scope: Scope,
    config: &KeyedConfig,
    env: &Env,
) -> Result<Option<(Reference, KeyEntry)>, ApiError> {
    for former in key.former_references(scope, &config.keys) {
        if let Some(entry) = key_index::get(&name(&former), env).await? {
            return Ok(Some((former, entry)));
        }
    }
    Ok(None)
}

fn name(key: &Reference) -> String {
    format!("key/{}", key.compact())
}
