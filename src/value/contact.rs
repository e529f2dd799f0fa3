//! How the payer is reached.

use core::{fmt, str::FromStr};

use thiserror::Error;

/// An e-mail address. Personal data: `Debug` does not show it.
///
/// The rule is that of the browser's `<input type="email">` (<https://html.spec.whatwg.org/#valid-e-mail-address>), with a
/// dot in the domain, so that a form and we agree; surrounding space is dropped. Letters outside of ASCII are refused: in
/// an address they are far more often a slip than a mailbox.
///
/// ```
/// use compago::value::Email;
///
/// let email: Email = " ana@example.com ".parse()?;
/// assert_eq!(email.as_str(), "ana@example.com");
/// assert!("ana@example".parse::<Email>().is_err());
/// assert_eq!(format!("{email:?}"), "Email(redacted)");
/// # Ok::<(), compago::value::EmailError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// The longest legal address, in characters.
    pub const MAX_CHARS: usize = 254;

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailError::Format)?;
        if !is_local_part(local) || !is_domain(domain) {
            return Err(EmailError::Format);
        }
        if text.len() > Self::MAX_CHARS || local.len() > 64 {
            return Err(EmailError::TooLong);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

text_on_the_wire!(Email);
redacted_debug!(Email);

/// Why something is not an [`Email`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EmailError {
    /// No characters.
    #[error("e-mail address is empty")]
    Empty,
    /// Not `name@domain.tld` in plain letters.
    #[error("e-mail address has not the form name@example.com")]
    Format,
    /// More than 254 characters, or more than 64 before the `@`.
    #[error("e-mail address has more than 254 characters, or more than 64 before the @")]
    TooLong,
}

/// A telephone number in international form. Personal data: `Debug` does not show it.
///
/// Ten digits are a Mexican number; any other country needs its prefix, `+` or `00`. Spaces, dashes, dots and parentheses
/// may stand anywhere. Mexico's older ways of writing mean the same subscriber and are kept as `+52` and ten digits: the
/// `1` of mobile numbers after `+52`, and the trunk prefixes `01`, `044` and `045`.
///
/// ```
/// use compago::value::PhoneNumber;
///
/// for text in ["55 1234 5678", "(55) 1234-5678", "+52 1 55 1234 5678", "0052 55 1234 5678", "044 55 1234 5678"] {
///     assert_eq!(text.parse::<PhoneNumber>()?.as_str(), "+525512345678");
/// }
/// assert_eq!("+1 415 555 0100".parse::<PhoneNumber>()?.as_str(), "+14155550100");
/// assert!("5512".parse::<PhoneNumber>().is_err());
/// # Ok::<(), compago::value::PhoneError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// `+` and 8 to 15 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PhoneNumber {
    type Err = PhoneError;

    fn from_str(text: &str) -> Result<Self, PhoneError> {
        let dialled: String = text.chars().filter(|character| !is_phone_separator(*character)).collect();
        if dialled.is_empty() {
            return Err(PhoneError::Empty);
        }
        let international = dialled.strip_prefix('+').or_else(|| dialled.strip_prefix("00"));
        let digits = international.unwrap_or(&dialled);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PhoneError::Character);
        }
        if let Some(national) = digits.strip_prefix("52").and_then(mexican_national) {
            return Ok(Self(format!("+52{national}")));
        }
        if international.is_none() {
            let national = mexican_national_or_trunk(digits).ok_or(PhoneError::CountryCode)?;
            return Ok(Self(format!("+52{national}")));
        }
        if digits.starts_with("52") || digits.starts_with('0') || !(8..=15).contains(&digits.len()) {
            return Err(PhoneError::Length);
        }
        Ok(Self(format!("+{digits}")))
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

text_on_the_wire!(PhoneNumber);
redacted_debug!(PhoneNumber);

/// Why something is not a [`PhoneNumber`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PhoneError {
    /// No characters.
    #[error("telephone number is empty")]
    Empty,
    /// Something that is neither digit nor separator, or a `+` that does not stand first.
    #[error("telephone number has a character that is no digit, space, dash, dot or parenthesis")]
    Character,
    /// Not ten digits, and no country code.
    #[error("telephone number has neither ten digits nor a country code")]
    CountryCode,
    /// A country code, and too few or too many digits after it.
    #[error("telephone number has too few or too many digits for its country code")]
    Length,
}

/// The ten digits of a number that follows `52`, with or without the older `1`, `01`, `044` or `045` in front.
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

/// What people and address books write between digits. The direction marks come along when a number is copied out of a
/// telephone's address book.
fn is_phone_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '.' | '(' | ')' | '\u{2010}'..='\u{2015}' | '\u{200E}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_local_part(local: &str) -> bool {
    !local.is_empty()
        && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte))
}

fn is_domain(domain: &str) -> bool {
    let top_level = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.') && domain.split('.').all(is_label) && !top_level.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}
