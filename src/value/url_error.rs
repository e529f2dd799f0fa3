//! The reason why a text is not a URL or not an origin.

use thiserror::Error;

/// The reason why a text is not an [`HttpsUrl`](super::HttpsUrl) or an [`Origin`](super::Origin).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UrlError {
    /// The scheme is neither `https` nor `http` where that is allowed.
    #[error("URL does not begin with https://")]
    Scheme,
    /// A user name or password.
    #[error("URL has a user name or password")]
    UserInfo,
    /// No host, or not a DNS name.
    #[error("URL has no legal host name")]
    Host,
    /// Not 1 to 65535.
    #[error("URL has a port that is not 1 to 65535")]
    Port,
    /// A part after `#`.
    #[error("URL has a fragment")]
    Fragment,
    /// A character that must be percent-encoded.
    #[error("URL has a character that must be percent-encoded")]
    Character,
    /// `%` without two hexadecimal digits.
    #[error("URL has an incomplete percent-encoding")]
    PercentEncoding,
    /// `.` or `..` between slashes, also percent-encoded.
    #[error("URL has a dot segment in its path")]
    DotSegment,
    /// More than [`HttpsUrl::MAX_CHARS`](super::HttpsUrl::MAX_CHARS).
    #[error("URL has more than 2048 characters")]
    TooLong,
    /// A path, query or fragment after an origin.
    #[error("origin has something after host and port")]
    NotAnOrigin,
}
