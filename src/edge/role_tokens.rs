//! The roles of callers, and the tokens that grant them.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use super::role_token::{RoleToken, RoleTokenError, RotatedToken, TokenVersion};

/// What a caller may do. An operator may do whatever a cashier may.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, EnumString, IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownRole, parse_err_fn = UnknownRole::of)]
pub enum Role {
    /// May charge at terminals.
    Cashier,
    /// May see and manage everything.
    Operator,
}

impl Role {
    /// The name of the role on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether somebody of this role may do what is meant for the other.
    #[must_use]
    pub fn covers(self, needed: Self) -> bool {
        self >= needed
    }
}

/// A text that names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there are the roles cashier and operator")]
pub struct UnknownRole;

impl UnknownRole {
    const fn of(_: &str) -> Self {
        Self
    }
}

/// The tokens that are configured. A role without a token does not exist.
///
/// ```
/// use compago::edge::{Role, RoleTokens, TokenVersion, bearer_token};
///
/// let tokens = RoleTokens::new(Some("operator-token-2 operator-token-1".parse()?), None)?;
/// assert_eq!(bearer_token("Bearer operator-token-2").and_then(|token| tokens.role_for(token)), Some(Role::Operator));
/// assert_eq!(tokens.holder_of("operator-token-1"), Some((Role::Operator, TokenVersion::Older)));
/// assert_eq!(tokens.role_for("operator-token-3"), None);
/// assert_eq!(tokens.role_for(""), None);
/// # Ok::<(), compago::edge::RoleTokenError>(())
/// ```
#[derive(Debug, Clone)]
pub struct RoleTokens {
    operator: Option<RotatedToken>,
    cashier: Option<RotatedToken>,
}

impl RoleTokens {
    /// The operator's tokens and the cashiers', where there are such.
    ///
    /// # Errors
    ///
    /// [`RoleTokenError::Same`] if they share one, which would make an operator of every cashier.
    pub fn new(operator: Option<RotatedToken>, cashier: Option<RotatedToken>) -> Result<Self, RoleTokenError> {
        if let (Some(operator), Some(cashier)) = (&operator, &cashier)
            && operator.shares_one_with(cashier)
        {
            return Err(RoleTokenError::Same);
        }
        Ok(Self { operator, cashier })
    }

    /// Whose token this is. Digests are compared, and each with every token, so that the time tells neither how long a
    /// token is, nor how much of it is right, nor whose it nearly was.
    #[must_use]
    pub fn role_for(&self, token: &str) -> Option<Role> {
        self.holder_of(token).map(|(role, _)| role)
    }

    /// The same, with which of the role's tokens it is.
    #[must_use]
    pub fn holder_of(&self, token: &str) -> Option<(Role, TokenVersion)> {
        let version = |tokens: Option<&RotatedToken>| tokens.and_then(|tokens| tokens.version_of(token));
        let (operator, cashier) = (version(self.operator.as_ref()), version(self.cashier.as_ref()));
        match (operator, cashier) {
            (Some(version), _) => Some((Role::Operator, version)),
            (None, Some(version)) => Some((Role::Cashier, version)),
            (None, None) => None,
        }
    }

    pub(super) fn of(&self, role: Role, version: TokenVersion) -> Option<&RoleToken> {
        let tokens = match role {
            Role::Cashier => &self.cashier,
            Role::Operator => &self.operator,
        };
        tokens.as_ref()?.of(version)
    }
}

/// The token of an `Authorization: Bearer` header (RFC 6750); `None` for any other scheme.
#[must_use]
pub fn bearer_token(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    let token = token.trim_matches(' ');
    if scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() { Some(token) } else { None }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::{Role, RoleTokenError, RoleTokens, TokenVersion, bearer_token};

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
    fn two_while_they_are_changed() {
        let both =
            tokens(Some("operator-token-2, operator-token-1"), Some("cashier-token-13\ncashier-token-12")).unwrap();
        for (token, expected) in [
            ("operator-token-2", Some((Role::Operator, TokenVersion::Newest))),
            ("operator-token-1", Some((Role::Operator, TokenVersion::Older))),
            ("cashier-token-13", Some((Role::Cashier, TokenVersion::Newest))),
            ("cashier-token-12", Some((Role::Cashier, TokenVersion::Older))),
            ("operator-token-2, operator-token-1", None),
            ("operator-token-2,", None),
            ("operator-token-3", None),
            ("", None),
        ] {
            assert_eq!(both.holder_of(token), expected, "{token}");
        }
    }

    #[test]
    fn refusals() {
        for (operator, cashier) in [
            (OPERATOR, OPERATOR),
            ("operator-token-2 operator-token-1", OPERATOR),
            (OPERATOR, "cashier-token-12 operator-token-1"),
            ("operator-token-2 cashier-token-12", "cashier-token-13 cashier-token-12"),
        ] {
            assert_eq!(tokens(Some(operator), Some(cashier)).err(), Some(RoleTokenError::Same), "{operator} {cashier}");
        }
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
