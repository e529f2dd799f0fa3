//! The cookie that carries a session. Its name starts with `__Host-`, so a browser takes it only over a safe connection,
//! for this host alone and for all of its paths, and no sibling domain can plant another.

use super::session::SESSION_LIFETIME;

/// The cookie's name.
pub const SESSION_COOKIE: &str = "__Host-session";

/// The `Set-Cookie` that carries a sealed session for as long as it lasts.
///
/// ```
/// use compago::edge::set_session_cookie;
///
/// assert_eq!(
///     set_session_cookie("v1.operator.1772388000000.tag"),
///     "__Host-session=v1.operator.1772388000000.tag; Path=/; Max-Age=43200; Secure; HttpOnly; SameSite=Strict"
/// );
/// ```
#[must_use]
pub fn set_session_cookie(sealed: &str) -> String {
    cookie(sealed, SESSION_LIFETIME.as_secs())
}

/// The `Set-Cookie` that makes a browser forget its session.
#[must_use]
pub fn clear_session_cookie() -> String {
    cookie("", 0)
}

/// The sealed session of a `Cookie` header. Two cookies of the name are none: one of them was put there by somebody else.
///
/// ```
/// use compago::edge::session_cookie;
///
/// assert_eq!(session_cookie("theme=dark; __Host-session=sealed"), Some("sealed"));
/// assert_eq!(session_cookie("__Host-session=sealed; __Host-session=planted"), None);
/// ```
#[must_use]
pub fn session_cookie(header: &str) -> Option<&str> {
    let mut values = header
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| name.trim_matches([' ', '\t']) == SESSION_COOKIE)
        .map(|(_, value)| value.trim_matches([' ', '\t']));
    let value = values.next().filter(|value| !value.is_empty())?;
    if values.next().is_none() { Some(value) } else { None }
}

fn cookie(value: &str, max_age: u64) -> String {
    format!("{SESSION_COOKIE}={value}; Path=/; Max-Age={max_age}; Secure; HttpOnly; SameSite=Strict")
}

#[cfg(test)]
mod tests {
    use super::{clear_session_cookie, session_cookie};

    #[test]
    fn headers() {
        for (header, expected) in [
            ("__Host-session=a", Some("a")),
            ("x=1;__Host-session=a;y=2", Some("a")),
            ("x=1 ;\t__Host-session = a ; y", Some("a")),
            ("__Host-session=a=b", Some("a=b")),
            ("__host-session=a", None),
            ("session=a", None),
            ("x__Host-session=a", None),
            ("__Host-session", None),
            ("__Host-session=", None),
            ("__Host-session=a; __Host-session=a", None),
            ("__Host-session=; __Host-session=a", None),
            ("", None),
        ] {
            assert_eq!(session_cookie(header), expected, "{header:?}");
        }
    }

    #[test]
    fn cleared() {
        assert_eq!(clear_session_cookie(), "__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict");
    }
}
