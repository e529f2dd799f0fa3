//! The Worker's signing key, from which it derives references, capabilities, fingerprints and session MACs.
//!
//! One secret makes several kinds of MAC. What is made for one purpose is worthless for any other: each message starts
//! with the name of its purpose, and a zero byte precedes every part. No part but the last can hold a zero byte, so no
//! two lists of parts give the same message.
//!
//! | purpose | message | becomes |
//! |---|---|---|
//! | `order` | reference | the 26 last characters of an order's [`Capability`](super::Capability) |
//! | `card` | reference | the same of a saved card's |
//! | `reference` | scope, idempotency key | a [`Reference`](crate::value::Reference) |
//! | `fingerprint` | body of a request | a [`Fingerprint`](super::Fingerprint) |
//! | `session` | role, id, expiry, idle end, the role's token | the last part of a sealed [`Session`](super::Session) |
//! | `client` | a client's address or network | a part of a [`ClientKey`](super::ClientKey) |

use core::fmt;
use core::str::FromStr;

use crate::mac::{MacKey, rotated};

/// A secret of at least 32 characters, known to the Worker alone.
///
/// The text itself is the key and is not decoded, so the base64 or the hex of 32 random bytes will do, as will any other
/// text that nobody can guess. It cannot be printed, compared or written out.
///
/// ```
/// use compago::edge::{SigningKey, SigningKeyError};
///
/// let key: SigningKey = "P0zjkD4Ry1f8qv1uYw6lHkXo2s5nA7cEbT9gMiVrKQU=".parse()?;
/// assert_eq!(format!("{key:?}"), "SigningKey(redacted)");
/// assert_eq!("change-me".parse::<SigningKey>().err(), Some(SigningKeyError::TooShort));
/// # Ok::<(), SigningKeyError>(())
/// ```
#[derive(Clone)]
pub struct SigningKey(MacKey);

impl SigningKey {
    pub(super) fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> [u8; 32] {
        let separated = parts.iter().flat_map(|part| [b"\0".as_slice(), part]);
        let message: Vec<&[u8]> = core::iter::once(purpose.label()).chain(separated).collect();
        self.0.mac(&message)
    }
}

impl FromStr for SigningKey {
    type Err = SigningKeyError;

    fn from_str(text: &str) -> Result<Self, SigningKeyError> {
        if text.len() < MIN_CHARS {
            return Err(SigningKeyError::TooShort);
        }
        if text.len() > MAX_CHARS {
            return Err(SigningKeyError::TooLong);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SigningKeyError::Character);
        }
        Ok(Self(MacKey::new(text.as_bytes())))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(redacted)")
    }
}

/// The key in use, and the older ones that are still recognised: while it is being changed the one before it, and one that the Worker
/// generated before any was configured. The newest makes, every one recognises.
///
/// ```
/// use compago::edge::{SigningKeyError, SigningKeys};
///
/// let both = "N3w-key-of-november-2026-0123456789 0ld-key-of-november-2025-0123456789";
/// assert!(both.parse::<SigningKeys>().is_ok());
/// assert_eq!("".parse::<SigningKeys>().err(), Some(SigningKeyError::Count(0)));
/// ```
#[derive(Debug, Clone)]
pub struct SigningKeys {
    newest: SigningKey,
    older: Vec<SigningKey>,
}

impl SigningKeys {
    /// The key in use, and those that it replaces, the newest first.
    pub fn new(newest: SigningKey, older: impl IntoIterator<Item = SigningKey>) -> Self {
        Self { newest, older: older.into_iter().collect() }
    }

    /// Adds a key that is older than all of these.
    #[must_use]
    pub fn with_oldest(mut self, oldest: SigningKey) -> Self {
        self.older.push(oldest);
        self
    }

    pub(super) const fn newest(&self) -> &SigningKey {
        &self.newest
    }

    pub(super) fn older(&self) -> &[SigningKey] {
        &self.older
    }

