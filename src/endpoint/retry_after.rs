//! The `Retry-After` header.

use std::time::UNIX_EPOCH;

use crate::value::UnixMillis;

/// Parses a `Retry-After` header and returns the seconds to wait from `now`.
///
/// The header is a number of seconds or a date (RFC 9110, 10.2.3) in any of the three forms that a recipient must
/// accept (5.6.7). A two-digit year is one of 1970 to 2069. Fractions of a second are rounded up, and a past date gives
/// zero. Returns `None` for anything else, such as a date with the wrong day of the week.
///
/// ```
/// use compago::endpoint::retry_after;
///
/// let now = "2026-03-01T18:00:00Z".parse()?;
/// assert_eq!(retry_after("120", now), Some(120));
/// assert_eq!(retry_after("Sun, 01 Mar 2026 18:02:00 GMT", now), Some(120));
/// assert_eq!(retry_after("Sunday, 01-Mar-26 18:02:00 GMT", now), Some(120));
/// assert_eq!(retry_after("soon", now), None);
/// # Ok::<(), compago::value::TimeError>(())
/// ```
#[must_use]
pub fn retry_after(header: &str, now: UnixMillis) -> Option<u32> {
    let header = header.trim_matches([' ', '\t']);
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a `u32` holds: saturate.
        return Some(header.parse().unwrap_or(u32::MAX));
    }
    let at = httpdate::parse_http_date(header).ok()?.duration_since(UNIX_EPOCH).ok()?;
    let wait = UnixMillis(i64::try_from(at.as_millis()).ok()?).since(now);
    Some(u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX))
}
