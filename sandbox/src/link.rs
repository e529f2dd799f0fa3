//! URLs: which ones are accepted, the return URL of a payer, normalisation.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// Returns whether `text` is an absolute `http` or `https` URL with a host. Plain http is accepted: Compago recommends
/// https for return URLs and is not known to enforce it (docs.compago.com/one-time-payment/create, read November 2026).
pub(crate) fn is_web_address(text: &str) -> bool {
    let legible = !text.chars().any(|character| character.is_whitespace() || character.is_control());
    parts(text).is_some_and(|parts| legible && is_web_scheme(parts.scheme) && !parts.authority.is_empty())
}

/// Returns whether `text` is an origin: scheme, host and optional port, without anything after it.
pub(crate) fn is_origin(text: &str) -> bool {
    is_web_address(text) && parts(text).is_some_and(|parts| parts.rest.is_empty())
}

/// Returns the URL to which Compago redirects the payer after paying or saving a card: the merchant's URL with `id` and
/// `externalId` appended, keeping an existing query (docs.compago.com/one-time-payment/create, read November 2026).
/// Fragments are not documented; here they stay at the end, where browsers need them. Saved cards may have no external
/// id.
pub(crate) fn return_address(redirect_url: &str, id: &str, external_id: Option<&str>) -> String {
    let (address, fragment) = match redirect_url.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (redirect_url, None),
    };
    let joint = match address {
        open if open.ends_with(['?', '&']) => "",
        with_query if with_query.contains('?') => "&",
        _ => "?",
    };
    let address = ascii(address);
    let external_id =
        external_id.map(|external_id| format!("&externalId={}", component(external_id))).unwrap_or_default();
    let fragment = fragment.map(|fragment| format!("#{}", ascii(fragment))).unwrap_or_default();
    format!("{address}{joint}id={id}{external_id}{fragment}")
}

/// Normalises a URL like a URL library: scheme and host in lower case, no default port, `/` for an empty path.
pub(crate) fn normalised(address: &str) -> String {
    let Some(parts) = parts(address) else {
        return address.to_owned();
    };
    let scheme = parts.scheme.to_ascii_lowercase();
    let authority = parts.authority.to_ascii_lowercase();
    let default_port = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
    let slash = if parts.rest.starts_with('/') { "" } else { "/" };
    format!("{scheme}://{authority}{slash}{}", parts.rest)
}

struct Parts<'a> {
    scheme: &'a str,
    authority: &'a str,
    rest: &'a str,
}

fn parts(text: &str) -> Option<Parts<'_>> {
    let (scheme, after) = text.split_once("://")?;
    let (authority, rest) = after.split_at_checked(after.find(['/', '?', '#']).unwrap_or(after.len()))?;
    Some(Parts { scheme, authority, rest })
}

fn is_web_scheme(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Percent-encodes only characters that a `Location` header must not contain.
fn ascii(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, NOT_GRAPHIC)
}

/// Percent-encodes all but the unreserved characters of RFC 3986, for one path segment or one query value.
pub(crate) fn component(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

const NOT_GRAPHIC: &AsciiSet = &CONTROLS.add(b' ');

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_web_addresses_only() {
        for good in ["https://shop.example", "http://localhost:8787/a?b=c#d", "HTTPS://Shop.Example/ñ"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in ["", "shop.example", "https://", "https:///path", "javascript://alert(1)", "https://a b", "ftp://a"]
        {
            assert!(!is_web_address(bad), "{bad}");
        }
        assert!(is_origin("http://localhost:8788"));
        assert!(!is_origin("http://localhost:8788/"));
    }

    #[test]
    fn joins_the_return_address() {
        for (redirect_url, expected) in [
            ("https://s.example/r", "https://s.example/r?id=I&externalId=e-1"),
            ("https://s.example", "https://s.example?id=I&externalId=e-1"),
            ("https://s.example/r?", "https://s.example/r?id=I&externalId=e-1"),
            ("https://s.example/r?a=1", "https://s.example/r?a=1&id=I&externalId=e-1"),
            ("https://s.example/r?a=1&", "https://s.example/r?a=1&id=I&externalId=e-1"),
            ("https://s.example/r#top", "https://s.example/r?id=I&externalId=e-1#top"),
            ("https://s.example/r?a=1#x?y", "https://s.example/r?a=1&id=I&externalId=e-1#x?y"),
            ("https://s.example/año", "https://s.example/a%C3%B1o?id=I&externalId=e-1"),
        ] {
            assert_eq!(return_address(redirect_url, "I", Some("e-1")), expected);
        }
        assert_eq!(
            return_address("https://s.example/", "I", Some("a&id=2 ñ")),
            "https://s.example/?id=I&externalId=a%26id%3D2%20%C3%B1"
        );
        assert_eq!(return_address("https://s.example/?a=1#b", "I", None), "https://s.example/?a=1&id=I#b");
    }

    #[test]
    fn normalises_as_url_libraries_do() {
        for (address, expected) in [
            ("https://shop.example", "https://shop.example/"),
            ("HTTPS://Shop.Example:443?o=1", "https://shop.example/?o=1"),
            ("http://localhost:8787/o/K7Q2", "http://localhost:8787/o/K7Q2"),
        ] {
            assert_eq!(normalised(address), expected);
        }
    }
}
