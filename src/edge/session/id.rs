//! The name of a session.

use core::fmt;
use core::str::FromStr;

/// Names a session, so that it can be ended on the server: random text of the Worker's, such as a UUID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionId(String);

impl SessionId {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SessionId {
    type Err = SessionIdError;

    fn from_str(text: &str) -> Result<Self, SessionIdError> {
        let legal = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase() || byte == b'-';
        if (16..=40).contains(&text.len()) && text.bytes().all(legal) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SessionIdError)
        }
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that names no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a session's id has 16 to 40 digits, lower-case letters and hyphens")]
pub struct SessionIdError;

#[cfg(test)]
mod tests {
    use super::SessionId;

    #[test]
    fn ids() {
        for (text, legal) in [
            ("0123456789abcdef", true),
            ("0123456789abcde", false),
            ("0123456789ABCDEF", false),
            ("0123456789abcde.", false),
        ] {
            assert_eq!(text.parse::<SessionId>().is_ok(), legal, "{text}");
        }
    }
}
