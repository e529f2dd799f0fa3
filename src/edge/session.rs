//! Sessions: signed cookies with an expiry, issued to a caller who presented a role's token.

use core::time::Duration;

use super::role_token::TokenVersion;
use super::role_tokens::{Role, RoleTokens};
use super::signing_key::{Purpose, SigningKey, SigningKeys};
use super::tag::tag;
use crate::mac;
use crate::value::UnixMillis;

mod id;

pub use id::{SessionId, SessionIdError};

/// How long a session lasts at most: twelve hours, a working day.
pub const SESSION_LIFETIME: Duration = Duration::from_secs(12 * 60 * 60);

/// How long an operator's session lasts without being used. A till is idle for longer and charges only.
pub const OPERATOR_IDLE: Duration = Duration::from_secs(2 * 60 * 60);

/// How much later a session must end for its cookie to be issued again: not with every request.
const RENEWAL: Duration = Duration::from_secs(5 * 60);

/// Somebody who showed the token of a role.
///
/// Sealed, it is `v2.<role>.<id>.<expiry>.<idle end>.<mac>`, times in milliseconds since 1970. The token that was shown is part of
/// what the MAC is made of: when it is taken away, its sessions end with it. The idle end is in the text
/// itself and moves when the text is issued again; what ends a session before that, such as signing out, is kept by
/// whoever opens it, under the session's id.
///
/// ```
/// use compago::edge::{OPERATOR_IDLE, RoleTokens, Session, SigningKeys};
/// use compago::value::UnixMillis;
///
/// let keys: SigningKeys = "a-signing-key-of-at-least-32-characters".parse()?;
/// let tokens = RoleTokens::new(Some("operator-token-1".parse()?), None)?;
/// let now = UnixMillis(1_772_388_000_000);
///
/// let (role, token) = tokens.holder_of("operator-token-1").ok_or("no such token")?;
/// let session = Session::begin(role, token, "3f1c9f0e-6f0a-4c55-9a3b-0d8a4f0f7c11".parse()?, now);
/// let sealed = session.seal(&tokens, &keys).unwrap_or_default();
/// assert_eq!(Session::open(&sealed, now, &tokens, &keys), Some(session));
/// assert_eq!(Session::open(&sealed, now.plus(OPERATOR_IDLE), &tokens, &keys), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// What its holder may do.
    pub role: Role,
    /// Which of the role's current tokens started it.
    pub token: TokenVersion,
    /// Its id.
    pub id: SessionId,
    /// When the session expires.
    pub expires_at: UnixMillis,
    /// When it expires unless it is used; never after `expires_at`.
    pub idle_at: UnixMillis,
}

impl Session {
    /// A session of [`SESSION_LIFETIME`].
    #[must_use]
    pub fn begin(role: Role, token: TokenVersion, id: SessionId, now: UnixMillis) -> Self {
        let expires_at = now.plus(SESSION_LIFETIME);
        Self { role, token, id, expires_at, idle_at: idle_end(role, expires_at, now) }
    }

    /// The session with a later idle end, for a new cookie, after it was used; `None` while that would gain little.
    #[must_use]
    pub fn renewed(&self, now: UnixMillis) -> Option<Self> {
        let idle_at = idle_end(self.role, self.expires_at, now);
        let gained = idle_at.since(self.idle_at);
        (gained >= RENEWAL || (gained > Duration::ZERO && idle_at == self.expires_at))
            .then(|| Self { idle_at, ..self.clone() })
    }

    /// How long it lasts from now on if it is not used.
    #[must_use]
    pub fn remaining(&self, now: UnixMillis) -> Duration {
        self.idle_at.since(now)
    }

    /// The session as text that cannot be forged; `None` if there is no such token.
    #[must_use]
    pub fn seal(&self, tokens: &RoleTokens, keys: &SigningKeys) -> Option<String> {
        let (role, id) = (self.role.as_str(), &self.id);
        let (expiry, idle) = (self.expires_at.millis().to_string(), self.idle_at.millis().to_string());
        let tag = tag_of(self.role, self.token, [id.as_str(), &expiry, &idle], tokens, keys.newest())?;
        Some(format!("{VERSION}.{role}.{id}.{expiry}.{idle}.{tag}"))
    }

