//! Who receives a parcel, and who carries it.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

use super::clean_code;

/// The name of whoever receives a parcel: 1 to 100 characters. Personal data: `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecipientName(String);

cleaned_text!(RecipientName, 100);
redacted_debug!(RecipientName);

/// What the payer asks of whoever delivers: 1 to 200 characters. Personal data: `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryInstructions(String);

cleaned_text!(DeliveryInstructions, 200);
redacted_debug!(DeliveryInstructions);

/// The company that carries a parcel: 1 to 60 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Carrier(String);

cleaned_text!(Carrier, 60);

/// The merchant's own note about handing an order over: 1 to 200 characters. It may name people, so `Debug` is redacted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FulfilmentNote(String);

cleaned_text!(FulfilmentNote, 200);
redacted_debug!(FulfilmentNote);

/// A carrier's tracking number: 1 to 60 letters, digits, hyphens and single spaces. The text is cleaned like a code
/// ([`clean_code`]).
///
/// ```
/// use compago::value::{TrackingNumber, TrackingNumberError};
///
/// assert_eq!(" 1Z 999-AA1 ".parse::<TrackingNumber>()?.as_str(), "1Z 999-AA1");
/// assert_eq!("1Z/999".parse::<TrackingNumber>(), Err(TrackingNumberError::Character));
/// # Ok::<(), TrackingNumberError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct TrackingNumber(String);

impl TrackingNumber {
    /// The maximum length in characters.
    pub const MAX_CHARS: usize = 60;

    /// Returns the number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TrackingNumber {
    type Err = TrackingNumberError;

    fn from_str(text: &str) -> Result<Self, TrackingNumberError> {
        let number = clean_code(text);
        if number.is_empty() {
            return Err(TrackingNumberError::Empty);
        }
        if !number.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b' ')) {
            return Err(TrackingNumberError::Character);
        }
        if number.len() > Self::MAX_CHARS {
            return Err(TrackingNumberError::TooLong);
        }
        Ok(Self(number))
    }
}

impl fmt::Display for TrackingNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The reason why a text is not a [`TrackingNumber`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TrackingNumberError {
    /// No characters.
    #[error("tracking number is empty")]
    Empty,
    /// More than 60 characters.
    #[error("tracking number has more than 60 characters")]
    TooLong,
    /// A character other than letters, digits, hyphens and spaces.
    #[error("tracking number is not made of letters, digits, hyphens and spaces")]
    Character,
}
