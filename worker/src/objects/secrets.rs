//! The signing keys and the webhook secrets in use: those that are configured, and behind them those that the Worker has generated.
//!
//! An isolate asks the settings object once, and keeps what it learns. A generated signing key never changes, and once the object knows
//! that one is configured, none is ever generated; webhook secrets are asked for again from time to time, since a rotation changes them.
//! While the object cannot be reached, what was learnt goes on being used; nothing is ever generated elsewhere.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use compago::edge::SigningKeys;
use compago::flow::clock::is_fresh;
use compago::flow::generated_secrets::{GeneratedSecrets, OVERLAP, SecretNeed, SecretNeeds};
use compago::value::UnixMillis;
use compago::webhook::SigningSecrets;
use worker::Env;

use super::settings;
use crate::config::{Config, KeyedConfig};
use crate::http::error::{ApiError, InternalError};
use crate::runtime::clock::now;

/// How long an isolate goes on with generated webhook secrets before it asks whether they were rotated: much shorter than a former one
/// signs along.
const ROTATION_LEARNT: Duration = Duration::from_secs(10 * 60);

/// For how long after a failure the settings object is not asked again: a broken one is not called by every request.
const FAILURE_REMEMBERED: Duration = Duration::from_secs(10);

thread_local! {
    /// What was last learnt, and when.
    static LEARNT: RefCell<Option<(GeneratedSecrets, UnixMillis)>> = const { RefCell::new(None) };
    /// When the settings object last could not be asked.
    static FAILED_AT: Cell<Option<UnixMillis>> = const { Cell::new(None) };
}

/// Returns the configuration with all signing keys.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`], [`ApiError::SigningKeyRemoved`].
pub(crate) async fn keyed(config: Rc<Config>, env: &Env) -> Result<KeyedConfig, ApiError> {
    let keys = signing_keys(&config, env).await?;
    Ok(KeyedConfig::new(config, keys))
}

/// Returns the configuration with the signing keys that can be had: while the settings object cannot be reached, those that are configured.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`] if none is configured, [`ApiError::SigningKeyRemoved`].
pub(crate) async fn keyed_or_configured(config: Rc<Config>, env: &Env) -> Result<KeyedConfig, ApiError> {
    match (signing_keys(&config, env).await, config.signing_keys.clone()) {
        (Ok(keys), _) => Ok(KeyedConfig::new(config, keys)),
        (Err(ApiError::SettingsUnavailable), Some(configured)) => Ok(KeyedConfig::with_some(config, configured)),
        (Err(error), _) => Err(error),
    }
}

/// Returns the signing keys as far as they are known without asking: enough to make something, not to recognise everything.
pub(crate) fn known_keys(config: &Config) -> Option<SigningKeys> {
    let generated = LEARNT.with_borrow(|learnt| learnt.as_ref().map(|(generated, _)| generated.clone()));
    keys_of(config, &generated.unwrap_or_default()).ok().flatten()
}

async fn signing_keys(config: &Config, env: &Env) -> Result<SigningKeys, ApiError> {
    let suffices = |generated: &GeneratedSecrets, _| {
        if config.signing_keys.is_some() { generated.is_key_configured() } else { generated.signing_key.is_some() }
    };
    let generated = learn(suffices, config, env).await?;
    keys_of(config, &generated)?.ok_or(ApiError::SigningKeyRemoved)
}