    /// The session that was sealed, if it was sealed with one of the keys and is not over.
    #[must_use]
    pub fn open(sealed: &str, now: UnixMillis, tokens: &RoleTokens, keys: &SigningKeys) -> Option<Self> {
        if sealed.len() > MAX_CHARS {
            return None;
        }
        let mut parts = sealed.split('.');
        let (VERSION, role, id, expiry, idle, given, None) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next())
        else {
            return None;
        };
        let role = role.parse().ok()?;
        let given = mac::hash(given.as_bytes());
        let is_of = |token| {
            keys.any(|key| {
                let tag = tag_of(role, token, [id, expiry, idle], tokens, key);
                tag.is_some_and(|tag| mac::same(mac::hash(tag.as_bytes()), given))
            })
        };
        let token = TokenVersion::ALL.into_iter().find(|token| is_of(*token))?;
        let (expires_at, idle_at) = (UnixMillis(expiry.parse().ok()?), UnixMillis(idle.parse().ok()?));
        let id = id.parse().ok()?;
        (now < expires_at && now < idle_at).then_some(Self { role, token, id, expires_at, idle_at })
    }
}

/// When a session that is used now ends if it is not used any more.
fn idle_end(role: Role, expires_at: UnixMillis, now: UnixMillis) -> UnixMillis {
    match role {
        Role::Operator => now.plus(OPERATOR_IDLE).min(expires_at),
        Role::Cashier => expires_at,
    }
}

const VERSION: &str = "v2";
/// A sealed session has about a hundred; a longer text is not worth a MAC.
const MAX_CHARS: usize = 160;

