//! Signs a try and verifies a received webhook.

use core::time::Duration;

use base64ct::{Base64, Encoding};

use super::{EventId, EventIdError, SigningSecrets};
use crate::mac;
use crate::value::UnixMillis;

/// The header with the id of the event.
pub const ID_HEADER: &str = "webhook-id";
/// The header with the time of this try, in seconds since 1970.
pub const TIMESTAMP_HEADER: &str = "webhook-timestamp";
/// The header with the signatures.
pub const SIGNATURE_HEADER: &str = "webhook-signature";
/// The maximum difference between the timestamp and the receiver's clock, in either direction: five minutes.
pub const DEFAULT_TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// The headers of one try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Of [`ID_HEADER`].
    pub id: String,
    /// Of [`TIMESTAMP_HEADER`].
    pub timestamp: String,
    /// Of [`SIGNATURE_HEADER`].
    pub signature: String,
}

/// Signs one try. The bytes of `body` must be sent exactly as given here.
pub fn sign(id: &EventId, now: UnixMillis, body: &[u8], secrets: &SigningSecrets) -> Signed {
    let timestamp = (now.millis().div_euclid(1000)).to_string();
    let signatures: Vec<String> = secrets
        .iter()
        .map(|secret| secret.mac(&content(id.as_str(), &timestamp, body)))
        .map(|mac| format!("{SCHEME}{}", Base64::encode_string(&mac)))
        .collect();
    Signed { id: id.as_str().to_owned(), timestamp, signature: signatures.join(" ") }
}

/// The headers of a received request; a missing header is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Received<'a> {
    /// Of [`ID_HEADER`].
    pub id: Option<&'a str>,
    /// Of [`TIMESTAMP_HEADER`].
    pub timestamp: Option<&'a str>,
    /// Of [`SIGNATURE_HEADER`].
    pub signature: Option<&'a str>,
}

/// A request with a valid signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The event's id. A receiver that has already handled it answers 2xx and does nothing else.
    pub id: EventId,
    /// The time of this try, with a resolution of one second.
    pub sent_at: UnixMillis,
}

/// Verifies that a request was signed with one of the secrets for exactly this body, within `tolerance` of `now`.
///
/// `body` must be the bytes as received: JSON that was parsed and written again has another signature. Signatures are
/// compared in constant time.
///
/// # Errors
///
/// The first check that fails; signatures are checked last.
pub fn verify(
    received: Received<'_>,
    body: &[u8],
    secrets: &SigningSecrets,
    now: UnixMillis,
    tolerance: Duration,
) -> Result<Verified, VerifyError> {
    let id = received.id.ok_or(VerifyError::Missing(ID_HEADER))?;
    let timestamp = received.timestamp.ok_or(VerifyError::Missing(TIMESTAMP_HEADER))?;
    let signature = received.signature.ok_or(VerifyError::Missing(SIGNATURE_HEADER))?;

    let id: EventId = id.parse()?;
    let sent_at = seconds(timestamp).ok_or(VerifyError::Timestamp)?;
    if sent_at.plus(tolerance) < now {
        return Err(VerifyError::TooOld);
    }
    if now.plus(tolerance) < sent_at {
        return Err(VerifyError::TooNew);
    }

    let signatures = signatures(signature)?;
    let mut holds = false;
    for secret in secrets.iter() {
        let expected = secret.mac(&content(id.as_str(), timestamp, body));
        for signature in &signatures {
            holds |= mac::same(*signature, expected);
        }
    }
    if holds { Ok(Verified { id, sent_at }) } else { Err(VerifyError::Signature) }
}

/// The reason why a request is not a valid webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The named header is missing.
    #[error("the header {0} is missing")]
    Missing(&'static str),
    /// The id has an invalid length or character.
    #[error("the header webhook-id is not the id of an event")]
    Id(#[from] EventIdError),
    /// The timestamp is not a number of seconds.
    #[error("the header webhook-timestamp is not a number of seconds since 1970")]
    Timestamp,
    /// Sent too long ago: a replayed request, or the receiver's clock is ahead.
    #[error("the webhook was sent too long ago, or this clock is ahead")]
    TooOld,
    /// Sent in the future: the receiver's clock is behind.
    #[error("the webhook was sent in the future, so this clock is behind")]
    TooNew,
    /// The header has no signature with the scheme `v1`, or too many of them.
    #[error("the header webhook-signature holds no v1 signature, or too many of them")]
    NoSignature,
    /// No signature matches this id, timestamp and body with these secrets.
    #[error("no signature fits: another secret, or the body is not as it was sent")]
    Signature,
}

const SCHEME: &str = "v1,";
/// Two are needed during a rotation. Each signature costs a comparison, so the number is limited.
const MAX_SIGNATURES: usize = 8;
/// Seconds since 1970 have ten digits until the year 2286. Twelve digits cannot overflow.
const MAX_TIMESTAMP_DIGITS: usize = 12;

fn content<'a>(id: &'a str, timestamp: &'a str, body: &'a [u8]) -> [&'a [u8]; 5] {
    [id.as_bytes(), b".", timestamp.as_bytes(), b".", body]
}

/// Parses the canonical form only: digits without sign or leading zeros.
fn seconds(text: &str) -> Option<UnixMillis> {
    let canonical = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if !canonical || text.len() > MAX_TIMESTAMP_DIGITS {
        return None;
    }
    Some(UnixMillis(text.parse::<i64>().ok()?.checked_mul(1000)?))
}

/// Returns the `v1` signatures of a header. Other schemes, such as `v1a`, and texts of another length are ignored.
fn signatures(header: &str) -> Result<Vec<[u8; 32]>, VerifyError> {
    let texts: Vec<&str> = header.split(' ').filter_map(|part| part.strip_prefix(SCHEME)).collect();
    if texts.is_empty() || texts.len() > MAX_SIGNATURES {
        return Err(VerifyError::NoSignature);
    }
    let mut signatures = Vec::new();
    for text in texts {
        let mut bytes = [0; 33];
        let decoded = Base64::decode(text, &mut bytes).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        signatures.extend(decoded);
    }
    Ok(signatures)
}
