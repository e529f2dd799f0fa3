//! Who a caller is: the tokens that make somebody the operator or a cashier.

use core::str::FromStr;

use crate::value::{Secret, SecretError};

/// What a caller may do. An operator may do whatever a cashier may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Charges at a terminal.
    Cashier,
    /// Sees and manages everything.
    Operator,
}

variants_on_the_wire!(Role {
    Cashier = "cashier",
    Operator = "operator",
});

impl Role {
    /// The name of the role on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cashier => "cashier",
            Self::Operator => "operator",
        }
    }

    /// Whether somebody of this role may do what is meant for the other.
    #[must_use]
    pub fn covers(self, needed: Self) -> bool {
        self >= needed
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        [Self::Cashier, Self::Operator].into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}

/// A text that names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there are the roles cashier and operator")]
pub struct UnknownRole;

/// The token of a role: 16 to 512 visible ASCII characters, the secret that makes its holder somebody.
///
/// It cannot be printed, compared or written out.
#[derive(Debug, Clone)]
pub struct RoleToken(Secret);

impl RoleToken {
    /// The fewest characters. A token is tried from anywhere, so it must not be short.
    pub const MIN_CHARS: usize = 16;

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

/// The tokens that are configured. A role without a token does not exist.
///
/// ```
/// use compago::edge::{Role, RoleTokens, bearer_token};
///
/// let tokens = RoleTokens::new(Some("operator-token-1".parse()?), None)?;
/// assert_eq!(bearer_token("Bearer operator-token-1").and_then(|token| tokens.role_for(token)), Some(Role::Operator));
/// assert_eq!(tokens.role_for("operator-token-2"), None);
/// assert_eq!(tokens.role_for(""), None);
/// # Ok::<(), compago::edge::RoleTokenError>(())
/// ```
#[derive(Debug, Clone)]
pub struct RoleTokens {
    operator: Option<RoleToken>,
    cashier: Option<RoleToken>,
}

impl RoleTokens {
    /// The operator's token and the cashiers', where there are such.
    ///
    /// # Errors
    ///
    /// [`RoleTokenError::Same`] if both are one, which would make an operator of every cashier.
    pub fn new(operator: Option<RoleToken>, cashier: Option<RoleToken>) -> Result<Self, RoleTokenError> {
        if let (Some(operator), Some(cashier)) = (&operator, &cashier)
            && operator.0.matches(cashier.0.expose())
        {
            return Err(RoleTokenError::Same);
        }
        Ok(Self { operator, cashier })
    }

    /// Whose token this is. Digests are compared, and each with every token, so that the time tells neither how long a
    /// token is, nor how much of it is right, nor whose it nearly was.
    #[must_use]
    pub fn role_for(&self, token: &str) -> Option<Role> {
        let is = |role: Option<&RoleToken>| role.is_some_and(|role| role.0.matches(token));
        let (operator, cashier) = (is(self.operator.as_ref()), is(self.cashier.as_ref()));
        match (operator, cashier) {
            (true, _) => Some(Role::Operator),
            (false, true) => Some(Role::Cashier),
            (false, false) => None,
        }
    }

    pub(super) const fn of(&self, role: Role) -> Option<&RoleToken> {
        match role {
            Role::Cashier => self.cashier.as_ref(),
            Role::Operator => self.operator.as_ref(),
        }
    }
}

/// The token of an `Authorization: Bearer` header (RFC 6750); `None` for any other scheme.
#[must_use]
pub fn bearer_token(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    let token = token.trim_matches(' ');
    if scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() { Some(token) } else { None }
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
    #[error("the operator's and the cashiers' token are the same")]
    Same,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::{Role, RoleToken, RoleTokenError, RoleTokens, bearer_token};

    const OPERATOR: &str = "operator-token-1";
    const CASHIER: &str = "cashier-token-12";

    fn tokens(operator: Option<&str>, cashier: Option<&str>) -> Result<RoleTokens, RoleTokenError> {
        RoleTokens::new(operator.map(str::parse).transpose()?, cashier.map(str::parse).transpose()?)
    }

    #[test]
    fn whose_token() {
        let both = tokens(Some(OPERATOR), Some(CASHIER)).unwrap();
        let cashier = tokens(None, Some(CASHIER)).unwrap();
        let nobody = tokens(None, None).unwrap();
        for (tokens, token, expected) in [
            (&both, OPERATOR, Some(Role::Operator)),
            (&both, CASHIER, Some(Role::Cashier)),
            (&both, "operator-token-", None),
            (&both, "operator-token-11", None),
            (&both, "Operator-token-1", None),
            (&both, "", None),
            (&cashier, CASHIER, Some(Role::Cashier)),
            (&cashier, OPERATOR, None),
            (&nobody, OPERATOR, None),
            (&nobody, "", None),
        ] {
            assert_eq!(tokens.role_for(token), expected, "{tokens:?} {token}");
        }
    }

    #[test]
    fn refusals() {
        assert_eq!(tokens(Some(OPERATOR), Some(OPERATOR)).err(), Some(RoleTokenError::Same));
        assert_eq!("fifteen-charact".parse::<RoleToken>().err(), Some(RoleTokenError::TooShort));
        assert!(matches!("".parse::<RoleToken>().err(), Some(RoleTokenError::Secret(_))));
        assert!(matches!("sixteen charactr".parse::<RoleToken>().err(), Some(RoleTokenError::Secret(_))));
    }

    #[test]
    fn an_operator_is_more_than_a_cashier() {
        assert!(Role::Operator.covers(Role::Cashier));
        assert!(Role::Operator.covers(Role::Operator));
        assert!(Role::Cashier.covers(Role::Cashier));
        assert!(!Role::Cashier.covers(Role::Operator));
    }

    #[test]
    fn headers() {
        for (header, expected) in [
            ("Bearer abc", Some("abc")),
            ("bearer  abc ", Some("abc")),
            ("BEARER abc", Some("abc")),
            ("Bearer", None),
            ("Bearer ", None),
            ("Bearerabc", None),
            ("Basic abc", None),
            ("", None),
        ] {
            assert_eq!(bearer_token(header), expected, "{header:?}");
        }
    }

    #[test]
    fn nothing_is_printed() {
        assert!(!format!("{:?}", tokens(Some(OPERATOR), Some(CASHIER))).contains("token-1"));
    }
}
