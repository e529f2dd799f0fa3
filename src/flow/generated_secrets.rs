//! The secrets that the Worker generates itself: a signing key and a webhook secret, where none is configured.
//!
//! The settings object keeps them. These rules say what is generated, how the webhook secret is rotated and which of its values sign;
//! randomness and time are arguments. What was configured once is never generated: one that is removed by mistake would otherwise be
//! replaced in silence by another one, under which repeated requests are new ones.

use core::time::Duration;

use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};

use super::record::Record;
use crate::edge::{SigningKey, SigningKeyError};
use crate::value::{Secret, UnixMillis};
use crate::webhook::{WebhookSecret, WebhookSecretError};

/// 32 random bytes, of which a secret is made.
pub type Randomness = [u8; 32];

/// How long a former webhook secret signs along after a rotation.
pub const OVERLAP: Duration = Duration::from_secs(24 * 60 * 60);

/// How long after a rotation there is no other one, so that a repeated request does not rotate twice.
pub const ROTATION_PAUSE: Duration = Duration::from_secs(60);

/// How many former webhook secrets sign along at most. A verifier reads at most eight signatures, of which two are those of configured
/// secrets.
pub const MAX_FORMER: usize = 4;

/// All that the Worker has generated.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GeneratedSecrets {
    /// The signing key. It never changes.
    pub signing_key: Option<GeneratedSecret>,
    /// The webhook secrets.
    pub webhook: Option<GeneratedWebhookSecrets>,
    /// Which of the two were seen configured.
    #[serde(default)]
    configured: ConfiguredSecrets,
    /// How often the record was changed: a larger number is that of a newer one.
    #[serde(default)]
    revision: u32,
}

/// Which secrets were seen configured: the signing key at any time, the webhook secret before one was generated.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConfiguredSecrets {
    signing_key: bool,
    webhook: bool,
}

impl Record for GeneratedSecrets {
    const VERSION: u32 = 1;
}

/// A secret that the Worker has generated.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GeneratedSecret {
    /// The secret.
    #[serde(with = "exposed")]
    pub secret: Secret,
    /// When it was generated.
    pub generated_at: UnixMillis,
}

/// The webhook secrets that the Worker has generated.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GeneratedWebhookSecrets {
    /// The newest.
    newest: GeneratedSecret,
    /// When the newest was shown to the operator; never, if it was only generated.
    shown_at: Option<UnixMillis>,
    /// The id of the request to which it was shown.
    #[serde(default)]
    shown_to: Option<String>,
    /// Those that were shown before, the newest first.
    former: Vec<FormerSecret>,
}

/// A webhook secret that was replaced.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FormerSecret {
    #[serde(with = "exposed")]
    secret: Secret,
    ends_at: UnixMillis,
}

/// What an isolate knows of the two secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecretNeeds {
    /// Of the signing key.
    pub signing_key: SecretNeed,
    /// Of the webhook secret.
    pub webhook: SecretNeed,
}

/// Whether a secret is to be generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecretNeed {
    /// It is configured.
    Configured,
    /// It is needed, and not configured.
    Required,
    /// It is not needed.
    Unused,
}

impl GeneratedSecrets {
    /// Returns the secrets with those that are needed, that do not exist yet and that were never configured, and with the note of those
    /// that are configured; `None` if nothing changes.
    #[must_use]
    pub fn completed(
        &self,
        needs: SecretNeeds,
        mut random: impl FnMut() -> Randomness,
        now: UnixMillis,
    ) -> Option<Self> {
        let SecretNeeds { signing_key: key, webhook } = needs;
        let (key_exists, webhook_exists) = (self.signing_key.is_some(), self.webhook.is_some());
        let makes_key = key == SecretNeed::Required && !key_exists && !self.configured.signing_key;
        let makes_webhook = webhook == SecretNeed::Required && !webhook_exists && !self.configured.webhook;
        let notes_key = key == SecretNeed::Configured && !self.configured.signing_key;
        let notes_webhook = webhook == SecretNeed::Configured && !webhook_exists && !self.configured.webhook;
        if !(makes_key || makes_webhook || notes_key || notes_webhook) {
            return None;
        }
        let mut completed = self.changed();
        if makes_key {
            completed.signing_key = Some(signing_key(&random(), now)?);
        }
        if makes_webhook {
            completed.webhook = Some(GeneratedWebhookSecrets::generate(&random(), now)?);
        }
        completed.configured.signing_key |= notes_key;
        completed.configured.webhook |= notes_webhook;
        Some(completed)
    }

    /// Whether a signing key was seen configured. From then on none is generated, and one that was generated before only recognises.
    #[must_use]
    pub const fn is_key_configured(&self) -> bool {
        self.configured.signing_key
    }

    /// Whether a webhook secret was seen configured, and none was generated before.
    #[must_use]
    pub const fn is_webhook_configured_alone(&self) -> bool {
        self.configured.webhook && self.webhook.is_none()
    }

    /// Whether this was stored before the other.
    #[must_use]
    pub const fn is_older_than(&self, other: &Self) -> bool {
        self.revision < other.revision
    }

    fn changed(&self) -> Self {
        Self { revision: self.revision.saturating_add(1), ..self.clone() }
    }

