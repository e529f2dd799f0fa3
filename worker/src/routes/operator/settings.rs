//! The operator's routes: the settings without any secret, whether they work, and the rotation of the generated webhook secret.

use compago::edge::settings::{
    Checks, LimitSettings, RotatedWebhookSecret, SecretName, SecretSetting, SecretSource, Settings,
};
use compago::flow::charge::search::Attribution;
use compago::flow::generated_secrets::GeneratedSecrets;
use compago::flow::open_links::LinkLimits;
use compago::flow::setting_checks::CheckRecords;
use compago::problem::Locale;
use futures_util::future::try_join;
use serde_json::json;
use worker::{Env, Response};

use crate::config::{Config, Limits, configured_values};
use crate::http::error::{ApiError, InternalError};
use crate::http::respond::json_answer;
use crate::objects::{index_client, secrets, settings};
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

mod checks;

/// The secrets, in the order in which they are shown.
const SECRETS: [SecretName; 5] = [
    SecretName::CompagoApiKey,
    SecretName::OperatorToken,
    SecretName::CashierToken,
    SecretName::SigningKey,
    SecretName::WebhookSecret,
];

/// `GET /api/operator/settings`.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`].
pub(super) async fn show(config: &Config, locale: Locale, env: &Env) -> Result<Response, ApiError> {
    let (generated, records) = try_join(settings::load(secrets::needs(config), env), settings::checks(env)).await?;
    respond(config, generated, &records, locale, env).await
}

/// `POST /api/operator/settings/check`.
///
/// # Errors
/// [`ApiError::TooMany`] a moment after the last one; [`ApiError::SettingsUnavailable`].
pub(super) async fn check(config: &Config, locale: Locale, env: &Env) -> Result<Response, ApiError> {
    let generated = settings::load(secrets::needs(config), env).await?;
    // The test event is signed with these.
    secrets::note(generated.clone());
    settings::begin_check(env).await?;
    let records = settings::put_findings(checks::ask(env).await?, env).await?;
    respond(config, generated, &records, locale, env).await
}

async fn respond(
    config: &Config,
    generated: GeneratedSecrets,
    records: &CheckRecords,
    locale: Locale,
    env: &Env,
) -> Result<Response, ApiError> {
    secrets::note(generated.clone());
    let checks = checks::of(records, secrets::signs(config, &generated), config, locale, env).await;
    Ok(json_answer(200, &view(config, &generated, checks, env))?)
}

/// `POST /api/operator/settings/webhook-secret/rotate`.
///
/// # Errors
/// [`ApiError::SecretConfigured`], [`ApiError::RotatedRecently`], [`ApiError::SettingsUnavailable`].
pub(super) async fn rotate_webhook_secret(config: &Config, env: &Env) -> Result<Response, ApiError> {
    if config.webhook_secrets.is_some() {
        return Err(ApiError::SecretConfigured);
    }
    let rotated = settings::rotate_webhook(env).await?;
    let webhook = rotated.webhook.as_ref().ok_or(InternalError::Impossible("a rotation without a secret"))?;
    let shown = RotatedWebhookSecret {
        secret: webhook.newest().secret.expose().to_owned(),
        previous_ends_at: webhook.previous_ends_at(now()),
    };
    secrets::note(rotated);
    // Those that have waited for somebody to know it are sent now; should this fail, within an hour.
    if let Err(error) = index_client::deliver_waiting(env).await {
        log::write(Level::Error, "schedule-failed", json!({ "code": error.code(), "error": error.internal() }));
    }
    Ok(json_answer(200, &shown)?)
}

fn view(config: &Config, generated: &GeneratedSecrets, checks: Checks, env: &Env) -> Settings {
    let origins = |origins: &[_]| origins.iter().map(ToString::to_string).collect();
    let secret = |name| secret_setting(name, generated, env);
    Settings {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        environment: config.environment,
        shop_origin: config.site.shop().to_string(),
        staff_origin: config.site.staff().to_string(),
        embed_origins: origins(config.site.embeds()),
        compago_base_url: config.base_url.to_string(),
        checkout_origins: origins(&config.checkout_origins),
        webhook_url: config.webhook_url.as_ref().map(ToString::to_string),
        retain_days: config.retain_days.days(),
        sole_charger: config.attribution == Attribution::SoleCharger,
        limits: limit_settings(&config.limits),
        secrets: SECRETS.map(secret).into(),
        checks,
    }
}

const fn limit_settings(limits: &Limits) -> LimitSettings {
    let Limits { links: LinkLimits { rate, per_client, per_network, per_shop }, charges, failures } = limits;
    LimitSettings {
        create_per_minute: rate.calls(),
        open_per_address: *per_client,
        open_per_network: *per_network,
        open_per_shop: *per_shop,
        charge_per_minute: charges.calls(),
        failures_per_minute: failures.calls(),
    }
}

fn secret_setting(name: SecretName, generated: &GeneratedSecrets, env: &Env) -> SecretSetting {
    let configured = configured_values(env, name);
    let (values, generated_at, previous_ends_at) = match name {
        SecretName::CompagoApiKey | SecretName::OperatorToken | SecretName::CashierToken => (0, None, None),
        SecretName::SigningKey => {
            let key = generated.signing_key.as_ref();
            (key.iter().count(), key.map(|key| key.generated_at), None)
        }
        SecretName::WebhookSecret => {
            let webhook = generated.webhook.as_ref();
            let generated_at = webhook.map(|webhook| webhook.newest().generated_at);
            let previous_ends_at = webhook.and_then(|webhook| webhook.previous_ends_at(now()));
            (webhook.map_or(0, |webhook| webhook.count(now())), generated_at, previous_ends_at)
        }
    };
    let source = match (configured, values) {
        (0, 0) => SecretSource::Missing,
        (0, _) => SecretSource::Generated,
        (_, _) => SecretSource::Configured,
    };
    let values = u32::try_from(configured + values).unwrap_or(u32::MAX);
    SecretSetting { name, source, values, generated_at, previous_ends_at }
}
