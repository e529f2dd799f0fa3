//! Points in time, as they come from the shell and go over the wire.

use core::{fmt, str::FromStr, time::Duration};

use thiserror::Error;

use crate::json::{FromJson, Json, ToJson, Unexpected, Writer};

const DAY_MS: i64 = 86_400_000;

/// 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: what RFC 3339 can write.
const FIRST_WRITABLE: i64 = -62_167_219_200_000;
const LAST_WRITABLE: i64 = 253_402_300_799_999;

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted. Arithmetic stops at the ends of the range.
///
/// Text is RFC 3339. Any offset and any number of decimals is read (finer than a millisecond is cut off); always UTC with
/// three decimals is written, so that texts sort as the times do and equal JavaScript's `toISOString`.
///
/// ```
/// use compago::value::UnixMillis;
///
/// let time: UnixMillis = "2026-03-01T11:00:00-06:00".parse()?;
/// assert_eq!(time.to_string(), "2026-03-01T17:00:00.000Z");
/// # Ok::<(), compago::value::TimeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// The count of milliseconds.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The time so much later.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(whole_millis(duration)))
    }

    /// The time so much earlier.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(whole_millis(duration)))
    }

    /// How long ago the other time was; zero if it is yet to come.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl FromStr for UnixMillis {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let mut rest = Cursor(text.as_bytes());
        let year = rest.number(4)?;
        rest.one_of(b"-")?;
        let month = rest.number(2)?;
        rest.one_of(b"-")?;
        let day = rest.number(2)?;
        rest.one_of(b"Tt")?;
        let hour = rest.number(2)?;
        rest.one_of(b":")?;
        let minute = rest.number(2)?;
        rest.one_of(b":")?;
        let second = rest.number(2)?;
        let milli = rest.fraction()?;
        let offset_minutes = rest.offset()?;
        rest.end()?;

        let in_range = (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour <= 23
            && minute <= 59
            && second <= 60;
        if !in_range {
            return Err(TimeError::NoSuchTime);
        }
        let minutes = hour * 60 + minute - offset_minutes;
        let of_day = (minutes * 60 + second) * 1_000 + milli;
        Ok(Self(days_from_civil(year, month, day) * DAY_MS + of_day))
    }
}

impl fmt::Display for UnixMillis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0.clamp(FIRST_WRITABLE, LAST_WRITABLE);
        let (year, month, day) = civil_from_days(millis.div_euclid(DAY_MS));
        let of_day = millis.rem_euclid(DAY_MS);
        let (hour, minute, second) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1_000 % 60);
        write!(formatter, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", of_day % 1_000)
    }
}

text_on_the_wire!(UnixMillis);

/// Whole seconds.
impl ToJson for Duration {
    fn to_json(&self, out: &mut Writer) {
        out.literal(&self.as_secs());
    }
}

impl FromJson for Duration {
    fn from_json(json: &Json) -> Result<Self, Unexpected> {
        u64::from_json(json).map(Self::from_secs)
    }
}

/// Why something is not a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TimeError {
    /// Not in the form of RFC 3339.
    #[error("time has not the form 2026-03-01T17:00:00Z")]
    Format,
    /// A month, day, hour, minute, second or offset that does not exist.
    #[error("time names a date, an hour or an offset that does not exist")]
    NoSuchTime,
}

/// What is left to read of a time.
struct Cursor<'text>(&'text [u8]);

impl Cursor<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn one_of(&mut self, expected: &[u8]) -> Result<u8, TimeError> {
        self.next().filter(|byte| expected.contains(byte)).ok_or(TimeError::Format)
    }

    fn digit(&mut self) -> Result<i64, TimeError> {
        self.one_of(b"0123456789").map(|byte| i64::from(byte - b'0'))
    }

    fn number(&mut self, digits: usize) -> Result<i64, TimeError> {
        (0..digits).try_fold(0, |number, _| Ok(number * 10 + self.digit()?))
    }

    /// The fraction of the second in milliseconds, if there is one.
    fn fraction(&mut self) -> Result<i64, TimeError> {
        if self.0.first() != Some(&b'.') {
            return Ok(0);
        }
        self.next();
        let mut millis = self.digit()? * 100;
        let mut scale = 10;
        while self.0.first().is_some_and(u8::is_ascii_digit) {
            millis += self.digit()? * scale;
            scale /= 10;
        }
        Ok(millis)
    }

    /// The offset from UTC in minutes.
    fn offset(&mut self) -> Result<i64, TimeError> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Ok(0),
        };
        let hours = self.number(2)?;
        self.one_of(b":")?;
        let minutes = self.number(2)?;
        if hours > 23 || minutes > 59 {
            return Err(TimeError::NoSuchTime);
        }
        Ok(sign * (hours * 60 + minutes))
    }

    fn end(&self) -> Result<(), TimeError> {
        if self.0.is_empty() { Ok(()) } else { Err(TimeError::Format) }
    }
}

fn whole_millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar. The year begins in March here, so that the leap day is its
/// last; 400 years have 146,097 days (<https://howardhinnant.github.io/date_algorithms.html>).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = (shifted_month + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}
