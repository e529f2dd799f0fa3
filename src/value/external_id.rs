//! The merchant's id of a payment.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

/// An external id: 1 to 64 characters of `A-Z a-z 0-9 _ -`.
///
/// Compago requires it to be unique within the organisation for ever and appends it to the return URL. It documents
/// neither length nor characters (<https://docs.compago.com/one-time-payment/create>, read November 2026). The set here
/// is the project's own: it needs no escaping in a URL, a path or a file name. The type cannot prevent callers from
/// putting personal data into it.
///
/// ```
/// use compago::value::ExternalId;
///
/// let id: ExternalId = "K7Q2M9XD3FHT-1".parse()?;
/// assert_eq!(id.as_str(), "K7Q2M9XD3FHT-1");
/// assert!("order 7".parse::<ExternalId>().is_err());
/// # Ok::<(), compago::value::ExternalIdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct ExternalId(String);

impl ExternalId {
    /// The maximum length in characters.
    pub const MAX_CHARS: usize = 64;

    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ExternalId {
    type Err = ExternalIdError;

    fn from_str(text: &str) -> Result<Self, ExternalIdError> {
        if text.is_empty() {
            return Err(ExternalIdError::Empty);
        }
        if text.len() > Self::MAX_CHARS {
            return Err(ExternalIdError::TooLong);
        }
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
            return Err(ExternalIdError::Character);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The reason why a text is not an [`ExternalId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ExternalIdError {
    /// No characters.
    #[error("external id is empty")]
    Empty,
    /// More than [`ExternalId::MAX_CHARS`].
    #[error("external id has more than 64 characters")]
    TooLong,
    /// A character other than a letter, digit, underscore or hyphen.
    #[error("external id has a character that is not a letter, digit, underscore or hyphen")]
    Character,
}
