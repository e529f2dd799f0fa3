//! The secrets that the Worker generates itself: a signing key and a webhook secret, where none is configured.
//!
//! The settings object keeps them. These rules say what is generated, how the webhook secret is rotated and which of its values sign;
//! randomness and time are arguments.

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

/// Which secrets are needed that are not configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NeededSecrets {
    /// A signing key.
    pub signing_key: bool,
    /// A webhook secret.
    pub webhook: bool,
}

impl GeneratedSecrets {
    /// Returns the secrets with those that are needed and that do not exist yet; `None` if nothing is to be added.
    #[must_use]
    pub fn completed(
        &self,
        needed: NeededSecrets,
        mut random: impl FnMut() -> Randomness,
        now: UnixMillis,
    ) -> Option<Self> {
        let makes_key = needed.signing_key && self.signing_key.is_none();
        let makes_webhook = needed.webhook && self.webhook.is_none();
        if !makes_key && !makes_webhook {
            return None;
        }
        let mut completed = self.clone();
        if makes_key {
            completed.signing_key = Some(signing_key(&random(), now)?);
        }
        if makes_webhook {
            completed.webhook = Some(GeneratedWebhookSecrets::generate(&random(), now)?);
        }
        Some(completed)
    }

    /// Returns the generated signing key, if there is one.
    ///
    /// # Errors
    /// What is stored is no signing key.
    pub fn signing_key(&self) -> Result<Option<SigningKey>, SigningKeyError> {
        self.signing_key.as_ref().map(|generated| generated.secret.expose().parse()).transpose()
    }

    /// Returns the generated webhook secrets that sign now, the newest first.
    ///
    /// # Errors
    /// What is stored is no webhook secret.
    pub fn webhook_secrets(&self, now: UnixMillis) -> Result<Vec<WebhookSecret>, WebhookSecretError> {
        let valid = self.webhook.iter().flat_map(|webhook| webhook.valid(now));
        valid.map(|secret| secret.expose().parse()).collect()
    }

    /// Shows the newest webhook secret to the operator: the one that nobody has seen yet, or else another one, while the former signs
    /// along for [`OVERLAP`].
    ///
    /// # Errors
    /// [`RotationRefusal`]; then nothing changes.
    pub fn rotate_webhook(&self, random: &Randomness, now: UnixMillis) -> Result<Self, RotationRefusal> {
        let webhook = match &self.webhook {
            Some(webhook) => webhook.rotate(random, now)?,
            None => {
                let generated = GeneratedWebhookSecrets::generate(random, now);
                generated.ok_or(RotationRefusal { seconds: 1 })?.shown(now)
            }
        };
        Ok(Self { webhook: Some(webhook), ..self.clone() })
    }
}

impl GeneratedWebhookSecrets {
    /// Returns the newest secret.
    #[must_use]
    pub const fn newest(&self) -> &GeneratedSecret {
        &self.newest
    }

