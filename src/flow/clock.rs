//! Corrects stored times after the clock was set back.
//!
//! A stored time that lies further ahead than it can ever have been set was written before the clock was set back. Without
//! a correction, a machine would do nothing until the clock reaches that time again. Each machine therefore corrects its
//! times in every step: what has happened was not later than now, and what is due is not later than its longest wait from
//! now. Times by which people or Compago know something, such as when an order was placed, stay as they are.

use std::time::Duration;

use crate::value::UnixMillis;

/// The time, but no later than `longest` from now. `longest` is zero for what has happened already.
///
/// ```
/// use std::time::Duration;
///
/// use compago::flow::clock::at_most;
/// use compago::value::UnixMillis;
///
/// let (now, minute) = (UnixMillis(1_772_388_000_000), Duration::from_secs(60));
/// assert_eq!(at_most(now.plus(minute), minute, now), now.plus(minute));
/// assert_eq!(at_most(now.plus(minute * 60), minute, now), now.plus(minute));
/// assert_eq!(at_most(now.plus(minute), Duration::ZERO, now), now);
/// ```
#[must_use]
pub fn at_most(time: UnixMillis, longest: Duration, now: UnixMillis) -> UnixMillis {
    time.min(now.plus(longest))
}

/// Whether something is due that is never set to more than `longest` from now. What lies further ahead is due as well.
#[must_use]
pub fn is_due(at: UnixMillis, longest: Duration, now: UnixMillis) -> bool {
    at <= now || at > now.plus(longest)
}

/// Whether something that happened at `at` is less than `lasts` old. What lies ahead is not: its age is unknown.
#[must_use]
pub fn is_fresh(at: UnixMillis, lasts: Duration, now: UnixMillis) -> bool {
    at <= now && now.since(at) < lasts
}

/// Corrects times that have happened.
pub(super) fn correct_past<'a>(times: impl IntoIterator<Item = &'a mut UnixMillis>, now: UnixMillis) {
    correct(times, Duration::ZERO, now);
}

/// Corrects times that are never set to more than `longest` from now.
pub(super) fn correct<'a>(times: impl IntoIterator<Item = &'a mut UnixMillis>, longest: Duration, now: UnixMillis) {
    for time in times {
        *time = at_most(*time, longest, now);
    }
}
