//! Text that must not be seen.

use core::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

use crate::mac;

/// A token, password or signing key: 1 to 512 visible ASCII characters, so that it fits into a header.
///
/// No `Display`, no `Serialize`, a `Debug` that shows nothing, and a comparison whose time tells nothing. Its memory is
/// overwritten when it is dropped.
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
    /// The longest legal secret, in characters.
    pub const MAX_CHARS: usize = 512;

    /// The secret itself, for the one place that must send or sign with it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether the candidate is this secret. Digests of equal length are compared in full, so that neither the length nor
    /// the place of the first difference shows in the time it takes.
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

/// Why something is not a [`Secret`] or an [`ApiKey`](super::ApiKey). Says nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SecretError {
    /// No characters.
    #[error("secret is empty")]
    Empty,
    /// More than [`Secret::MAX_CHARS`].
    #[error("secret has more than 512 characters")]
    TooLong,
    /// A space, a line break or something outside of ASCII: often a slip of copying.
    #[error("secret has a character that is not visible ASCII")]
    Character,
}

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    use super::Secret;

    /// Compiles only if it is so.
    #[test]
    fn a_secret_is_overwritten_when_it_is_dropped() {
        fn overwritten(_: &impl ZeroizeOnDrop) {}
        assert!("correct-horse".parse::<Secret>().is_ok_and(|secret| {
            overwritten(&secret.0);
            secret.matches("correct-horse")
        }));
    }
}
