//! Telephone numbers.

use core::{fmt, str::FromStr};

use thiserror::Error;

use super::text::{clean_code, without_prefix};

/// A telephone number in international format. Personal data: `Debug` is redacted.
///
/// Ten digits are a Mexican number; numbers of other countries need a prefix, `+` or `00`. The separators of people and
/// address books are accepted between digits: spaces, dashes, dots, parentheses, `/`, `·` and, in a Mexican number,
/// commas. A leading `tel:` is dropped. The text is cleaned like a code ([`clean_code`]). Mexico's older formats mean
/// the same subscriber and are normalised to `+52` and ten digits: the `1` of mobile numbers after `+52`, and the trunk
/// prefixes `01`, `044` and `045`. The trunk prefix of other countries is dropped if it is written as `(0)`.
///
/// A number that repeats one digit is refused. Toll-free numbers (`800`) are accepted: the payer may be a company, and
/// Compago documents no rule against them.
///
/// ```
/// use compago::value::{PhoneError, PhoneNumber};
///
/// for text in ["55 1234 5678", "(55) 1234-5678", "+52 1 55 1234 5678", "0052 55 1234 5678", "tel:044/55·1234·5678"] {
///     assert_eq!(text.parse::<PhoneNumber>()?.as_str(), "+525512345678");
/// }
/// assert_eq!("+44 (0)7911 123456".parse::<PhoneNumber>()?.as_str(), "+447911123456");
/// assert_eq!("55 1234 5678 ext. 102".parse::<PhoneNumber>(), Err(PhoneError::Extension));
/// # Ok::<(), PhoneError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Returns the number: `+` and 8 to 15 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a stored number, including one stored by a version that accepted a repeated digit and a trunk prefix in
    /// brackets.
    fn stored(text: &str) -> Result<Self, PhoneError> {
        text.parse().or_else(|error| {
            let digits = text.strip_prefix('+').unwrap_or_default();
            let legal = (8..=15).contains(&digits.len()) && is_digits(digits);
            if legal { Ok(Self(text.to_owned())) } else { Err(error) }
        })
    }
}

impl FromStr for PhoneNumber {
    type Err = PhoneError;

    fn from_str(text: &str) -> Result<Self, PhoneError> {
        let cleaned = clean_code(text);
        let written = without_prefix(without_prefix(&cleaned, "tel:"), "tel.");
        read(written).map_err(|error| if has_extension(written) { PhoneError::Extension } else { error })
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

stored_text!(PhoneNumber, Self::stored);
redacted_debug!(PhoneNumber);

/// The reason why a text is not a [`PhoneNumber`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PhoneError {
    /// No characters.
    #[error("telephone number is empty")]
    Empty,
    /// A character that is neither digit nor separator, or a `+` that is not the first one.
    #[error("telephone number has a character that is not a digit, space, dash, dot, slash or parenthesis")]
    Character,
    /// An extension, such as `ext. 102` or `x102`.
    #[error("telephone number has an extension")]
    Extension,
    /// Not ten digits, and no country code.
    #[error("telephone number has neither ten digits nor a country code")]
    CountryCode,
    /// Too few or too many digits after a country code.
    #[error("telephone number has too few or too many digits for its country code")]
    Length,
    /// A number that repeats one digit.
    #[error("telephone number is one digit repeated")]
    Repeated,
}

/// Parses the text after a prefix such as `tel:`.
fn read(written: &str) -> Result<PhoneNumber, PhoneError> {
    let dialled = without_separators(&without_trunk_prefix(written));
    if dialled.is_empty() {
        return Err(PhoneError::Empty);
    }
    let international = after_international_prefix(&dialled);
    let digits = international.unwrap_or(&dialled);
    if digits.is_empty() || !is_digits(digits) {
        return Err(PhoneError::Character);
    }
    if let Some(national) = digits.strip_prefix("52").and_then(mexican_national) {
        return from_national("52", national);
    }
    if international.is_none() {
        return from_national("52", mexican_national_or_trunk(digits).ok_or(PhoneError::CountryCode)?);
    }
    // The length of a number depends on its country, so possible second numbers and extensions must not be taken for
    // further digits.
    let after_slash = written.rsplit_once('/').map(|(_, rest)| digits_in(rest));
    if written.contains(',') || written.matches('/').count() > 1 || after_slash.is_some_and(|rest| rest < 5) {
        return Err(PhoneError::Character);
    }
    if digits.starts_with("52") || digits.starts_with('0') || !(8..=15).contains(&digits.len()) {
        return Err(PhoneError::Length);
    }
    match digits.strip_prefix('1') {
        Some(national) => from_national("1", national),
        None => from_national("", digits),
    }
}

fn from_national(country: &str, national: &str) -> Result<PhoneNumber, PhoneError> {
    let mut digits = national.bytes();
    let first = digits.next();
    if digits.all(|digit| Some(digit) == first) {
        return Err(PhoneError::Repeated);
    }
    Ok(PhoneNumber(format!("+{country}{national}")))
}

/// Returns the ten digits of a number that follows `52`, without an older `1`, `01`, `044` or `045` before them.
fn mexican_national(digits: &str) -> Option<&str> {
    let subscriber = mexican_national_or_trunk(digits);
    subscriber.or_else(|| digits.strip_prefix('1').and_then(ten_digits))
}

fn mexican_national_or_trunk(digits: &str) -> Option<&str> {
    let trunk = ["01", "044", "045"].into_iter().find_map(|prefix| digits.strip_prefix(prefix).and_then(ten_digits));
    ten_digits(digits).or(trunk)
}

fn ten_digits(digits: &str) -> Option<&str> {
    (digits.len() == 10 && !digits.starts_with('0')).then_some(digits)
}

/// Removes a `(0)` after a country code, except for Italy and San Marino, where the zero is dialled from abroad as
/// well.
fn without_trunk_prefix(written: &str) -> String {
    let mut kept = String::new();
    for part in written.split('(') {
        let dialled = without_separators(&kept);
        let country = after_international_prefix(&dialled).unwrap_or_default();
        let has_trunk = (1..=3).contains(&country.len()) && !matches!(country, "39" | "378");
        let rest = part.trim_start().strip_prefix('0').and_then(|rest| rest.trim_start().strip_prefix(')'));
        kept.push_str(rest.filter(|_| has_trunk).unwrap_or(part));
    }
    kept
}

/// Returns whether the number is followed by a mark, such as `ext.`, `x` or a comma, and up to six digits.
fn has_extension(written: &str) -> bool {
    written.char_indices().filter_map(|(at, _)| written.split_at_checked(at)).any(|(number, rest)| {
        let begins = |mark: &str| rest.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
        let least = match rest.chars().next() {
            // These also separate groups of digits.
            Some(',' | ';') => 10,
            _ if ["ext", "int", "x", "#"].into_iter().any(begins) => 7,
            _ => return false,
        };
        digits_in(number) >= least && (1..=6).contains(&digits_in(rest))
    })
}

fn after_international_prefix(dialled: &str) -> Option<&str> {
    dialled.strip_prefix('+').or_else(|| dialled.strip_prefix("00"))
}

fn without_separators(text: &str) -> String {
    text.chars().filter(|character| !is_separator(*character)).collect()
}

/// Returns whether the character is a separator that people and address books write between digits.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '.' | ',' | '/' | '(' | ')' | '·' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn digits_in(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
