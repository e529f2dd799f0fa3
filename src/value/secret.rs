//! Secrets that cannot be printed.

use core::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

use crate::mac;

/// A token, password or signing key: 1 to 512 visible ASCII characters, so that it can be sent in a header.
///
/// It implements neither `Display` nor `Serialize`, its `Debug` is redacted, it is compared in constant time, and its
/// memory is overwritten when it is dropped.
///
/// ```
/// use compago::value::Secret;
///
/// let token: Secret = "correct-horse".parse()?;
/// assert!(token.matches("correct-horse"));
/// assert!(!token.matches("correct-house"));
/// assert_eq!(format!("{token:?}"), "Secret(redacted)");
/// # Ok::<(), compago::value::SecretError>(())
/// ```
///
/// ```compile_fail
/// let token: compago::value::Secret = "correct-horse".parse().unwrap();
/// println!("{token}");
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// The maximum length in characters.
    pub const MAX_CHARS: usize = 512;

    /// Returns the secret, for the code that sends it or signs with it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Returns whether the candidate equals this secret. Compares digests of equal length in constant time, so that
    /// timing reveals neither the length nor the first difference.
    #[must_use]
    pub fn matches(&self, candidate: &str) -> bool {
        mac::same(mac::hash(self.expose().as_bytes()), mac::hash(candidate.as_bytes()))
    }
}

impl FromStr for Secret {
    type Err = SecretError;

    fn from_str(text: &str) -> Result<Self, SecretError> {
        if text.is_empty() {
            return Err(SecretError::Empty);
        }
        if text.len() > Self::MAX_CHARS {
            return Err(SecretError::TooLong);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SecretError::Character);
        }
        Ok(Self(text.into()))
    }
}

redacted_debug!(Secret);

/// The reason why a text is not a [`Secret`] or an [`ApiKey`](super::ApiKey). Contains nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SecretError {
    /// No characters.
    #[error("secret is empty")]
    Empty,
    /// More than [`Secret::MAX_CHARS`].
    #[error("secret has more than 512 characters")]
    TooLong,
    /// A space, a line break or a character outside of ASCII, often a copying error.
    #[error("secret has a character that is not visible ASCII")]
    Character,
}

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    use super::Secret;

    /// The check is that this compiles.
    #[test]
    fn a_secret_is_overwritten_when_it_is_dropped() {
        fn overwritten(_: &impl ZeroizeOnDrop) {}
        assert!("correct-horse".parse::<Secret>().is_ok_and(|secret| {
            overwritten(&secret.0);
            secret.matches("correct-horse")
        }));
    }
}
