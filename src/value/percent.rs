//! Percent-encoding according to RFC 3986.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All characters except unreserved ones.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes all characters except unreserved ones.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// All characters that a URL cannot have, as part of a path, a query or a fragment.
const NOT_IN_URLS: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'?')
    .remove(b'#')
    .remove(b'%');

/// Percent-encodes the characters that a URL cannot have, and leaves what is encoded as it is.
pub(crate) fn encode_url(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_URLS).to_string()
}

/// Decodes percent-encoded text. Returns `None` for a `%` without two hexadecimal digits, which the library would leave
/// unchanged.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let has_digits =
        |after: &str| matches!(after.as_bytes(), [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    text.split('%').skip(1).all(has_digits).then(|| percent_decode_str(text).collect())
}

/// Returns whether the byte is an unreserved character, which never needs encoding.
pub(crate) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}
