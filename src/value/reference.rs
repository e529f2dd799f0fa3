//! References: short names of orders that can be read out on the telephone.

use core::{fmt, str::FromStr};

use base32::Alphabet;
use serde::{Serialize, Serializer};
use serde_with::DeserializeFromStr;
use thiserror::Error;

/// An order's reference: 60 bits as twelve characters of Crockford's base 32, which are digits and capital letters
/// without I, L, O and U (<https://www.crockford.com/base32.html>), displayed in three groups.
///
/// It is not a secret and grants no access. When parsing, dashes and spaces are ignored, lower case is accepted, O is
/// read as 0, and I and L as 1.
///
/// ```
/// use compago::value::Reference;
///
/// let reference: Reference = "k7q2 m9xd 3fht".parse()?;
/// assert_eq!(reference.to_string(), "K7Q2-M9XD-3FHT");
/// assert_eq!(reference.compact(), "K7Q2M9XD3FHT");
/// # Ok::<(), compago::value::ReferenceError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, DeserializeFromStr)]
pub struct Reference(u64);

impl Reference {
    /// The number of characters of the compact form.
    pub const CHARS: usize = 12;

    /// Creates a reference from the first 60 bits of these bytes, most significant first. The last four bits are
    /// ignored.
    #[must_use]
    pub const fn from_bytes(bytes: &[u8; 8]) -> Self {
        Self(u64::from_be_bytes(*bytes) >> 4)
    }

    /// Returns the twelve characters without dashes: the form on the wire and in external ids.
    #[must_use]
    pub fn compact(&self) -> String {
        let mut symbols = base32::encode(Alphabet::Crockford, &(self.0 << 4).to_be_bytes());
        symbols.truncate(Self::CHARS);
        symbols
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let symbols = text.chars().filter(|character| !matches!(character, '-' | ' '));
        let mut symbols: String = symbols.take(Self::CHARS + 1).collect();
        let is_whole = symbols.len() == Self::CHARS;
        // The decoder reads whole bytes only: twelve symbols have 60 bits; with another one, the first 64 bits contain
        // all of them.
        symbols.push('0');
        let bytes = base32::decode(Alphabet::Crockford, &symbols).ok_or(ReferenceError::Character)?;
        match bytes.as_slice().try_into() {
            Ok(bytes) if is_whole => Ok(Self::from_bytes(bytes)),
            Ok(_) | Err(_) => Err(ReferenceError::Length),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;

        for (at, symbol) in self.compact().chars().enumerate() {
            if at > 0 && at.is_multiple_of(4) {
                formatter.write_char('-')?;
            }
            formatter.write_char(symbol)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Reference({self})")
    }
}

/// The reason why a text is not a [`Reference`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReferenceError {
    /// Not twelve characters, not counting dashes and spaces.
    #[error("reference has not twelve characters")]
    Length,
    /// A character outside of the alphabet, such as U.
    #[error("reference has a character that references never have")]
    Character,
}

/// Serialises as the compact form.
impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.compact())
    }
}
