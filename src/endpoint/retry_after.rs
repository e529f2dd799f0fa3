//! How long an answer asks to wait.

use std::time::UNIX_EPOCH;

use crate::value::UnixMillis;

/// The seconds that a `Retry-After` header asks to wait: a number of seconds, or a date (RFC 9110, 10.2.3) in any of the three
/// forms that a recipient must accept (5.6.7); two digits of a year are those of 1970 to 2069. A part of a second is a whole one,
/// a date that has passed is zero. `None` for anything else, such as a date with another day's name.
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
        // Too long to count is longer than anybody waits.
        return Some(header.parse().unwrap_or(u32::MAX));
    }
    let at = httpdate::parse_http_date(header).ok()?.duration_since(UNIX_EPOCH).ok()?;
    let wait = UnixMillis(i64::try_from(at.as_millis()).ok()?).since(now);
    Some(u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX))
}
