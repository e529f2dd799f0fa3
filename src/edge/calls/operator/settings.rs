//! The settings of the Worker, whether they work, and the rotation of the webhook secret that the Worker has generated.

use crate::edge::calls::edge_call;
use crate::edge::settings::{RotatedWebhookSecret, Settings};

const SETTINGS: &str = "/api/operator/settings";

/// `GET /api/operator/settings`: the settings without any secret, and what was last found out about them.
///
/// Refused with 503 `settings-unavailable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadSettings;

edge_call!(ReadSettings: Get "operator.settings.read" -> Settings {
    path: |_| SETTINGS.to_owned(),
});

/// `POST /api/operator/settings/check`: finds out whether the settings work, and answers like [`ReadSettings`].
///
/// Refused with 503 `settings-unavailable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckSettings;

edge_call!(CheckSettings: Post "operator.settings.check" -> Settings {
    path: |_| format!("{SETTINGS}/check"),
});

/// `POST /api/operator/settings/webhook-secret/rotate`: shows a webhook secret that was not shown before, with which webhooks are signed
/// from now on.
///
/// Refused with 409 `secret-configured` or `rotated-recently`, and with 503 `settings-unavailable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RotateWebhookSecret;

edge_call!(RotateWebhookSecret: Post "operator.settings.rotate-webhook-secret" -> RotatedWebhookSecret {
    path: |_| format!("{SETTINGS}/webhook-secret/rotate"),
});
