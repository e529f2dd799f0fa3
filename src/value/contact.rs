//! E-mail addresses.

use core::{fmt, str::FromStr};

use thiserror::Error;

use super::text::{clean_code, without_prefix};

/// An e-mail address. Personal data: `Debug` is redacted.
///
/// The syntax is that of the browser's `<input type="email">` (<https://html.spec.whatwg.org/#valid-e-mail-address>),
/// with two additional rules: the domain contains a dot, and dots in the local part appear only between other
/// characters (the dot-atom of RFC 5322), since mail servers refuse others. The text is cleaned like a code
/// ([`clean_code`]), and a leading `mailto:` is dropped. Letters outside of ASCII are refused: in an address they are
/// usually a typing error.
///
/// ```
/// use compago::value::{Email, EmailError};
///
/// let email: Email = "\u{200B}ana@example.com ".parse()?;
/// assert_eq!(email.as_str(), "ana@example.com");
/// assert_eq!("ana.@example.com".parse::<Email>(), Err(EmailError::Dots));
/// assert_eq!(format!("{email:?}"), "Email(redacted)");
/// # Ok::<(), EmailError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// The maximum length in characters.
    pub const MAX_CHARS: usize = 254;

    /// Returns the address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a stored address, including one stored by a version that accepted any dots in the local part.
    fn stored(text: &str) -> Result<Self, EmailError> {
        text.parse().or_else(|_| check_address(text).map(|()| Self(text.to_owned())))
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let cleaned = clean_code(text);
        let address = without_prefix(&cleaned, "mailto:");
        if address.is_empty() {
            return Err(EmailError::Empty);
        }
        check_address(address)?;
        let local = address.split('@').next().unwrap_or_default();
        if local.split('.').any(str::is_empty) {
            return Err(EmailError::Dots);
        }
        Ok(Self(address.to_owned()))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

stored_text!(Email, Self::stored);
redacted_debug!(Email);

/// The reason why a text is not an [`Email`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EmailError {
    /// No characters.
    #[error("e-mail address is empty")]
    Empty,
    /// Not of the form `name@domain.tld` in ASCII.
    #[error("e-mail address has not the form name@example.com")]
    Format,
    /// Two consecutive dots in the local part, or a dot at its start or end.
    #[error("e-mail address has two dots in a row before the @, or one at the start or just before the @")]
    Dots,
    /// More than 254 characters, or more than 64 before the `@`.
    #[error("e-mail address has more than 254 characters, or more than 64 before the @")]
    TooLong,
}

fn check_address(text: &str) -> Result<(), EmailError> {
    let (local, domain) = text.split_once('@').ok_or(EmailError::Format)?;
    if !is_local_part(local) || !is_domain(domain) {
        return Err(EmailError::Format);
    }
    if text.len() > Email::MAX_CHARS || local.len() > 64 {
        return Err(EmailError::TooLong);
    }
    Ok(())
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
