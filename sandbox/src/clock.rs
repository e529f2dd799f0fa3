//! The sandbox's clock: real time plus an offset that tests and demonstrations move.

use jiff::{SignedDuration, Timestamp};

/// Real time plus an offset. It ticks on its own; only [`Clock::advanced`] makes it jump.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clock {
    offset: SignedDuration,
}

impl Clock {
    /// Returns a clock that is `offset_ms` milliseconds ahead of real time.
    pub(crate) fn with_offset_ms(offset_ms: i64) -> Result<Self, ClockProblem> {
        Self::default().advanced(offset_ms)
    }

    pub(crate) fn now(self) -> Timestamp {
        let real = Timestamp::now();
        real.checked_add(self.offset).unwrap_or(real)
    }

    pub(crate) fn offset_ms(self) -> i64 {
        i64::try_from(self.offset.as_millis()).unwrap_or(0)
    }

    /// Returns the clock moved by `by_ms` milliseconds; a negative number moves it back.
    pub(crate) fn advanced(self, by_ms: i64) -> Result<Self, ClockProblem> {
        let offset = self.offset.checked_add(SignedDuration::from_millis(by_ms)).ok_or(ClockProblem)?;
        if offset.abs() > FURTHEST {
            return Err(ClockProblem);
        }
        Ok(Self { offset })
    }
}

/// The clock would leave the range in which every date can still be written.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the clock can be moved by 100 years at most")]
pub(crate) struct ClockProblem;

/// Formats a time as RFC 3339 in UTC, like Compago's samples: whole seconds, or milliseconds if the setting asks for
/// them.
pub(crate) fn written(at: Timestamp, fraction: Fraction) -> String {
    match fraction {
        Fraction::Milliseconds => format!("{at:.3}"),
        Fraction::None => whole_second(at).to_string(),
    }
}

/// Truncates a time to whole seconds.
pub(crate) fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// Whether formatted times have fractions of a second: Compago's samples have none, JavaScript back ends usually write
/// three digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fraction {
    None,
    Milliseconds,
}

const FURTHEST: SignedDuration = SignedDuration::from_hours(100 * 366 * 24);

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap is the test's failure")]
mod tests {
    use super::*;

    #[test]
    fn advances_add_up_and_are_bounded() {
        let clock = Clock::default().advanced(60_000).unwrap().advanced(-10_000).unwrap();
        assert_eq!(clock.offset_ms(), 50_000);
        assert_eq!(Clock::default().advanced(i64::MAX), Err(ClockProblem));
        let ahead = clock.now().duration_since(Timestamp::now());
        assert!(ahead > SignedDuration::from_secs(48) && ahead < SignedDuration::from_secs(52), "{ahead:?}");
    }

    #[test]
    fn writes_times_with_and_without_fraction() {
        let at = Timestamp::from_millisecond(1_772_388_000_123).unwrap();
        assert_eq!(written(at, Fraction::None), "2026-03-01T18:00:00Z");
        assert_eq!(written(at, Fraction::Milliseconds), "2026-03-01T18:00:00.123Z");
        assert_eq!(written(whole_second(at), Fraction::Milliseconds), "2026-03-01T18:00:00.000Z");
    }
}