    /// Whether one of the keys passes. Every key is tried, so that the time does not tell which one it was.
    pub(super) fn any(&self, passes: impl Fn(&SigningKey) -> bool) -> bool {
        core::iter::once(&self.newest).chain(&self.older).fold(false, |any, key| passes(key) | any)
    }
}

/// One or two keys, the newest first, with spaces, line ends or commas between them.
impl FromStr for SigningKeys {
    type Err = SigningKeyError;

    fn from_str(text: &str) -> Result<Self, SigningKeyError> {
        let texts: Vec<&str> = rotated(text).collect();
        match texts.as_slice() {
            [newest] => Ok(Self::new(newest.parse()?, [])),
            [newest, older] => Ok(Self::new(newest.parse()?, [older.parse()?])),
            others => Err(SigningKeyError::Count(others.len())),
        }
    }
}

/// What a MAC is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Order,
    Card,
    Reference,
    Fingerprint,
    Session,
    Client,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Order => b"order",
            Self::Card => b"card",
            Self::Reference => b"reference",
            Self::Fingerprint => b"fingerprint",
            Self::Session => b"session",
            Self::Client => b"client",
        }
    }
}

/// The reason why a text is not a signing key. It never holds any of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SigningKeyError {
    /// Short enough to be guessed.
    #[error("a signing key has at least 32 characters")]
    TooShort,
    /// Longer than any key has to be: probably another kind of file.
    #[error("a signing key has at most 512 characters")]
    TooLong,
    /// Something that is not visible ASCII.
    #[error("a signing key is made of visible ASCII characters")]
    Character,
    /// None, or more than are in use while keys are changed.
    #[error("one signing key is needed, or two while they are changed; there are {0}")]
    Count(usize),
}

/// The hex of 128 random bits, or the base64 of 192.
const MIN_CHARS: usize = 32;
const MAX_CHARS: usize = 512;

#[cfg(test)]
mod tests {
    use super::{Purpose, SigningKey, SigningKeyError, SigningKeys};

    #[test]
    fn lengths_and_characters() {
        for (text, expected) in [
            ("k".repeat(31), Some(SigningKeyError::TooShort)),
            ("k".repeat(32), None),
            ("k".repeat(512), None),
            ("k".repeat(513), Some(SigningKeyError::TooLong)),
            ("ñ".repeat(32), Some(SigningKeyError::Character)),
            (format!("{} ", "k".repeat(32)), Some(SigningKeyError::Character)),
        ] {
            assert_eq!(text.parse::<SigningKey>().err(), expected, "{text}");
        }
    }

    #[test]
    fn one_or_two() {
        let key = "k".repeat(32);
        for (text, expected) in [
            (format!(" {key}\n"), None),
            (format!("{key},{key}"), None),
            (format!("{key} {key} {key}"), Some(SigningKeyError::Count(3))),
            (format!("{key} short"), Some(SigningKeyError::TooShort)),
        ] {
            assert_eq!(text.parse::<SigningKeys>().err(), expected, "{text}");
        }
    }

    #[test]
    fn messages_are_apart() {
        let key = "k".repeat(32).parse::<SigningKey>().ok();
        let mac = |purpose, parts: &[&[u8]]| key.as_ref().map(|key| key.mac(purpose, parts));
        let macs = [
            mac(Purpose::Order, &[b"a", b"b"]),
            mac(Purpose::Reference, &[b"a", b"b"]),
            mac(Purpose::Fingerprint, &[b"a", b"b"]),
            mac(Purpose::Session, &[b"a", b"b"]),
            mac(Purpose::Card, &[b"a", b"b"]),
            mac(Purpose::Client, &[b"a", b"b"]),
            mac(Purpose::Order, &[b"ab"]),
            mac(Purpose::Order, &[b"ab", b""]),
            mac(Purpose::Order, &[b"", b"ab"]),
        ];
        for (at, one) in macs.iter().enumerate() {
            assert!(one.is_some());
            assert!(!macs.iter().skip(at + 1).any(|other| other == one), "{at}");
        }
    }
}
