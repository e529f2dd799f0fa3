//! Whether an object handles its alarm. The runtime may give up a handler that takes too long: it then ends without an error, and what it
//! has claimed must not stay claimed.

use core::time::Duration;

use crate::value::UnixMillis;

/// After this time a handler was given up. The runtime allows 15 minutes, and none of ours takes so long.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// The handlers of an object's alarm, of which the latest one counts.
///
/// ```
/// use compago::flow::alarm::handling::Handling;
/// use compago::value::UnixMillis;
///
/// let minutes = |minutes: i64| UnixMillis(minutes * 60_000);
/// let first = Handling::default().begin(minutes(0));
/// assert!(first.is_under_way(minutes(9)));
/// assert!(!first.end(first.number()).is_under_way(minutes(1)));
///
/// assert!(!first.is_under_way(minutes(10)), "the runtime gave it up");
/// let second = first.begin(minutes(11));
/// assert!(second.end(first.number()).is_under_way(minutes(12)), "the first one ends no other");
/// assert!(!second.is_under_way(minutes(1)), "after the clock was set back nobody waits for it");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Handling {
    number: u32,
    since: Option<UnixMillis>,
}

impl Handling {
    /// A handler has begun; what another one claims is over.
    #[must_use]
    pub const fn begin(self, now: UnixMillis) -> Self {
        Self { number: self.number.wrapping_add(1), since: Some(now) }
    }

    /// Returns the number of the latest handler, by which it ends.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.number
    }

    /// The handler with this number has ended.
    #[must_use]
    pub const fn end(self, number: u32) -> Self {
        if self.number == number { Self { since: None, ..self } } else { self }
    }

    /// Whether the latest handler is at work.
    #[must_use]
    pub fn is_under_way(self, now: UnixMillis) -> bool {
        self.since.is_some_and(|since| since <= now && now.since(since) < LONGEST)
    }
}
