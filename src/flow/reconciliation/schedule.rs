//! When the nightly comparison begins.

use core::time::Duration;

use crate::value::{TimeZone, UnixMillis};

/// The hour of the shop's clock in which it begins.
const HOUR: u8 = 3;

/// The time from one run of the hourly schedule to the next.
const RUN: Duration = Duration::from_secs(60 * 60);

/// For how many runs back the clock is compared: no clock that was at three has been set back by more than three hours.
const RUNS_BACK: u32 = 3;

/// Returns whether the hourly run at that time is the one that begins the day's comparison.
///
/// It is the day's first run at or after three o'clock by the shop's clock. Where that hour is skipped, it is the run after it, and where
/// it is repeated, the first of the two.
///
/// ```
/// use compago::flow::reconciliation::schedule::is_due;
///
/// let zone = "America/Tijuana".parse()?;
/// assert!(is_due("2026-01-15T11:20:00Z".parse()?, &zone));
/// assert!(!is_due("2026-01-15T12:20:00Z".parse()?, &zone));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn is_due(at: UnixMillis, zone: &TimeZone) -> bool {
    let progress = |at| {
        let local = zone.local(at);
        (local.year, local.month, local.day, local.hour >= HOUR)
    };
    let reached = progress(at);
    let (.., has_come) = reached;
    has_come && (1..=RUNS_BACK).all(|runs| progress(at.minus(RUN * runs)) < reached)
}
