//! Signing a try, and checking what was received.

use core::time::Duration;

use base64ct::{Base64, Encoding};

use super::{EventId, EventIdError, SigningSecrets};
use crate::mac;
use crate::value::UnixMillis;

/// Header with the id of the event.
pub const ID_HEADER: &str = "webhook-id";
/// Header with the seconds since 1970 at which this try was made.
pub const TIMESTAMP_HEADER: &str = "webhook-timestamp";
/// Header with the signatures.
pub const SIGNATURE_HEADER: &str = "webhook-signature";
/// How far the timestamp may lie from the receiver's clock, before or after it: five minutes.
pub const DEFAULT_TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// The values of the three headers of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Of [`ID_HEADER`].
    pub id: String,
    /// Of [`TIMESTAMP_HEADER`].
    pub timestamp: String,
    /// Of [`SIGNATURE_HEADER`].
    pub signature: String,
}

/// Signs one try: the bytes of `body` must be sent exactly as they are here.
pub fn sign(id: &EventId, now: UnixMillis, body: &[u8], secrets: &SigningSecrets) -> Signed {
    let timestamp = (now.millis().div_euclid(1000)).to_string();
    let signatures: Vec<String> = secrets
        .iter()
        .map(|secret| secret.mac(&content(id.as_str(), &timestamp, body)))
        .map(|mac| format!("{SCHEME}{}", Base64::encode_string(&mac)))
        .collect();
    Signed { id: id.as_str().to_owned(), timestamp, signature: signatures.join(" ") }
}

/// The headers of a request that says it is a webhook; what is missing is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Received<'a> {
    /// Of [`ID_HEADER`].
    pub id: Option<&'a str>,
    /// Of [`TIMESTAMP_HEADER`].
    pub timestamp: Option<&'a str>,
    /// Of [`SIGNATURE_HEADER`].
    pub signature: Option<&'a str>,
}

/// What is known of a request whose signature holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The event. A receiver that has handled it already answers 2xx and does nothing more.
    pub id: EventId,
    /// When this try was made, to the second.
    pub sent_at: UnixMillis,
}

/// Whether a request was signed with one of the secrets, at about this time, for exactly this body.
///
/// `body` are the bytes as they came: a body that was read as JSON and written again has another signature. The time
/// that the comparison takes does not depend on what the signature is.
///
/// # Errors
///
/// The first of [`VerifyError`] that is met; signatures are looked at last.
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

/// Why a request is not taken for a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The named header is not there.
    #[error("the header {0} is missing")]
    Missing(&'static str),
    /// The id is none that this project makes.
    #[error("the header webhook-id: {0}")]
    Id(#[from] EventIdError),
    /// The timestamp is not a number of seconds.
    #[error("the header webhook-timestamp is not a number of seconds since 1970")]
    Timestamp,
    /// Sent too long ago: an old request that somebody sends again, or a receiver whose clock is ahead.
    #[error("the webhook was sent too long ago, or this clock is ahead")]
    TooOld,
    /// Sent in the future: a receiver whose clock is behind.
    #[error("the webhook was sent in the future, so this clock is behind")]
    TooNew,
    /// The header holds no signature of the kind `v1`, or more than anybody needs.
    #[error("the header webhook-signature holds no v1 signature, or too many of them")]
    NoSignature,
    /// None of the signatures belongs to this id, timestamp and body with these secrets.
    #[error("no signature fits: another secret, or the body is not as it was sent")]
    Signature,
}

const SCHEME: &str = "v1,";
/// Two while secrets are changed, and some room. Each costs the receiver a comparison, so there has to be an end.
const MAX_SIGNATURES: usize = 8;
/// Seconds since 1970 have ten digits until the year 2286; twelve leave no room for an overflow.
const MAX_TIMESTAMP_DIGITS: usize = 12;

fn content<'a>(id: &'a str, timestamp: &'a str, body: &'a [u8]) -> [&'a [u8]; 5] {
    [id.as_bytes(), b".", timestamp.as_bytes(), b".", body]
}

/// Only the one way to write a number: digits, without sign or leading zeros.
fn seconds(text: &str) -> Option<UnixMillis> {
    let canonical = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if !canonical || text.len() > MAX_TIMESTAMP_DIGITS {
        return None;
    }
    Some(UnixMillis(text.parse::<i64>().ok()?.checked_mul(1000)?))
}

/// The `v1` signatures of a header. Other schemes (such as `v1a`) are passed over, as are texts of another length.
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
