//! Compago's own name for a payment.

use core::{fmt, str::FromStr};

use thiserror::Error;

/// A payment id: a UUID of any version, kept as its 16 bytes, so that two spellings are one id.
///
/// Only the hyphenated form of 36 characters is read, in either case, and the lower-case one is written. What was read is
/// safe in a path.
///
/// ```
/// use compago::value::PaymentId;
///
/// let id: PaymentId = "0F0E0D0C-1111-4222-8333-444455556666".parse()?;
/// assert_eq!(id.to_string(), "0f0e0d0c-1111-4222-8333-444455556666");
/// assert!("../one-time-payment".parse::<PaymentId>().is_err());
/// # Ok::<(), compago::value::PaymentIdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaymentId([u8; 16]);

impl PaymentId {
    /// The id of these bytes: every sixteen bytes are one.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes in the order in which they are written.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl FromStr for PaymentId {
    type Err = PaymentIdError;

    fn from_str(text: &str) -> Result<Self, PaymentIdError> {
        if text.len() != 36 {
            return Err(PaymentIdError::Length);
        }
        let mut bytes = [0; 16];
        let mut nibbles = 0;
        for (at, character) in text.bytes().enumerate() {
            if matches!(at, 8 | 13 | 18 | 23) {
                if character != b'-' {
                    return Err(PaymentIdError::Hyphen);
                }
                continue;
            }
            let nibble = hex_value(character).ok_or(PaymentIdError::Digit)?;
            let byte: &mut u8 = bytes.get_mut(nibbles / 2).ok_or(PaymentIdError::Length)?;
            *byte = (*byte << 4) | nibble;
            nibbles += 1;
        }
        Ok(Self(bytes))
    }
}

impl fmt::Display for PaymentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                formatter.write_str("-")?;
            }
            write!(formatter, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for PaymentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PaymentId({self})")
    }
}

text_on_the_wire!(PaymentId);

/// Why something is not a [`PaymentId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PaymentIdError {
    /// Not 36 characters.
    #[error("payment id has not 36 characters")]
    Length,
    /// No hyphen where one belongs.
    #[error("payment id has no hyphen where a UUID has one")]
    Hyphen,
    /// Not a hexadecimal digit where one belongs.
    #[error("payment id has a character that is no hexadecimal digit")]
    Digit,
}

fn hex_value(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        b'A'..=b'F' => Some(character - b'A' + 10),
        _ => None,
    }
}