fn tag_of(
    role: Role,
    token: TokenVersion,
    [id, expiry, idle]: [&str; 3],
    tokens: &RoleTokens,
    key: &SigningKey,
) -> Option<String> {
    let token = tokens.of(role, token)?;
    let parts = [role.as_str(), id, expiry, idle].map(str::as_bytes);
    let [role, id, expiry, idle] = parts;
    Some(tag(&key.mac(Purpose::Session, &[role, id, expiry, idle, token.as_bytes()])))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use core::time::Duration;

    use super::{
        OPERATOR_IDLE, RENEWAL, Role, RoleTokens, SESSION_LIFETIME, Session, SessionId, SigningKeys, TokenVersion,
    };
    use crate::value::UnixMillis;

    const NEW: &str = "new-key-new-key-new-key-new-key-1";
    const OLD: &str = "old-key-old-key-old-key-old-key-1";
    const NOW: UnixMillis = UnixMillis(1_772_388_000_000);
    const MILLISECOND: Duration = Duration::from_millis(1);

    fn keys(text: &str) -> SigningKeys {
        text.parse().unwrap()
    }

    fn id() -> SessionId {
        "3f1c9f0e-6f0a-4c55-9a3b-0d8a4f0f7c11".parse().unwrap()
    }

    fn tokens(operator: &str) -> RoleTokens {
        RoleTokens::new(Some(operator.parse().unwrap()), Some("cashier-token-12".parse().unwrap())).unwrap()
    }

    fn begin(role: Role) -> Session {
        Session::begin(role, TokenVersion::Newest, id(), NOW)
    }

    fn sealed(role: Role) -> String {
        begin(role).seal(&tokens("operator-token-1"), &keys(NEW)).unwrap()
    }

    fn open(sealed: &str, now: UnixMillis) -> Option<Role> {
        Session::open(sealed, now, &tokens("operator-token-1"), &keys(NEW)).map(|session| session.role)
    }

    /// Python: hmac.new(key, b"session\0operator\0" + id + b"\x001772431200000\x001772395200000\0operator-token-1", "sha256"),
    /// the first 130 bits.
    #[test]
    fn known_text() {
        assert_eq!(
            sealed(Role::Operator),
            "v2.operator.3f1c9f0e-6f0a-4c55-9a3b-0d8a4f0f7c11.1772431200000.1772395200000.cc2w9x04t16chr544d8mvcb698"
        );
    }

    #[test]
    fn until_its_end() {
        for (role, lasts) in [(Role::Cashier, SESSION_LIFETIME), (Role::Operator, OPERATOR_IDLE)] {
            let end = NOW.plus(lasts);
            assert_eq!(open(&sealed(role), NOW), Some(role));
            assert_eq!(open(&sealed(role), end.minus(MILLISECOND)), Some(role));
            assert_eq!(open(&sealed(role), end), None);
        }
    }

    #[test]
    fn a_session_that_is_used_goes_on_until_twelve_hours_are_over() {
        let mut session = begin(Role::Operator);
        assert_eq!(session.renewed(NOW), None);
        assert_eq!(session.renewed(NOW.plus(RENEWAL).minus(MILLISECOND)), None, "not with every request");
        for minutes in (0..720).step_by(7) {
            let now = NOW.plus(Duration::from_secs(60 * minutes));
            session = session.renewed(now).unwrap_or(session);
            assert_eq!((session.expires_at, &session.id), (NOW.plus(SESSION_LIFETIME), &id()));
            assert!(session.idle_at <= session.expires_at);
            let text = session.seal(&tokens("operator-token-1"), &keys(NEW)).unwrap();
            assert_eq!(open(&text, now), Some(Role::Operator), "{minutes}");
            assert_eq!(open(&text, NOW.plus(SESSION_LIFETIME)), None, "{minutes}");
        }
        assert_eq!(session.idle_at, session.expires_at);
        assert_eq!(begin(Role::Cashier).renewed(NOW.plus(OPERATOR_IDLE)), None);
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
            text.replace(".1772", ".+1772"),
            text.replace(".1772", ".01772"),
            text.replace("v2", "v1"),
            text.to_uppercase(),
            format!("{text}."),
            format!("{text}0"),
            format!(" {text}"),
            String::new(),
            String::from("v1.operator.1772431200000.qx1f95aejaq98f8zcw5xrvb9xv"),
            String::from("v2....."),
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
        assert_eq!(begin(Role::Operator).seal(&nobody, &keys(NEW)), None);
    }

    #[test]
    fn a_token_is_changed_in_two_steps_and_its_sessions_end_with_it() {
        let both = tokens("operator-token-2 operator-token-1");
        let old = Session::open(&sealed(Role::Operator), NOW, &both, &keys(NEW)).unwrap();
        assert_eq!(old.token, TokenVersion::Older);
        let new = Session { token: TokenVersion::Newest, ..old.clone() };
        let [old, new] = [old, new].map(|session| {
            let used = NOW.plus(RENEWAL);
            session.renewed(used).unwrap().seal(&both, &keys(NEW)).unwrap()
        });
        let only = tokens("operator-token-2");
        assert_eq!(Session::open(&old, NOW, &only, &keys(NEW)), None, "also one that was issued again meanwhile");
        assert!(Session::open(&new, NOW, &only, &keys(NEW)).is_some());
        let next = tokens("operator-token-3 operator-token-2");
        assert_eq!(Session::open(&new, NOW, &next, &keys(NEW)).map(|session| session.token), Some(TokenVersion::Older));
        assert_eq!(Session::begin(Role::Operator, TokenVersion::Older, id(), NOW).seal(&only, &keys(NEW)), None);
    }

    #[test]
    fn keys_are_changed_in_two_steps() {
        let tokens = tokens("operator-token-1");
        let old = begin(Role::Operator).seal(&tokens, &keys(OLD)).unwrap();
        let both = keys(&format!("{NEW} {OLD}"));
        assert!(Session::open(&old, NOW, &tokens, &both).is_some());
        assert_eq!(Session::open(&old, NOW, &tokens, &keys(NEW)), None);
        assert_eq!(begin(Role::Operator).seal(&tokens, &both), Some(sealed(Role::Operator)));
    }
}
