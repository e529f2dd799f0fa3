//! Points in time.

use core::{fmt, ops::Range, str::FromStr, time::Duration};
use std::time::SystemTime;

use serde_with::{DeserializeFromStr, SerializeDisplay};
use thiserror::Error;
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcDateTime};

/// 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z, the range of RFC 3339.
const FIRST_WRITABLE: i64 = -62_167_219_200_000;
const LAST_WRITABLE: i64 = 253_402_300_799_999;

/// Milliseconds since 1970-01-01T00:00:00Z, not counting leap seconds. Arithmetic saturates.
///
/// The text format is RFC 3339. Any offset and any number of decimals is read, truncated to milliseconds. Written text
/// is always UTC with three decimals, so that texts sort like times and equal JavaScript's `toISOString`.
///
/// ```
/// use compago::value::UnixMillis;
///
/// let time: UnixMillis = "2026-03-01T11:00:00-06:00".parse()?;
/// assert_eq!(time.to_string(), "2026-03-01T17:00:00.000Z");
/// # Ok::<(), compago::value::TimeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// Returns the number of milliseconds.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Returns the time plus a duration.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(whole_millis(duration)))
    }

    /// Returns the time minus a duration.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(whole_millis(duration)))
    }

    /// Returns the duration since an earlier time; zero if that time is in the future.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl FromStr for UnixMillis {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        if !is_rfc3339(text) {
            return Err(TimeError::Format);
        }
        // A leap second is read as the following second, in any minute; the library accepts it only at the end of a
        // month.
        let leap = text.get(SECOND) == Some("60");
        let mut counted = text.to_owned();
        if leap {
            counted.replace_range(SECOND, "59");
        }
        let time = OffsetDateTime::parse(&counted, &Rfc3339).map_err(|_| TimeError::NoSuchTime)?;
        Ok(Self((time.unix_timestamp() + i64::from(leap)) * 1_000 + i64::from(time.millisecond())))
    }
}

impl fmt::Display for UnixMillis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0.clamp(FIRST_WRITABLE, LAST_WRITABLE);
        let time = UtcDateTime::from_unix_timestamp(millis.div_euclid(1_000)).map_err(|_| fmt::Error)?;
        let (year, month, day) = (time.year(), u8::from(time.month()), time.day());
        let (hour, minute, second) = time.as_hms();
        let millisecond = millis.rem_euclid(1_000);
        write!(formatter, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z")
    }
}

/// Rounds down to milliseconds, also before 1970.
impl From<SystemTime> for UnixMillis {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Self(0).plus(after),
            Err(error) => Self(0).minus(error.duration().saturating_add(Duration::from_nanos(999_999))),
        }
    }
}

/// Rounds down to milliseconds, also before 1970.
impl From<OffsetDateTime> for UnixMillis {
    fn from(time: OffsetDateTime) -> Self {
        Self(time.unix_timestamp() * 1_000 + i64::from(time.millisecond()))
    }
}

/// Refuses a time that the platform's clock cannot represent.
impl TryFrom<UnixMillis> for SystemTime {
    type Error = TimeRangeError;

    fn try_from(time: UnixMillis) -> Result<Self, TimeRangeError> {
        let distance = Duration::from_millis(time.0.unsigned_abs());
        let moved = if time.0 < 0 { Self::checked_sub } else { Self::checked_add };
        moved(&Self::UNIX_EPOCH, distance).ok_or(TimeRangeError)
    }
}

/// In UTC. Refuses a year outside of -9999 to 9999.
impl TryFrom<UnixMillis> for OffsetDateTime {
    type Error = TimeRangeError;

    fn try_from(time: UnixMillis) -> Result<Self, TimeRangeError> {
        Self::from_unix_timestamp_nanos(i128::from(time.0) * 1_000_000).map_err(|_| TimeRangeError)
    }
}

/// The time is outside of what the other type can represent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the time is outside of the range of the type")]
pub struct TimeRangeError;

/// The reason why a text is not a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TimeError {
    /// Not RFC 3339.
    #[error("time has not the form 2026-03-01T17:00:00Z")]
    Format,
    /// A month, day, hour, minute, second or offset that does not exist.
    #[error("time names a date, an hour or an offset that does not exist")]
    NoSuchTime,
}

/// The position of the seconds.
const SECOND: Range<usize> = 17..19;

/// Returns whether a text has the syntax of RFC 3339, whatever its digits: the library accepts any character before the
/// hour.
fn is_rfc3339(text: &str) -> bool {
    let Some((time, rest)) = text.split_at_checked(SECOND.end) else { return false };
    let is_digit = |character: char| character.is_ascii_digit();
    let offset = match rest.strip_prefix('.') {
        Some(decimals) if decimals.starts_with(is_digit) => decimals.trim_start_matches(is_digit),
        Some(_) => return false,
        None => rest,
    };
    has_form(time, "0000-00-00T00:00:00") && ["Z", "+00:00", "-00:00"].into_iter().any(|form| has_form(offset, form))
}

/// Returns whether a text equals the form except for digits and case.
fn has_form(text: &str, form: &str) -> bool {
    let fits = |(byte, form): (u8, u8)| {
        if form == b'0' { byte.is_ascii_digit() } else { byte.eq_ignore_ascii_case(&form) }
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

fn whole_millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
