//! URLs to which payers are redirected, that are sent to Compago, or that are called.

use core::{fmt, str::FromStr};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Loopback, Origin, UrlError, percent};

/// An absolute https URL of at most 2,048 characters.
///
/// Parsing is strict, so that all parsers agree on the target: RFC 3986 characters only, no user name, no fragment, no
/// backslash, no `.` or `..` segment in any spelling, and a host as accepted by [`Origin`]. The path is never empty,
/// scheme and host are in lower case; otherwise the text is kept as written.
///
/// Deserialisation accepts http on loopback: stored and echoed URLs passed [`HttpsUrl::parse`] before.
///
/// ```
/// use compago::value::HttpsUrl;
///
/// let url: HttpsUrl = "https://shop.example/pago?ref=881".parse()?;
/// assert_eq!(url.origin().as_str(), "https://shop.example");
/// assert_eq!((url.path(), url.query()), ("/pago", Some("ref=881")));
/// assert_eq!(url.with_query_pair("note", "a b&c")?.as_str(), "https://shop.example/pago?ref=881&note=a%20b%26c");
/// assert!("http://shop.example/".parse::<HttpsUrl>().is_err());
/// # Ok::<(), compago::value::UrlError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HttpsUrl {
    origin: Origin,
    /// Path and query, beginning with `/`.
    target: String,
    /// The whole URL.
    text: String,
}

impl HttpsUrl {
    /// The maximum length in characters.
    pub const MAX_CHARS: usize = 2_048;

    /// Parses a URL.
    ///
    /// # Errors
    ///
    /// Not a URL as described for [`HttpsUrl`], or http where it is not allowed.
    pub fn parse(text: &str, loopback: Loopback) -> Result<Self, UrlError> {
        if text.len() > Self::MAX_CHARS {
            return Err(UrlError::TooLong);
        }
        let (origin, target) = Origin::split(text, loopback)?;
        let slash = if target.starts_with('/') { "" } else { "/" };
        Self::assemble(origin, format!("{slash}{target}"))
    }

    /// Returns the whole URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns the path as written, beginning with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Returns the query, which follows the first question mark.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// Returns the URL with one more pair at the end of its query. All characters but unreserved ones are
    /// percent-encoded.
    ///
    /// # Errors
    ///
    /// [`UrlError::TooLong`] if the result is too long.
    pub fn with_query_pair(&self, name: &str, value: &str) -> Result<Self, UrlError> {
        let joint = match self.query() {
            None => "?",
            Some("") => "",
            Some(_) => "&",
        };
        let (name, value) = (percent::encode(name), percent::encode(value));
        Self::assemble(self.origin.clone(), format!("{}{joint}{name}={value}", self.target))
    }

    /// Returns the URL with exactly one query pair of that name: pairs that have it, in any percent-encoding, are removed, and this one is
    /// appended as by [`HttpsUrl::with_query_pair`]. Other pairs are kept as written.
    ///
    /// ```
    /// # use compago::value::HttpsUrl;
    /// let url: HttpsUrl = "https://shop.example/?order=old&ref=881&%6frder=older".parse()?;
    /// assert_eq!(url.with_sole_query_pair("order", "new")?.as_str(), "https://shop.example/?ref=881&order=new");
    /// # Ok::<(), compago::value::UrlError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UrlError::TooLong`] if the result is too long.
    pub fn with_sole_query_pair(&self, name: &str, value: &str) -> Result<Self, UrlError> {
        let Some(query) = self.query() else { return self.with_query_pair(name, value) };
        let is_other = |pair: &&str| {
            let written = pair.split('=').next().unwrap_or_default();
            percent::decode(written).is_none_or(|decoded| decoded != name.as_bytes())
        };
        let others: Vec<&str> = query.split('&').filter(is_other).collect();
        let target = format!("{}?{}", self.path(), others.join("&"));
        Self::assemble(self.origin.clone(), target)?.with_query_pair(name, value)
    }

    /// Returns the URL without its query.
    #[must_use]
    pub fn without_query(&self) -> Self {
        let path = self.path();
        Self { origin: self.origin.clone(), target: path.to_owned(), text: format!("{}{path}", self.origin) }
    }

    /// Appends a path after a slash and drops the query.
    ///
    /// ```
    /// # use compago::value::HttpsUrl;
    /// let base: HttpsUrl = "https://api.harmony.compago.com/api".parse()?;
    /// assert_eq!(base.join_path("one-time-payment")?.as_str(), "https://api.harmony.compago.com/api/one-time-payment");
    /// # Ok::<(), compago::value::UrlError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The path contains invalid characters or segments, or makes the URL too long.
    pub fn join_path(&self, path: &str) -> Result<Self, UrlError> {
        if path.contains('?') {
            return Err(UrlError::Character);
        }
        let (base, path) = (self.path().trim_end_matches('/'), path.trim_start_matches('/'));
        Self::assemble(self.origin.clone(), format!("{base}/{path}"))
    }

    fn assemble(origin: Origin, target: String) -> Result<Self, UrlError> {
        check_target(&target)?;
        let text = format!("{origin}{target}");
        if text.len() > Self::MAX_CHARS {
            return Err(UrlError::TooLong);
        }
        Ok(Self { origin, target, text })
    }
}

impl FromStr for HttpsUrl {
    type Err = UrlError;

    /// Refuses http, also on loopback; see [`HttpsUrl::parse`].
    fn from_str(text: &str) -> Result<Self, UrlError> {
        Self::parse(text, Loopback::Refused)
    }
}

impl fmt::Display for HttpsUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Serialize for HttpsUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// Accepts http on loopback as well: stored URLs were checked when they entered.
impl<'de> Deserialize<'de> for HttpsUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?, Loopback::Allowed).map_err(D::Error::custom)
    }
}

fn check_target(target: &str) -> Result<(), UrlError> {
    if target.contains('#') {
        return Err(UrlError::Fragment);
    }
    let mut bytes = target.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = (bytes.next(), bytes.next());
            if !matches!(digits, (Some(high), Some(low)) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()) {
                return Err(UrlError::PercentEncoding);
            }
        } else if !is_url_character(byte) {
            return Err(UrlError::Character);
        }
    }
    let path = target.split('?').next().unwrap_or_default();
    // Some servers decode before they split the path, so an encoded slash or backslash ends a segment here as well.
    let decoded = percent::decode(path).ok_or(UrlError::PercentEncoding)?;
    if decoded.split(|byte| matches!(byte, b'/' | b'\\')).any(|segment| matches!(segment, b"." | b"..")) {
        return Err(UrlError::DotSegment);
    }
    Ok(())
}

fn is_url_character(byte: u8) -> bool {
    percent::is_unreserved(byte) || b"!$&'()*+,;=:@/?".contains(&byte)
}