    /// Returns how many sign now.
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
        Some(Self { newest: GeneratedSecret { secret, generated_at: now }, shown_at: None, former: Vec::new() })
    }

    fn shown(self, now: UnixMillis) -> Self {
        Self { shown_at: Some(now), ..self }
    }

    fn valid(&self, now: UnixMillis) -> impl Iterator<Item = &Secret> {
        let former = self.former.iter().filter(move |former| former.ends_at > now);
        core::iter::once(&self.newest.secret).chain(former.map(|former| &former.secret))
    }

    fn rotate(&self, random: &Randomness, now: UnixMillis) -> Result<Self, RotationRefusal> {
        let Some(shown_at) = self.shown_at else { return Ok(self.clone().shown(now)) };
        // A time that is still to come is that of a clock which was set back.
        let pause_ends_at = Some(shown_at.plus(ROTATION_PAUSE)).filter(|_| shown_at <= now);
        let mut former: Vec<FormerSecret> = self.former.iter().filter(|former| former.ends_at > now).cloned().collect();
        let room_at = former.iter().map(|former| former.ends_at).min().filter(|_| former.len() >= MAX_FORMER);
        if let Some(allowed_at) = pause_ends_at.max(room_at).filter(|at| *at > now) {
            return Err(RotationRefusal::until(allowed_at, now));
        }
        let next = Self::generate(random, now).ok_or(RotationRefusal { seconds: 1 })?;
        former.insert(0, FormerSecret { secret: self.newest.secret.clone(), ends_at: now.plus(OVERLAP) });
        Ok(Self { former, ..next.shown(now) })
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
mod tests {
    use core::time::Duration;

    use super::{GeneratedSecrets, MAX_FORMER, NeededSecrets, OVERLAP, ROTATION_PAUSE, Randomness, RotationRefusal};
    use crate::flow::record;
    use crate::value::UnixMillis;

    const START: UnixMillis = UnixMillis(1_772_384_400_000);
    const BOTH: NeededSecrets = NeededSecrets { signing_key: true, webhook: true };

    /// Random bytes of which the first is the number of the draw.
    fn draws() -> impl FnMut() -> Randomness {
        let mut drawn = 0;
        move || {
            drawn += 1;
            [drawn; 32]
        }
    }

    fn texts(secrets: &GeneratedSecrets, now: UnixMillis) -> Vec<String> {
        let webhook = secrets.webhook.as_ref().unwrap();
        webhook.valid(now).map(|secret| secret.expose().to_owned()).collect()
    }

    fn newest(secrets: &GeneratedSecrets) -> String {
        secrets.webhook.as_ref().unwrap().newest().secret.expose().to_owned()
    }

    #[test]
    fn what_exists_is_never_generated_again() {
        let mut random = draws();
        let nothing = GeneratedSecrets::default();
        assert!(nothing.completed(NeededSecrets::default(), &mut random, START).is_none());
        let key = NeededSecrets { signing_key: true, webhook: false };
        let first = nothing.completed(key, &mut random, START).unwrap();
        assert!(first.webhook.is_none());
        assert!(first.completed(key, &mut random, START).is_none());
        let both = first.completed(BOTH, &mut random, START).unwrap();
        let exposed = |secrets: &GeneratedSecrets| secrets.signing_key.as_ref().unwrap().secret.expose().to_owned();
        assert_eq!(exposed(&first), exposed(&both));
        assert_eq!(exposed(&first), "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
        assert_eq!(newest(&both), "whsec_AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=");
        assert!(both.completed(BOTH, &mut random, START).is_none());
        assert!(both.signing_key().unwrap().is_some());
        assert_eq!(both.webhook_secrets(START).unwrap().len(), 1);
    }

    #[test]
    fn a_secret_that_nobody_has_seen_is_shown_first() {
        let mut random = draws();
        let generated = GeneratedSecrets::default().completed(BOTH, &mut random, START).unwrap();
        let shown = generated.rotate_webhook(&random(), START).unwrap();
        assert_eq!(newest(&shown), newest(&generated));
        assert_eq!(shown.webhook.as_ref().unwrap().previous_ends_at(START), None);
        let rotated = shown.rotate_webhook(&random(), START.plus(ROTATION_PAUSE)).unwrap();
        assert_ne!(newest(&rotated), newest(&shown));
        let first = GeneratedSecrets::default().rotate_webhook(&random(), START).unwrap();
        assert_eq!(first.webhook_secrets(START).unwrap().len(), 1);
        assert!(first.signing_key.is_none());
    }

    #[test]
    fn rotations_end_no_secret_before_its_time() {
        let mut random = draws();
        let mut now = START;
        let mut secrets = GeneratedSecrets::default().rotate_webhook(&random(), now).unwrap();
        let mut replaced = Vec::new();
        // As often and as fast as it is allowed, for five days.
        while now < START.plus(OVERLAP * 5) {
            match secrets.rotate_webhook(&random(), now) {
                Ok(rotated) => {
                    replaced.push((newest(&secrets), now.plus(OVERLAP)));
                    secrets = rotated;
                }
                Err(RotationRefusal { seconds }) => now = now.plus(Duration::from_secs(seconds.into())),
            }
            let valid = texts(&secrets, now);
            assert_eq!(valid.first(), Some(&newest(&secrets)));
            assert!(valid.len() <= MAX_FORMER + 1, "{valid:?}");
            for (secret, ends_at) in &replaced {
                assert_eq!(valid.contains(secret), now < *ends_at, "{secret} at {now}, until {ends_at}");
            }
        }
        assert!(replaced.len() >= MAX_FORMER * 5, "{replaced:?}");
    }

    #[test]
    fn there_is_no_second_rotation_within_a_minute() {
        let mut random = draws();
        let shown = GeneratedSecrets::default().rotate_webhook(&random(), START).unwrap();
        for (after, expected) in
            [(0, Some(60)), (1, Some(60)), (1_000, Some(59)), (59_999, Some(1)), (60_000, None), (-1, None)]
        {
            let refusal = shown.rotate_webhook(&random(), UnixMillis(START.millis() + after)).err();
            assert_eq!(refusal.map(|refusal| refusal.seconds), expected, "after {after} ms");
        }
    }

    #[test]
    fn a_record_keeps_them_and_nothing_prints_them() {
        let mut random = draws();
        let secrets = GeneratedSecrets::default().completed(BOTH, &mut random, START).unwrap();
        let rotated = secrets.rotate_webhook(&random(), START).unwrap();
        let rotated = rotated.rotate_webhook(&random(), START.plus(ROTATION_PAUSE)).unwrap();
        let stored = concat!(
            r#"{"schemaVersion":1,"signingKey":{"secret":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=","#,
            r#""generatedAt":"2026-03-01T17:00:00.000Z"},"webhook":{"newest":{"#,
            r#""secret":"whsec_BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ=","generatedAt":"2026-03-01T17:01:00.000Z"},"#,
            r#""shownAt":"2026-03-01T17:01:00.000Z","former":[{"#,
            r#""secret":"whsec_AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=","endsAt":"2026-03-02T17:01:00.000Z"}]}}"#
        );
        assert_eq!(record::to_string(&rotated), stored);
        let read: GeneratedSecrets = record::from_str(stored).unwrap();
        assert_eq!(texts(&read, START), texts(&rotated, START));
        let printed = format!("{read:?}");
        let key = read.signing_key.as_ref().unwrap().secret.expose().to_owned();
        for secret in texts(&read, START).into_iter().chain([key]) {
            assert!(!printed.contains(&secret), "{printed}");
        }
    }
}