    /// Returns the generated signing key, if there is one.
    ///
    /// # Errors
    /// What is stored is no signing key.
    pub fn signing_key(&self) -> Result<Option<SigningKey>, SigningKeyError> {
        self.signing_key.as_ref().map(|generated| generated.secret.expose().parse()).transpose()
    }

    /// Returns the generated webhook secrets that sign now, the newest first: none while nobody was shown one, who could verify it.
    ///
    /// # Errors
    /// What is stored is no webhook secret.
    pub fn webhook_secrets(&self, now: UnixMillis) -> Result<Vec<WebhookSecret>, WebhookSecretError> {
        let shown = self.webhook.iter().filter(|webhook| webhook.shown_at.is_some());
        let valid = shown.flat_map(|webhook| webhook.valid(now));
        valid.map(|secret| secret.expose().parse()).collect()
    }

    /// Shows the newest webhook secret to the operator: the one that nobody has seen yet, or else another one, while the former signs
    /// along for [`OVERLAP`]. A request that is repeated, which has the same id, is shown the same one.
    ///
    /// # Errors
    /// [`RotationRefusal`]; then nothing changes.
    pub fn rotate_webhook(&self, id: &str, random: &Randomness, now: UnixMillis) -> Result<Self, RotationRefusal> {
        let webhook = match &self.webhook {
            Some(webhook) if webhook.shown_to.as_deref() == Some(id) => return Ok(self.clone()),
            Some(webhook) => webhook.rotate(random, now)?,
            None => GeneratedWebhookSecrets::generate(random, now).ok_or(RotationRefusal { seconds: 1 })?,
        };
        Ok(Self { webhook: Some(webhook.shown(id, now)), ..self.changed() })
    }
}

impl GeneratedWebhookSecrets {
    /// Returns the newest secret.
    #[must_use]
    pub const fn newest(&self) -> &GeneratedSecret {
        &self.newest
    }

    /// Returns how many are kept that are not over; the newest is, also while nobody has seen it.
    #[must_use]
    pub fn count(&self, now: UnixMillis) -> usize {
        self.valid(now).count()
    }

    /// Returns when the latest former secret ends; `None` if none signs along.
    #[must_use]
    pub fn previous_ends_at(&self, now: UnixMillis) -> Option<UnixMillis> {
        self.former.iter().map(|former| former.ends_at).filter(|ends_at| *ends_at > now).max()
    }

    fn generate(random: &Randomness, now: UnixMillis) -> Option<Self> {
        let secret = format!("whsec_{}", Base64::encode_string(random)).parse().ok()?;
        let newest = GeneratedSecret { secret, generated_at: now };
        Some(Self { newest, shown_at: None, shown_to: None, former: Vec::new() })
    }

    fn shown(self, id: &str, now: UnixMillis) -> Self {
        Self { shown_at: Some(now), shown_to: Some(id.to_owned()), ..self }
    }

    fn valid(&self, now: UnixMillis) -> impl Iterator<Item = &Secret> {
        let former = self.former.iter().filter(move |former| former.ends_at > now);
        core::iter::once(&self.newest.secret).chain(former.map(|former| &former.secret))
    }

    fn rotate(&self, random: &Randomness, now: UnixMillis) -> Result<Self, RotationRefusal> {
        let Some(shown_at) = self.shown_at else { return Ok(self.clone()) };
        // A time that is still to come is that of a clock which was set back.
        let pause_ends_at = Some(shown_at.plus(ROTATION_PAUSE)).filter(|_| shown_at <= now);
        let mut former: Vec<FormerSecret> = self.former.iter().filter(|former| former.ends_at > now).cloned().collect();
        let room_at = former.iter().map(|former| former.ends_at).min().filter(|_| former.len() >= MAX_FORMER);
        if let Some(allowed_at) = pause_ends_at.max(room_at).filter(|at| *at > now) {
            return Err(RotationRefusal::until(allowed_at, now));
        }
        let next = Self::generate(random, now).ok_or(RotationRefusal { seconds: 1 })?;
        former.insert(0, FormerSecret { secret: self.newest.secret.clone(), ends_at: now.plus(OVERLAP) });
        Ok(Self { former, ..next })
    }
}

/// The webhook secret was rotated a moment ago, or so often that a former secret would end before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("the webhook secret was rotated recently: it can be rotated again in {seconds} s")]
pub struct RotationRefusal {
    /// In how many seconds it can be rotated again.
    pub seconds: u32,
}

impl RotationRefusal {
    fn until(allowed_at: UnixMillis, now: UnixMillis) -> Self {
        let seconds = allowed_at.since(now).as_millis().div_ceil(1_000);
        Self { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) }
    }
}

fn signing_key(random: &Randomness, now: UnixMillis) -> Option<GeneratedSecret> {
    let secret = Base64::encode_string(random).parse().ok()?;
    Some(GeneratedSecret { secret, generated_at: now })
}

/// Writes a secret into the record that keeps it: a type that holds one says so by this.
mod exposed {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::value::Secret;

    pub(super) fn serialize<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(secret.expose())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        // The error names no part of the text.
        String::deserialize(deserializer)?.parse().map_err(|_| D::Error::custom("not a secret"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests;
