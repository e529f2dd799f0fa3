//! The settings of the Worker.

use compago::edge::calls::operator::settings::{CheckSettings, ReadSettings, RotateWebhookSecret};
use compago::edge::settings::{RotatedWebhookSecret, Settings};
use compago::edge::{Edge, ProblemDetails};
use compago::endpoint::{CallError, Transport};

use crate::EdgeClient;

/// The operator's calls about the settings of the Worker; see [`Operator::settings`](super::Operator::settings).
#[derive(Debug, Clone, Copy)]
pub struct OperatorSettings<'a, T> {
    pub(super) client: &'a EdgeClient<T>,
}

impl<T: Transport<Edge>> OperatorSettings<'_, T> {
    /// Reads the settings, without any secret.
    ///
    /// # Errors
    /// [`CallError`], see [`ReadSettings`].
    pub async fn get(&self) -> Result<Settings, CallError<ProblemDetails>> {
        self.client.call(&ReadSettings).await
    }

    /// Finds out whether the settings work, and reads them.
    ///
    /// # Errors
    /// [`CallError`], see [`CheckSettings`].
    pub async fn check(&self) -> Result<Settings, CallError<ProblemDetails>> {
        self.client.call(&CheckSettings).await
    }

    /// Rotates the webhook secret that the Worker has generated. The answer is the only one that shows it.
    ///
    /// # Errors
    /// [`CallError`], see [`RotateWebhookSecret`].
    pub async fn rotate_webhook_secret(&self) -> Result<RotatedWebhookSecret, CallError<ProblemDetails>> {
        self.client.call(&RotateWebhookSecret).await
    }
}
