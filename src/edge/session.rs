//! What stands for a token after it was typed in once: a text with an end, in a cookie.

use core::time::Duration;

use super::base32::tag;
use super::role_tokens::{Role, RoleTokens};
use super::signing_key::{Purpose, SigningKey, SigningKeys};
use crate::mac;
use crate::value::UnixMillis;

/// How long a session lasts: twelve hours, a working day.
pub const SESSION_LIFETIME: Duration = Duration::from_secs(12 * 60 * 60);

/// Somebody who showed the token of a role.
///
/// Sealed, it is `v1.<role>.<milliseconds since 1970>.<mac>`. The role's token is part of what the MAC is made of: when the
/// token is changed or taken away, its sessions end with it.
///
/// ```
/// use compago::edge::{Role, RoleTokens, SESSION_LIFETIME, Session, SigningKeys};
/// use compago::value::UnixMillis;
///
/// let keys: SigningKeys = "a-signing-key-of-at-least-32-characters".parse()?;
/// let tokens = RoleTokens::new(Some("operator-token-1".parse()?), None)?;
/// let now = UnixMillis(1_772_388_000_000);
///
/// let sealed = Session::begin(Role::Operator, now).seal(&tokens, &keys).unwrap_or_default();
/// let opened = Session::open(&sealed, now, &tokens, &keys);
/// assert_eq!(opened.map(|session| session.role), Some(Role::Operator));
/// assert_eq!(Session::open(&sealed, now.plus(SESSION_LIFETIME), &tokens, &keys), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// What its holder may do.
    pub role: Role,
    /// The first moment at which it is no longer good.
    pub expires_at: UnixMillis,
}

impl Session {
    /// A session of [`SESSION_LIFETIME`].
    #[must_use]
    pub fn begin(role: Role, now: UnixMillis) -> Self {
        Self { role, expires_at: now.plus(SESSION_LIFETIME) }
    }

    /// The session as text that cannot be forged; `None` for a role without a token, which does not exist.
    #[must_use]
    pub fn seal(&self, tokens: &RoleTokens, keys: &SigningKeys) -> Option<String> {
        let (role, expiry) = (self.role.as_str(), self.expires_at.millis().to_string());
        let tag = tag_of(self.role, &expiry, tokens, keys.newest())?;
        Some(format!("{VERSION}.{role}.{expiry}.{tag}"))
    }

    /// The session that was sealed, if it was sealed with one of the keys and is not over.
    #[must_use]
    pub fn open(sealed: &str, now: UnixMillis, tokens: &RoleTokens, keys: &SigningKeys) -> Option<Self> {
        if sealed.len() > MAX_CHARS {
            return None;
        }
        let mut parts = sealed.split('.');
        let (VERSION, role, expiry, given, None) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next())
        else {
            return None;
        };
        let role = role.parse().ok()?;
        let given = mac::hash(given.as_bytes());
        let genuine = keys.any(|key| {
            tag_of(role, expiry, tokens, key).is_some_and(|tag| mac::same(mac::hash(tag.as_bytes()), given))
        });
        let expires_at = UnixMillis(expiry.parse().ok()?);
        if genuine && now < expires_at { Some(Self { role, expires_at }) } else { None }
    }
}

const VERSION: &str = "v1";
/// A sealed session has about sixty; a longer text is not worth a MAC.
const MAX_CHARS: usize = 128;

fn tag_of(role: Role, expiry: &str, tokens: &RoleTokens, key: &SigningKey) -> Option<String> {
    let token = tokens.of(role)?;
    Some(tag(&key.mac(Purpose::Session, &[role.as_str().as_bytes(), expiry.as_bytes(), token.as_bytes()])))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::{Role, RoleTokens, SESSION_LIFETIME, Session, SigningKeys};
    use crate::value::UnixMillis;

    const NEW: &str = "new-key-new-key-new-key-new-key-1";
    const OLD: &str = "old-key-old-key-old-key-old-key-1";
    const NOW: UnixMillis = UnixMillis(1_772_388_000_000);

    fn keys(text: &str) -> SigningKeys {
        text.parse().unwrap()
    }

    fn tokens(operator: &str) -> RoleTokens {
        RoleTokens::new(Some(operator.parse().unwrap()), Some("cashier-token-12".parse().unwrap())).unwrap()
    }

    fn sealed(role: Role) -> String {
        Session::begin(role, NOW).seal(&tokens("operator-token-1"), &keys(NEW)).unwrap()
    }

    fn open(sealed: &str, now: UnixMillis) -> Option<Role> {
        Session::open(sealed, now, &tokens("operator-token-1"), &keys(NEW)).map(|session| session.role)
    }

    /// Python: hmac.new(key, b"session\0operator\0" + b"1772431200000" + b"\0operator-token-1", "sha256"), the first 130 bits.
    #[test]
    fn known_text() {
        assert_eq!(sealed(Role::Operator), "v1.operator.1772431200000.qx1f95aejaq98f8zcw5xrvb9xv");
    }

    #[test]
    fn until_its_end() {
        let millisecond = core::time::Duration::from_millis(1);
        for role in [Role::Cashier, Role::Operator] {
            let end = NOW.plus(SESSION_LIFETIME);
            assert_eq!(open(&sealed(role), NOW), Some(role));
            assert_eq!(open(&sealed(role), end.minus(millisecond)), Some(role));
            assert_eq!(open(&sealed(role), end), None);
        }
    }

    #[test]
    fn any_change_breaks_the_seal() {
        let text = sealed(Role::Cashier);
        for at in 0..text.len() {
            let other = if text.as_bytes().get(at) == Some(&b'1') { "2" } else { "1" };
            let mut changed = text.clone();
            changed.replace_range(at..=at, other);
            assert_eq!(open(&changed, NOW), None, "{changed}");
        }
        for changed in [
            text.replace("cashier", "operator"),
            text.replace("cashier.1", "cashier.+1"),
            text.replace("cashier.1", "cashier.01"),
            text.replace("v1", "v2"),
            text.to_uppercase(),
            format!("{text}."),
            format!("{text}0"),
            format!(" {text}"),
            String::new(),
            String::from("v1.operator.9999999999999."),
            String::from("v1...."),
            ".".repeat(200),
        ] {
            assert_eq!(open(&changed, NOW), None, "{changed}");
        }
    }

    #[test]
    fn a_new_token_ends_the_sessions_of_the_old() {
        let (operator, cashier) = (sealed(Role::Operator), sealed(Role::Cashier));
        let changed = tokens("operator-token-2");
        assert_eq!(Session::open(&operator, NOW, &changed, &keys(NEW)), None);
        assert!(Session::open(&cashier, NOW, &changed, &keys(NEW)).is_some());

        let nobody = RoleTokens::new(None, None).unwrap();
        assert_eq!(Session::open(&operator, NOW, &nobody, &keys(NEW)), None);
        assert_eq!(Session::begin(Role::Operator, NOW).seal(&nobody, &keys(NEW)), None);
    }

    #[test]
    fn keys_are_changed_in_two_steps() {
        let tokens = tokens("operator-token-1");
        let old = Session::begin(Role::Operator, NOW).seal(&tokens, &keys(OLD)).unwrap();
        let both = keys(&format!("{NEW} {OLD}"));
        assert!(Session::open(&old, NOW, &tokens, &both).is_some());
        assert_eq!(Session::open(&old, NOW, &tokens, &keys(NEW)), None);
        assert_eq!(Session::begin(Role::Operator, NOW).seal(&tokens, &both), Some(sealed(Role::Operator)));
    }
}
