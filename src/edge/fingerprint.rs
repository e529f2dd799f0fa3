//! Recognises a repeated request body by a keyed hash, without storing the body.

use core::fmt;
use core::str::FromStr;

use base16ct::lower;
use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};

use super::signing_key::{Purpose, SigningKeys};
use crate::mac;

/// A keyed hash of a request's body, 32 bytes, written as hex.
///
/// Two requests with one idempotency key are the same request if their bodies have one fingerprint. It is keyed because
/// a plain hash of a short body with a name and a telephone number could be tried out.
///
/// ```
/// use compago::edge::{Fingerprint, SigningKeys};
///
/// let keys: SigningKeys = "a-signing-key-of-at-least-32-characters".parse()?;
/// let stored = Fingerprint::of(br#"{"items":[]}"#, &keys);
/// assert!(stored.fits(br#"{"items":[]}"#, &keys));
/// assert!(!stored.fits(br#"{"items":[1]}"#, &keys));
/// # Ok::<(), compago::edge::SigningKeyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, SerializeDisplay, DeserializeFromStr)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of a body, made with the newest key.
    #[must_use]
    pub fn of(body: &[u8], keys: &SigningKeys) -> Self {
        Self(keys.newest().mac(Purpose::Fingerprint, &[body]))
    }

    /// Whether this is the fingerprint of the body with one of the keys.
    #[must_use]
    pub fn fits(&self, body: &[u8], keys: &SigningKeys) -> bool {
        keys.any(|key| mac::same(key.mac(Purpose::Fingerprint, &[body]), self.0))
    }
}

/// The fingerprints of one body with each of the keys: by these, who does not know the keys recognises a repeated request.
///
/// ```
/// use compago::edge::{BodyFingerprints, Fingerprint, SigningKeys};
///
/// let old: SigningKeys = "a-signing-key-of-at-least-32-characters".parse()?;
/// let new: SigningKeys = "the-next-key-of-at-least-32-characters a-signing-key-of-at-least-32-characters".parse()?;
/// let stored = Fingerprint::of(b"{}", &old);
/// assert!(BodyFingerprints::of(b"{}", &new).include(&stored));
/// assert!(!BodyFingerprints::of(b"[]", &new).include(&stored));
/// # Ok::<(), compago::edge::SigningKeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyFingerprints {
    newest: Fingerprint,
    older: Vec<Fingerprint>,
}

impl BodyFingerprints {
    /// The fingerprints of a body, that of the newest key first.
    #[must_use]
    pub fn of(body: &[u8], keys: &SigningKeys) -> Self {
        let older = keys.older().iter().map(|key| Fingerprint(key.mac(Purpose::Fingerprint, &[body])));
        Self { newest: Fingerprint::of(body, keys), older: older.collect() }
    }

    /// The fingerprint to store.
    #[must_use]
    pub const fn newest(&self) -> Fingerprint {
        self.newest
    }

    /// Whether a stored fingerprint is one of these. Each is compared, in constant time.
    #[must_use]
    pub fn include(&self, stored: &Fingerprint) -> bool {
        let all = core::iter::once(&self.newest).chain(&self.older);
        all.fold(false, |any, one| mac::same(one.0, stored.0) | any)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 64];
        f.write_str(lower::encode_str(&self.0, &mut digits).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Self, FingerprintError> {
        let mut bytes = [0; 32];
        let read = lower::decode(text, &mut bytes).map_err(|_| FingerprintError)?;
        read.try_into().map(Self).map_err(|_| FingerprintError)
    }
}

/// A text that is not the hex of 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint is 64 digits of lower-case hex")]
pub struct FingerprintError;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::{Fingerprint, FingerprintError, SigningKeys};

    const NEW: &str = "new-key-new-key-new-key-new-key-1";
    const OLD: &str = "old-key-old-key-old-key-old-key-1";

    #[test]
    fn text_and_back() {
        let keys: SigningKeys = NEW.parse().unwrap();
        let fingerprint = Fingerprint::of(b"body", &keys);
        assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
        assert_eq!(crate::json::to_string(&fingerprint), format!("\"{fingerprint}\""));
        // Python: hmac.new(key, b"fingerprint\0body", "sha256").hexdigest()
        assert_eq!(fingerprint.to_string(), "b59945c16c63fb4681127ac5146722c44041df40f713a776de885e5c51a3c443");
    }

    #[test]
    fn a_body_is_known_again_while_keys_are_changed() {
        let stored = Fingerprint::of(b"body", &OLD.parse().unwrap());
        let both: SigningKeys = format!("{NEW} {OLD}").parse().unwrap();
        assert!(stored.fits(b"body", &both));
        assert!(!stored.fits(b"Body", &both));
        assert!(!stored.fits(b"body", &NEW.parse().unwrap()));
    }

    #[test]
    fn refusals() {
        for text in ["", "00", &"0".repeat(63), &"0".repeat(65), &"A".repeat(64), &"+0".repeat(32), &"ñ".repeat(32)] {
            assert_eq!(text.parse::<Fingerprint>(), Err(FingerprintError), "{text}");
        }
    }
}
