//! The cookie that carries a session.

use core::time::Duration;

use crate::value::Origin;

/// Name and attributes of the session cookie of one origin.
///
/// On an https origin the name starts with `__Host-`, so a browser takes the cookie only over a safe connection, for this
/// host alone and for all of its paths, and no sibling domain can plant another. WebKit refuses `Secure` cookies on
/// `http://localhost`, so a plain http origin, which only local development has, gets a name without the prefix. It holds
/// the port, because cookies do not tell ports apart and several copies may run on one machine.
///
/// ```
/// use core::time::Duration;
/// use compago::edge::SessionCookie;
/// use compago::value::{Loopback, Origin};
///
/// let cookie = SessionCookie::for_origin(&"https://shop.example".parse()?);
/// assert_eq!(
///     cookie.set("v2.operator", Duration::from_secs(7200)),
///     "__Host-session=v2.operator; Path=/; Max-Age=7200; Secure; HttpOnly; SameSite=Strict"
/// );
/// let local = SessionCookie::for_origin(&Origin::parse("http://localhost:8787", Loopback::Allowed)?);
/// assert_eq!(local.clear(), "session-8787=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
/// # Ok::<(), compago::value::UrlError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionCookie {
    name: String,
    secure: bool,
}

impl SessionCookie {
    /// The cookie of the origin on which people sign in.
    #[must_use]
    pub fn for_origin(origin: &Origin) -> Self {
        let Some(authority) = origin.as_str().strip_prefix("http://") else {
            return Self { name: "__Host-session".to_owned(), secure: true };
        };
        let port = authority.get(origin.host().len()..).and_then(|port| port.strip_prefix(':')).unwrap_or("80");
        Self { name: format!("session-{port}"), secure: false }
    }

    /// The `Set-Cookie` that carries a sealed session for as long as it lasts.
    #[must_use]
    pub fn set(&self, sealed: &str, max_age: Duration) -> String {
        let (name, seconds) = (&self.name, max_age.as_secs());
        let secure = if self.secure { "Secure; " } else { "" };
        format!("{name}={sealed}; Path=/; Max-Age={seconds}; {secure}HttpOnly; SameSite=Strict")
    }

    /// The `Set-Cookie` that makes a browser forget its session.
    #[must_use]
    pub fn clear(&self) -> String {
        self.set("", Duration::ZERO)
    }

    /// The sealed session in a `Cookie` header. Two cookies of the name are none: one of them was put there by somebody else.
    #[must_use]
    pub fn read<'a>(&self, header: &'a str) -> Option<&'a str> {
        let mut values = header
            .split(';')
            .filter_map(|pair| pair.split_once('='))
            .filter(|(name, _)| name.trim_matches([' ', '\t']) == self.name)
            .map(|(_, value)| value.trim_matches([' ', '\t']));
        let value = values.next().filter(|value| !value.is_empty())?;
        if values.next().is_none() { Some(value) } else { None }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may end where it fails")]
mod tests {
    use super::SessionCookie;
    use crate::value::{Loopback, Origin};

    fn cookie(origin: &str) -> SessionCookie {
        SessionCookie::for_origin(&Origin::parse(origin, Loopback::Allowed).unwrap())
    }

    #[test]
    fn headers() {
        for (header, expected) in [
            ("__Host-session=a", Some("a")),
            ("x=1;__Host-session=a;y=2", Some("a")),
            ("x=1 ;\t__Host-session = a ; y", Some("a")),
            ("__Host-session=a=b", Some("a=b")),
            ("__host-session=a", None),
            ("session=a", None),
            ("session-443=a", None),
            ("x__Host-session=a", None),
            ("__Host-session", None),
            ("__Host-session=", None),
            ("__Host-session=a; __Host-session=a", None),
            ("__Host-session=; __Host-session=a", None),
            ("", None),
        ] {
            assert_eq!(cookie("https://shop.example").read(header), expected, "{header:?}");
        }
        assert_eq!(cookie("http://localhost:8787").read("__Host-session=a; session-8787=b; session-9100=c"), Some("b"));
    }

    #[test]
    fn only_a_loopback_http_origin_goes_without_secure() {
        for (origin, expected) in [
            ("https://shop.example", "__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict"),
            ("https://shop.example:8443", "__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict"),
            ("https://localhost:8787", "__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict"),
            ("http://localhost:8787", "session-8787=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"),
            ("http://127.0.0.1", "session-80=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"),
            ("http://[::1]:9100", "session-9100=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"),
        ] {
            assert_eq!(cookie(origin).clear(), expected, "{origin}");
        }
    }
}
