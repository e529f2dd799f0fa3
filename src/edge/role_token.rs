//! The token of a role, also while it is being rotated.

use core::str::FromStr;

use crate::mac::rotated;
use crate::value::{Secret, SecretError};

/// The token of a role: 16 to 512 visible ASCII characters. Its holder may act in that role.
///
/// `Debug` redacts it; it implements neither `Display` nor `Serialize` and is not compared with `==`.
#[derive(Debug, Clone)]
pub struct RoleToken(Secret);

impl RoleToken {
    /// The fewest characters. A token is tried from anywhere, so it must not be short.
    pub const MIN_CHARS: usize = 16;

    /// Returns the token, for the `Authorization` header only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.expose().as_bytes()
    }
}

impl FromStr for RoleToken {
    type Err = RoleTokenError;

    fn from_str(text: &str) -> Result<Self, RoleTokenError> {
        let secret: Secret = text.parse()?;
        if text.len() < Self::MIN_CHARS {
            return Err(RoleTokenError::TooShort);
        }
        Ok(Self(secret))
    }
}

/// The token of a role, and while it is being changed the one before it as well: either is good.
///
/// ```
/// use compago::edge::{RoleTokenError, RotatedToken};
///
/// assert!("new-token-of-november old-token-of-october".parse::<RotatedToken>().is_ok());
/// assert_eq!("".parse::<RotatedToken>().err(), Some(RoleTokenError::Count(0)));
/// ```
#[derive(Debug, Clone)]
pub struct RotatedToken {
    newest: RoleToken,
    older: Option<RoleToken>,
}

impl RotatedToken {
    pub(super) const fn of(&self, version: TokenVersion) -> Option<&RoleToken> {
        match version {
            TokenVersion::Newest => Some(&self.newest),
            TokenVersion::Older => self.older.as_ref(),
        }
    }

    /// Which of them this text is. Both are compared, so that the time does not tell which one it was.
    pub(super) fn version_of(&self, text: &str) -> Option<TokenVersion> {
        let is = |version| self.of(version).is_some_and(|token| token.0.matches(text));
        let (newest, older) = (is(TokenVersion::Newest), is(TokenVersion::Older));
        match (newest, older) {
            (true, _) => Some(TokenVersion::Newest),
            (false, true) => Some(TokenVersion::Older),
            (false, false) => None,
        }
    }

    pub(super) fn shares_one_with(&self, other: &Self) -> bool {
        let texts = TokenVersion::ALL.into_iter().filter_map(|version| other.of(version));
        texts.fold(false, |any, token| self.version_of(token.0.expose()).is_some() | any)
    }
}

/// One or two tokens, the newest first, with spaces, line ends or commas between them.
impl FromStr for RotatedToken {
    type Err = RoleTokenError;

    fn from_str(text: &str) -> Result<Self, RoleTokenError> {
        let texts: Vec<&str> = rotated(text).collect();
        match texts.as_slice() {
            [newest] => Ok(Self { newest: newest.parse()?, older: None }),
            [newest, older] => Ok(Self { newest: newest.parse()?, older: Some(older.parse()?) }),
            others => Err(RoleTokenError::Count(others.len())),
        }
    }
}

/// Which of a role's tokens somebody has shown. A session ends with the very token that it was begun with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenVersion {
    /// The one in use.
    Newest,
    /// The one that it replaces.
    Older,
}

impl TokenVersion {
    pub(super) const ALL: [Self; 2] = [Self::Newest, Self::Older];
}

/// Why tokens cannot be used. It never holds any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RoleTokenError {
    /// Empty, too long, or not visible ASCII.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// Short enough to be guessed.
    #[error("a token has at least 16 characters")]
    TooShort,
    /// One token for two roles.
    #[error("the operator and the cashiers have a token in common")]
    Same,
    /// None, or more than are in use while tokens are changed.
    #[error("one token is needed, or two while they are changed; there are {0}")]
    Count(usize),
}

#[cfg(test)]
mod tests {
    use super::{RoleToken, RoleTokenError, RotatedToken};

    #[test]
    fn one_or_two() {
        for (text, expected) in [
            ("", Some(RoleTokenError::Count(0))),
            (" ,\n", Some(RoleTokenError::Count(0))),
            ("operator-token-1", None),
            ("operator-token-2 operator-token-1", None),
            ("operator-token-2 short", Some(RoleTokenError::TooShort)),
            ("short operator-token-2", Some(RoleTokenError::TooShort)),
            ("operator-token-3 operator-token-2 operator-token-1", Some(RoleTokenError::Count(3))),
        ] {
            assert_eq!(text.parse::<RotatedToken>().err(), expected, "{text}");
        }
    }

    #[test]
    fn refusals() {
        assert_eq!("fifteen-charact".parse::<RoleToken>().err(), Some(RoleTokenError::TooShort));
        assert!(matches!("".parse::<RoleToken>().err(), Some(RoleTokenError::Secret(_))));
        assert!(matches!("sixteen charactr".parse::<RoleToken>().err(), Some(RoleTokenError::Secret(_))));
    }
}