/// Returns what webhooks are signed with; `None` while nobody knows a secret, so that they wait.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`].
pub(crate) async fn webhook_secrets(config: &Config, env: &Env) -> Result<Option<SigningSecrets>, ApiError> {
    // Where nothing signs, somebody may just have been shown a secret; beside a configured one that the object knows of none is generated.
    let suffices = |generated: &GeneratedSecrets, age| {
        (config.webhook_secrets.is_some() && generated.is_webhook_configured_alone())
            || (age < ROTATION_LEARNT && signs(config, generated))
    };
    let generated = match learn(suffices, config, env).await {
        Ok(generated) => generated.webhook_secrets(now()).map_err(InternalError::malformed("a webhook secret"))?,
        // Nobody needs another signature to trust a webhook that has this one.
        Err(_) if config.webhook_secrets.is_some() => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok(match config.webhook_secrets.clone() {
        Some(configured) => Some(configured.with_older(generated)),
        None => {
            let mut generated = generated.into_iter();
            generated.next().map(|newest| SigningSecrets::new(newest, generated))
        }
    })
}

/// Whether webhooks can be signed with these secrets.
pub(crate) fn signs(config: &Config, generated: &GeneratedSecrets) -> bool {
    config.webhook_secrets.is_some() || generated.webhook_secrets(now()).is_ok_and(|secrets| !secrets.is_empty())
}

/// Whether it is known that webhooks cannot be signed, so that they wait.
pub(crate) fn is_known_not_to_sign(config: &Config) -> bool {
    LEARNT.with_borrow(|learnt| learnt.as_ref().is_some_and(|(generated, _)| !signs(config, generated)))
}

/// Takes note of what the settings object has answered. An answer that was overtaken by a newer one says nothing.
pub(crate) fn note(generated: GeneratedSecrets) {
    let is_overtaken = |(learnt, _): &(GeneratedSecrets, _)| generated.is_older_than(learnt);
    if !LEARNT.with_borrow(|learnt| learnt.as_ref().is_some_and(is_overtaken)) {
        LEARNT.set(Some((generated, now())));
    }
}

/// Returns which secrets are configured, and which are needed.
pub(crate) const fn needs(config: &Config) -> SecretNeeds {
    SecretNeeds {
        signing_key: if config.signing_keys.is_some() { SecretNeed::Configured } else { SecretNeed::Required },
        webhook: match (&config.webhook_secrets, &config.webhook_url) {
            (Some(_), _) => SecretNeed::Configured,
            (None, Some(_)) => SecretNeed::Required,
            (None, None) => SecretNeed::Unused,
        },
    }
}

/// Returns what is generated: what was learnt, if that suffices by what it is and its age, or what the settings object answers. While it
/// cannot be asked, what was learnt within a day is used.
async fn learn(
    suffices: impl Fn(&GeneratedSecrets, Duration) -> bool,
    config: &Config,
    env: &Env,
) -> Result<GeneratedSecrets, ApiError> {
    let learnt = LEARNT.with_borrow(Clone::clone);
    if let Some((generated, at)) = &learnt
        && suffices(generated, now().since(*at))
    {
        return Ok(generated.clone());
    }
    let error = if FAILED_AT.get().is_some_and(|at| is_fresh(at, FAILURE_REMEMBERED, now())) {
        ApiError::SettingsUnavailable
    } else {
        match settings::load(needs(config), env).await {
            Ok(generated) => {
                FAILED_AT.set(None);
                note(generated.clone());
                return Ok(generated);
            }
            Err(error) => {
                FAILED_AT.set(Some(now()));
                error
            }
        }
    };
    match learnt {
        Some((generated, at)) if is_fresh(at, OVERLAP, now()) => Ok(generated),
        Some(_) | None => Err(error),
    }
}

fn keys_of(config: &Config, generated: &GeneratedSecrets) -> Result<Option<SigningKeys>, InternalError> {
    let key = generated.signing_key().map_err(InternalError::malformed("a signing key"))?;
    Ok(match (config.signing_keys.clone(), key) {
        (Some(configured), Some(key)) => Some(configured.with_oldest(key)),
        (Some(configured), None) => Some(configured),
        // What the configured one has made would be unknown, and a repeated request new.
        (None, Some(_)) if generated.is_key_configured() => None,
        (None, Some(key)) => Some(SigningKeys::new(key, [])),
        (None, None) => None,
    })
}
