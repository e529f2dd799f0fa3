//! The short name of an order, made to be read out on the telephone.

use core::{fmt, str::FromStr};

use thiserror::Error;

use crate::json::{FromJson, Json, ToJson, Unexpected, Writer};

/// Crockford's base 32: digits and capital letters without I, L, O and U (<https://www.crockford.com/base32.html>).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// An order's reference: 60 bits as twelve characters of Crockford's base 32, shown in three groups.
///
/// It is a name, not a key: whoever knows it may know nothing else. Dashes, spaces and lower case are read, O as 0 and I
/// and L as 1.
///
/// ```
/// use compago::value::Reference;
///
/// let reference: Reference = "k7q2 m9xd 3fht".parse()?;
/// assert_eq!(reference.to_string(), "K7Q2-M9XD-3FHT");
/// assert_eq!(reference.compact(), "K7Q2M9XD3FHT");
/// # Ok::<(), compago::value::ReferenceError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(u64);

impl Reference {
    /// How many characters the compact form has.
    pub const CHARS: usize = 12;

    /// The reference of the first 60 bits of these bytes, most significant first; the last four bits are not used.
    #[must_use]
    pub const fn from_bytes(bytes: &[u8; 8]) -> Self {
        Self(u64::from_be_bytes(*bytes) >> 4)
    }

    /// Twelve characters without dashes: the form on the wire and in external ids.
    #[must_use]
    pub fn compact(&self) -> String {
        self.symbols().collect()
    }

    fn symbols(self) -> impl Iterator<Item = char> {
        (0..Self::CHARS).rev().filter_map(move |place| {
            let digit = usize::try_from((self.0 >> (5 * place)) & 31).ok()?;
            ALPHABET.get(digit).copied().map(char::from)
        })
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let mut bits = 0;
        let mut symbols = 0;
        for character in text.chars().filter(|character| !matches!(character, '-' | ' ')) {
            bits = (bits << 5) | symbol_value(character).ok_or(ReferenceError::Character)?;
            symbols += 1;
            if symbols > Self::CHARS {
                return Err(ReferenceError::Length);
            }
        }
        if symbols == Self::CHARS { Ok(Self(bits)) } else { Err(ReferenceError::Length) }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;

        for (at, symbol) in self.symbols().enumerate() {
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

impl ToJson for Reference {
    fn to_json(&self, out: &mut Writer) {
        out.text(&self.compact());
    }
}

impl FromJson for Reference {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        json.text()?.parse().map_err(|_| Unexpected::HERE)
    }
}

/// Why something is not a [`Reference`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReferenceError {
    /// Not twelve characters, dashes and spaces aside.
    #[error("reference has not twelve characters")]
    Length,
    /// One that is no digit or letter of the alphabet, such as U.
    #[error("reference has a character that references never have")]
    Character,
}

fn symbol_value(character: char) -> Option<u64> {
    let symbol = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let position = ALPHABET.iter().position(|known| char::from(*known) == symbol)?;
    u64::try_from(position).ok()
}
