//! How long an answer asks to wait.

use crate::value::UnixMillis;

/// The seconds that a `Retry-After` header asks to wait, from either of its forms: a number of seconds, or a date
/// (RFC 9110, 10.2.3). A part of a second is a whole one, a date that has passed is zero. `None` for anything else, also for
/// a date in one of the two forms that nobody may send any more.
///
/// ```
/// use compago::endpoint::retry_after;
///
/// let now = "2026-03-01T18:00:00Z".parse()?;
/// assert_eq!(retry_after("120", now), Some(120));
/// assert_eq!(retry_after("Sun, 01 Mar 2026 18:02:00 GMT", now), Some(120));
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
    let wait = imf_fixdate(header)?.since(now);
    Some(u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX))
}

/// A date such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7). The name of the day is not held against the date.
fn imf_fixdate(text: &str) -> Option<UnixMillis> {
    let (day_name, date) = text.split_once(',')?;
    let date = date.strip_prefix(' ')?;
    let parts: Vec<&str> = date.split(' ').collect();
    let [day, month, year, time, "GMT"] = parts.as_slice() else { return None };
    let month = MONTHS.iter().position(|name| name == month)? + 1;
    let known = DAYS.contains(&day_name) && time.len() == "08:49:37".len();
    // What is left to check are numbers, which RFC 3339 writes alike.
    if known { format!("{year}-{month:02}-{day}T{time}Z").parse().ok() } else { None }
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::retry_after;
    use crate::value::UnixMillis;

    /// 1994-11-06T08:49:37Z, the example of RFC 9110.
    const THEN: UnixMillis = UnixMillis(784_111_777_000);

    #[test]
    fn both_forms_are_read() {
        for (header, now, seconds) in [
            ("0", THEN, 0),
            ("120", THEN, 120),
            (" 120\t", THEN, 120),
            ("4294967296", THEN, u32::MAX),
            ("99999999999999999999999", THEN, u32::MAX),
            ("Sun, 06 Nov 1994 08:49:37 GMT", THEN, 0),
            ("Sun, 06 Nov 1994 08:49:37 GMT", UnixMillis(THEN.0 + 1), 0),
            ("Sun, 06 Nov 1994 08:49:37 GMT", UnixMillis(THEN.0 - 1), 1),
            ("Sun, 06 Nov 1994 08:49:37 GMT", UnixMillis(THEN.0 - 90_000), 90),
            ("Mon, 07 Nov 1994 00:00:00 GMT", THEN, 54_623),
            ("Fri, 31 Dec 9999 23:59:59 GMT", UnixMillis(i64::MIN), u32::MAX),
        ] {
            assert_eq!(retry_after(header, now), Some(seconds), "{header} at {now}");
        }
    }

    #[test]
    fn anything_else_asks_for_nothing() {
        for header in [
            "",
            " ",
            "-1",
            "+1",
            "1.5",
            "1e3",
            "soon",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 08:49:37 GMT GMT",
            "Sun, 06 Nov 1994 08:49:37.5 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun,06 Nov 1994 08:49:37 GMT",
            "Son, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06  Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(retry_after(header, THEN), None, "{header}");
        }
    }
}
