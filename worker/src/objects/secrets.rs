//! The signing keys and the webhook secrets in use: those that are configured, and behind them those that the Worker has generated.
//!
//! An isolate asks the settings object once, and keeps what it learns. A generated signing key never changes; generated webhook secrets
//! are asked for again from time to time, since a rotation changes them, and so is a key that there was not. While the object cannot be
//! reached, what was learnt goes on being used; nothing is ever generated elsewhere.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use compago::edge::SigningKeys;
use compago::flow::generated_secrets::{GeneratedSecrets, NeededSecrets};
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

/// How long an isolate believes that no signing key was generated beside the configured ones.
const ABSENCE_LEARNT: Duration = Duration::from_secs(60 * 60);

thread_local! {
    /// What was last learnt, and when.
    static LEARNT: RefCell<Option<(GeneratedSecrets, UnixMillis)>> = const { RefCell::new(None) };
}

/// Returns the configuration with the signing keys.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`].
pub(crate) async fn keyed(config: Rc<Config>, env: &Env) -> Result<KeyedConfig, ApiError> {
    let keys = signing_keys(&config, env).await?;
    Ok(KeyedConfig::new(config, keys))
}

/// Returns the signing keys as far as they are known without asking: enough to make something, not to recognise everything.
pub(crate) fn known_keys(config: &Config) -> Option<SigningKeys> {
    let generated = LEARNT.with_borrow(|learnt| learnt.as_ref().map(|(generated, _)| generated.clone()));
    keys_of(config, &generated.unwrap_or_default()).ok().flatten()
}

async fn signing_keys(config: &Config, env: &Env) -> Result<SigningKeys, ApiError> {
    let suffices = |generated: &GeneratedSecrets, age| {
        generated.signing_key.is_some() || (config.signing_keys.is_some() && age < ABSENCE_LEARNT)
    };
    let generated = learn(suffices, config, env).await?;
    // One that was learnt before the configured key was removed knows of none.
    keys_of(config, &generated)?.ok_or(ApiError::SettingsUnavailable)
}

/// Returns what webhooks are signed with.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`].
pub(crate) async fn webhook_secrets(config: &Config, env: &Env) -> Result<SigningSecrets, ApiError> {
    // A configured secret does not become a rotated one.
    let suffices = |generated: &GeneratedSecrets, age| {
        config.webhook_secrets.is_some() || (generated.webhook.is_some() && age < ROTATION_LEARNT)
    };
    let generated = match learn(suffices, config, env).await {
        Ok(generated) => generated.webhook_secrets(now()).map_err(InternalError::malformed("a webhook secret"))?,
        // Nobody needs another signature to trust a webhook that has this one.
        Err(_) if config.webhook_secrets.is_some() => Vec::new(),
        Err(error) => return Err(error),
    };
    let secrets = match config.webhook_secrets.clone() {
        Some(configured) => Some(configured.with_older(generated)),
        None => {
            let mut generated = generated.into_iter();
            generated.next().map(|newest| SigningSecrets::new(newest, generated))
        }
    };
    secrets.ok_or(ApiError::SettingsUnavailable)
}

/// Takes note of what the settings object has answered.
pub(crate) fn note(generated: GeneratedSecrets) {
    LEARNT.set(Some((generated, now())));
}

/// Returns which secrets are needed that are not configured.
pub(crate) fn needed(config: &Config) -> NeededSecrets {
    NeededSecrets {
        signing_key: config.signing_keys.is_none(),
        webhook: config.webhook_url.is_some() && config.webhook_secrets.is_none(),
    }
}

/// Returns what is generated: what was learnt, if that suffices by what it is and its age, or what the settings object answers.
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
    match (settings::load(needed(config), env).await, learnt) {
        (Ok(generated), _) => {
            note(generated.clone());
            Ok(generated)
        }
        (Err(_), Some((generated, _))) => Ok(generated),
        (Err(error), None) => Err(error),
    }
}

fn keys_of(config: &Config, generated: &GeneratedSecrets) -> Result<Option<SigningKeys>, InternalError> {
    let generated = generated.signing_key().map_err(InternalError::malformed("a signing key"))?;
    Ok(match (config.signing_keys.clone(), generated) {
        (Some(configured), Some(generated)) => Some(configured.with_oldest(generated)),
        (Some(configured), None) => Some(configured),
        (None, Some(generated)) => Some(SigningKeys::new(generated, [])),
        (None, None) => None,
    })
}
