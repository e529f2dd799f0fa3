//! Time and randomness for the core.

use compago::flow::outbox::Jitter;
use compago::value::UnixMillis;
use js_sys::{Date, Math};
use worker::ScheduledEvent;

/// Returns the runtime's current time, which stays the same until the next wait for input or output.
pub(crate) fn now() -> UnixMillis {
    UnixMillis(whole(Date::now()))
}

/// Returns the time for which a run of the schedule was set.
pub(crate) fn scheduled_at(event: &ScheduledEvent) -> UnixMillis {
    UnixMillis(whole(event.schedule()))
}

/// Returns the current time as the `Date` header has it (RFC 9110, section 5.6.7), which is what `toUTCString` writes.
pub(crate) fn http_date() -> String {
    Date::new(&Date::now().into()).to_utc_string().into()
}

/// A random lengthening of a wait.
pub(crate) fn jitter() -> Jitter {
    let bits = whole(Math::random() * 65_536.0);
    Jitter::from_random(u16::try_from(bits).unwrap_or(u16::MAX))
}

/// A time as JavaScript has it.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 stay below 2^53 for 285,000 years")]
pub(crate) fn in_javascript(at: UnixMillis) -> Date {
    Date::new(&(at.millis() as f64).into())
}

#[expect(clippy::cast_possible_truncation, reason = "a float cast saturates, and all uses are far inside of i64")]
fn whole(number: f64) -> i64 {
    number as i64
}
