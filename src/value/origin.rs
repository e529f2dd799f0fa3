//! Origins: scheme, host and port of a URL.

use core::{fmt, str::FromStr};

use super::UrlError;

/// Whether plain http is accepted for loopback addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Loopback {
    /// https only: for production.
    #[default]
    Refused,
    /// `http://localhost`, `http://127.0.0.1` and `http://[::1]` as well: development and tests.
    Allowed,
}

/// An origin such as `https://app.compago.com`, normalised: lower case, without a default port.
///
/// The host is a DNS name in ASCII (punycode is kept). IP addresses are refused, including the numeric spellings that
/// browsers convert to one; only [`Loopback::Allowed`] accepts `127.0.0.1` and `[::1]`.
///
/// ```
/// use compago::value::{Loopback, Origin};
///
/// let origin: Origin = "https://App.Compago.com:443".parse()?;
/// assert_eq!(origin.as_str(), "https://app.compago.com");
/// assert!("http://localhost:8787".parse::<Origin>().is_err());
/// assert!(Origin::parse("http://localhost:8787", Loopback::Allowed)?.is_loopback());
/// # Ok::<(), compago::value::UrlError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(String);

impl Origin {
    /// Parses an origin. Nothing but a single `/` may follow host and port.
    ///
    /// # Errors
    ///
    /// Not an origin, or http where it is not allowed.
    pub fn parse(text: &str, loopback: Loopback) -> Result<Self, UrlError> {
        let (origin, rest) = Self::split(text, loopback)?;
        if matches!(rest, "" | "/") { Ok(origin) } else { Err(UrlError::NotAnOrigin) }
    }

    /// Returns the origin as text, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the host without its port.
    #[must_use]
    pub fn host(&self) -> &str {
        let authority = cut_scheme(&self.0).map_or("", |(_, authority)| authority);
        if authority.starts_with('[') {
            return authority.split_inclusive(']').next().unwrap_or_default();
        }
        authority.split(':').next().unwrap_or_default()
    }

    /// Returns whether the host is a loopback address.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback_host(self.host())
    }

    /// Splits a URL after its origin. The rest is empty or begins with `/`, `?` or `#`.
    pub(crate) fn split(text: &str, loopback: Loopback) -> Result<(Self, &str), UrlError> {
        let (scheme, after_scheme) = cut_scheme(text).ok_or(UrlError::Scheme)?;
        let secure = scheme.eq_ignore_ascii_case("https");
        if !secure && !scheme.eq_ignore_ascii_case("http") {
            return Err(UrlError::Scheme);
        }
        let authority_end = after_scheme.find(['/', '?', '#']).unwrap_or(after_scheme.len());
        let (authority, rest) = after_scheme.split_at_checked(authority_end).ok_or(UrlError::Host)?;
        if authority.contains('@') {
            return Err(UrlError::UserInfo);
        }
        let (host, port) = split_port(authority);
        let host = host.to_ascii_lowercase();
        let own = is_loopback_host(&host);
        let legal = match loopback {
            Loopback::Allowed => own || is_dns_name(&host),
            Loopback::Refused => is_dns_name(&host),
        };
        if !legal {
            return Err(UrlError::Host);
        }
        let plain_let_in = own && loopback == Loopback::Allowed;
        if !secure && !plain_let_in {
            return Err(UrlError::Scheme);
        }
        let (scheme, default_port) = if secure { ("https", 443) } else { ("http", 80) };
        let port = port.map(parse_port).transpose()?.filter(|port| *port != default_port);
        Ok((Self(port.map_or_else(|| format!("{scheme}://{host}"), |port| format!("{scheme}://{host}:{port}"))), rest))
    }
}

impl FromStr for Origin {
    type Err = UrlError;

    /// Refuses http, also on loopback; see [`Origin::parse`].
    fn from_str(text: &str) -> Result<Self, UrlError> {
        Self::parse(text, Loopback::Refused)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn is_loopback_host(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// Splits the scheme from the text after `://`.
fn cut_scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

/// Splits host and port. The port follows the last colon outside of brackets.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        Some(_) | None => (authority, None),
    }
}

fn parse_port(text: &str) -> Result<u16, UrlError> {
    let plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().map_err(|_| UrlError::Port) } else { Err(UrlError::Port) }
}

/// Returns whether the host is a name of up to 253 characters whose last label is not numeric: browsers read `1.2.3.4`,
/// `1.2.772` and `0x7f.1` as IP addresses.
fn is_dns_name(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let numeric = last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit());
    host.len() <= 253 && !numeric && host.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}
