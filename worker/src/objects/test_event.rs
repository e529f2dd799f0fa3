//! The event with which an operator checks that webhooks arrive. It is in no outbox, and sent once.

use compago::flow::outbox::FailureReason;
use compago::flow::setting_checks::{Asked, WebhookFinding};
use compago::json;
use compago::webhook::{Event, EventId, EventKind, TestData};
use serde_json::json;
use worker::Env;

use super::durable::deliver::{Webhook, deliver};
use super::secrets::webhook_secrets;
use crate::config::Config;
use crate::http::error::{ApiError, InternalError};
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};
use crate::runtime::random_uuid;

/// Sends one to the merchant's backend, and returns what came of it; `None` for a shop without a backend, or without a secret that
/// somebody knows.
///
/// # Errors
/// [`ApiError::SettingsUnavailable`] if it cannot be signed.
pub(crate) async fn send(config: &Config, env: &Env) -> Result<Option<Asked<WebhookFinding>>, ApiError> {
    let Some(url) = config.webhook_url.clone() else { return Ok(None) };
    let Some(secrets) = webhook_secrets(config, env).await? else { return Ok(None) };
    let webhook = Webhook { url, secrets };
    let id: EventId =
        format!("evt_test_{}", random_uuid()).parse().map_err(InternalError::malformed("the id of an event"))?;
    let event = Event {
        kind: EventKind::WebhookTest,
        timestamp: now(),
        data: TestData::default(),
        environment: Some(config.environment),
    };
    let answer = deliver(&id, &json::to_string(&event), &webhook).await;
    let failure = FailureReason::of(answer);
    let level = if failure.is_none() { Level::Info } else { Level::Warn };
    let (reason, status) = (failure.map(FailureReason::code), failure.and_then(FailureReason::status));
    log::write(level, "webhook-tested", json!({ "id": id, "reason": reason, "status": status }));
    Ok(Some(Asked { at: now(), url: webhook.url.as_str().to_owned(), finding: WebhookFinding::of(answer) }))
}
