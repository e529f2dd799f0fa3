//! Secrets that sender and receiver share.

use core::fmt;
use core::str::FromStr;

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use crate::mac::{MacKey, rotated};

/// A secret of Standard Webhooks: the base64 of 24 to 64 random bytes, with or without the prefix `whsec_`.
///
/// The reference libraries accept both forms and derive the same key. The type implements neither `Display`,
/// `PartialEq` nor `Serialize`, and its `Debug` is redacted.
///
/// ```
/// use compago::webhook::WebhookSecret;
///
/// let secret: WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse()?;
/// assert_eq!(format!("{secret:?}"), "WebhookSecret(redacted)");
/// # Ok::<(), compago::webhook::WebhookSecretError>(())
/// ```
#[derive(Clone)]
pub struct WebhookSecret(MacKey);

impl WebhookSecret {
    pub(super) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.0.mac(parts)
    }
}

impl FromStr for WebhookSecret {
    type Err = WebhookSecretError;

    fn from_str(text: &str) -> Result<Self, WebhookSecretError> {
        let encoded = text.strip_prefix(PREFIX).unwrap_or(text);
        let bytes = Base64::decode_vec(encoded).map(Zeroizing::new).map_err(|_| WebhookSecretError::Base64)?;
        if !(MIN_BYTES..=MAX_BYTES).contains(&bytes.len()) {
            return Err(WebhookSecretError::Length(bytes.len()));
        }
        Ok(Self(MacKey::new(&bytes)))
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(redacted)")
    }
}

/// The current secret and, during a rotation, the previous ones.
///
/// A sender signs with all of them and a receiver accepts any, so the two sides need not change at the same moment.
///
/// ```
/// use compago::webhook::{SigningSecrets, WebhookSecretError};
///
/// let both = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDx2Qe8Yp3+Eg=, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// assert!(both.parse::<SigningSecrets>().is_ok());
/// assert_eq!("".parse::<SigningSecrets>().err(), Some(WebhookSecretError::Count(0)));
/// ```
#[derive(Debug, Clone)]
pub struct SigningSecrets {
    newest: WebhookSecret,
    older: Vec<WebhookSecret>,
}

impl SigningSecrets {
    /// Combines the current secret with those that it replaces, the newest first.
    pub fn new(newest: WebhookSecret, older: impl IntoIterator<Item = WebhookSecret>) -> Self {
        Self { newest, older: older.into_iter().collect() }
    }

    /// Adds secrets that are older than all of these.
    #[must_use]
    pub fn with_older(mut self, older: impl IntoIterator<Item = WebhookSecret>) -> Self {
        self.older.extend(older);
        self
    }

    /// Iterates over the secrets, newest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &WebhookSecret> {
        core::iter::once(&self.newest).chain(&self.older)
    }
}

/// Parses one or two secrets, the newest first, separated by white space or commas.
impl FromStr for SigningSecrets {
    type Err = WebhookSecretError;

    fn from_str(text: &str) -> Result<Self, WebhookSecretError> {
        let texts: Vec<&str> = rotated(text).collect();
        match texts.as_slice() {
            [newest] => Ok(Self::new(newest.parse()?, [])),
            [newest, older] => Ok(Self::new(newest.parse()?, [older.parse()?])),
            others => Err(WebhookSecretError::Count(others.len())),
        }
    }
}

/// The reason why a text is not a secret. It contains nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookSecretError {
    /// Not base64 with padding.
    #[error("a webhook secret is base64 with its padding, with or without whsec_ before it")]
    Base64,
    /// The number of bytes is outside 24 to 64.
    #[error("a webhook secret has 24 to 64 bytes, this one has {0}")]
    Length(usize),
    /// Not one or two secrets; holds their number.
    #[error("one webhook secret is needed, or two while they are changed; there are {0}")]
    Count(usize),
}

const PREFIX: &str = "whsec_";
/// 192 bits, the minimum of Standard Webhooks.
const MIN_BYTES: usize = 24;
/// 512 bits, the maximum of Standard Webhooks.
const MAX_BYTES: usize = 64;

#[cfg(test)]
mod tests {
    use base64ct::{Base64, Encoding};

    use super::{SigningSecrets, WebhookSecret, WebhookSecretError};

    fn secret(bytes: usize) -> String {
        format!("whsec_{}", Base64::encode_string(&vec![7; bytes]))
    }

    #[test]
    fn lengths() {
        for (bytes, expected) in [
            (0, Some(WebhookSecretError::Length(0))),
            (23, Some(WebhookSecretError::Length(23))),
            (24, None),
            (25, None),
            (64, None),
            (65, Some(WebhookSecretError::Length(65))),
        ] {
            assert_eq!(secret(bytes).parse::<WebhookSecret>().err(), expected, "{bytes} bytes");
        }
    }

    #[test]
    fn the_prefix_does_not_change_the_key() {
        let mac = |text: &str| text.parse::<WebhookSecret>().map(|secret| secret.mac(&[b"evt_1.1.{}"]));
        assert_eq!(mac("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), mac("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assert!(mac("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_ok());
    }

    #[test]
    fn refusals() {
        for (text, expected) in [
            ("whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", WebhookSecretError::Base64),
            (" whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", WebhookSecretError::Base64),
            ("whsec_whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", WebhookSecretError::Base64),
            ("a plain text of someone", WebhookSecretError::Base64),
            ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", WebhookSecretError::Base64),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", WebhookSecretError::Base64),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_", WebhookSecretError::Base64),
            ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", WebhookSecretError::Base64),
        ] {
            assert_eq!(text.parse::<WebhookSecret>().err(), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn one_or_two() {
        let one = secret(24);
        for (text, expected) in [
            (one.clone(), None),
            (format!("  {one}\n"), None),
            (format!("{one},{one}"), None),
            (format!("{one} {one}"), None),
            (format!("{one}, {one},"), None),
            (String::from(" , "), Some(WebhookSecretError::Count(0))),
            (format!("{one} {one} {one}"), Some(WebhookSecretError::Count(3))),
            (format!("{one} other"), Some(WebhookSecretError::Base64)),
        ] {
            assert_eq!(text.parse::<SigningSecrets>().err(), expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_is_printed() {
        let text = secret(32);
        let printed = text.parse::<SigningSecrets>().map(|secrets| format!("{secrets:?}"));
        assert_eq!(printed.as_deref(), Ok("SigningSecrets { newest: WebhookSecret(redacted), older: [] }"));
    }
}
