//! Mexican tax ids.

use core::{fmt, str::FromStr};

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;

use super::clean_code;

/// The tax id of a company or a person in Mexico (registro federal de contribuyentes): three or four letters, the six digits of a date
/// (year, month, day) and three letters or digits. Spaces and hyphens between them are dropped, and letters become capitals.
///
/// ```
/// use compago::value::{Rfc, RfcError};
///
/// assert_eq!("tnu-190312-ab1".parse::<Rfc>()?.as_str(), "TNU190312AB1");
/// assert_eq!("TNU190230AB1".parse::<Rfc>(), Err(RfcError::Date));
/// # Ok::<(), RfcError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct Rfc(String);

impl Rfc {
    /// Returns the 12 characters of a company or the 13 of a person.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Rfc {
    type Err = RfcError;

    fn from_str(text: &str) -> Result<Self, RfcError> {
        let written = clean_code(text).to_uppercase();
        let id: String = written.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
        if id.is_empty() {
            return Err(RfcError::Empty);
        }
        let letters = id.chars().take_while(|character| !character.is_ascii_digit()).count();
        let is_name = |character: char| character.is_ascii_uppercase() || matches!(character, 'Ñ' | '&');
        let (name, rest) = id.split_at(id.char_indices().nth(letters).map_or(id.len(), |(at, _)| at));
        let Some((date, check)) = rest.split_at_checked(6) else { return Err(RfcError::Format) };
        let is_check = check.len() == 3 && check.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !(3..=4).contains(&letters) || !name.chars().all(is_name) || !is_check {
            return Err(RfcError::Format);
        }
        if !date.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(RfcError::Format);
        }
        if !is_date(date) {
            return Err(RfcError::Date);
        }
        Ok(Self(id))
    }
}

impl fmt::Display for Rfc {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether there is such a day in one of the centuries: the year has two digits.
fn is_date(digits: &str) -> bool {
    let Ok(number) = digits.parse::<u32>() else { return false };
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let days = match month {
        // The year 2000 was a leap year.
        2 if year % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// The reason why a text is not an [`Rfc`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RfcError {
    /// No characters.
    #[error("the RFC is empty")]
    Empty,
    /// Not three or four letters, six digits, and three letters or digits.
    #[error("the RFC is not made of three or four letters, six digits, and three letters or digits")]
    Format,
    /// The six digits are no date.
    #[error("the six digits of the RFC are not a date")]
    Date,
}
