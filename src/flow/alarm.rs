//! Decides whether an object's alarm must be set again; setting it is a billed write.

use std::time::Duration;

use crate::value::UnixMillis;

pub mod handling;

/// How much earlier than wanted an alarm may fire; one that would fire earlier is set again.
const EARLY: Duration = Duration::from_secs(2);

/// How long after its time an alarm may still fire. Later it counts as lost.
const LATE: Duration = Duration::from_secs(30);

/// How much later than wanted an alarm may fire: a twentieth of the wait, but at most this.
const LATER: Duration = Duration::from_secs(3);

/// After the start of what is done in memory, when the object wakes again in case that comes to nothing, as after a crash.
pub const UNDER_WAY: Duration = Duration::from_secs(30);

/// How much later an alarm may fire that is only needed if what is under way comes to nothing.
const RECOVERY: Duration = Duration::from_secs(3 * 60);

/// When an object must be woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wake {
    /// For what nobody works on.
    pub due: Option<UnixMillis>,
    /// For what is under way in memory, should it come to nothing: after a crash.
    pub fallback: Option<UnixMillis>,
}

impl Wake {
    /// Returns the time for which an alarm is set.
    #[must_use]
    pub fn at(self) -> Option<UnixMillis> {
        self.due.into_iter().chain(self.fallback).min()
    }

    /// Returns the latest time at which an alarm may fire.
    fn latest(self, now: UnixMillis) -> Option<UnixMillis> {
        let due = self.due.map(|at| at.plus(LATER.min(at.since(now) / 20)));
        due.into_iter().chain(self.fallback.map(|at| at.plus(RECOVERY))).min()
    }
}

/// Returns when an object wakes in case a call comes to nothing that it makes in memory and that was expected to end by this time. A
/// search of a long list goes on beyond it, and does not have the object woken again and again.
///
/// ```
/// use compago::flow::alarm::fallback_of_call;
/// use compago::value::UnixMillis;
///
/// let ends_at = UnixMillis(62_000);
/// assert_eq!(fallback_of_call(ends_at, UnixMillis(0)), ends_at);
/// assert_eq!(fallback_of_call(ends_at, UnixMillis(62_000)), UnixMillis(92_000));
/// assert_eq!(fallback_of_call(ends_at, UnixMillis(92_500)), UnixMillis(122_500));
/// ```
#[must_use]
pub fn fallback_of_call(ends_at: UnixMillis, now: UnixMillis) -> UnixMillis {
    if ends_at > now { ends_at } else { now.plus(UNDER_WAY) }
}

impl From<Option<UnixMillis>> for Wake {
    fn from(due: Option<UnixMillis>) -> Self {
        Self { due, fallback: None }
    }
}

/// What is known of an object's one alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alarm {
    /// Nothing.
    #[default]
    Unknown,
    /// It is not set.
    Off,
    /// It is set.
    At(UnixMillis),
}

impl Alarm {
    /// Whether it can stay as it is if the object wants to be woken then. While something is under way, an alarm that fires early
    /// stays: what follows from it sets the alarm in any case.
    ///
    /// ```
    /// use compago::flow::alarm::{Alarm, Wake};
    /// use compago::value::UnixMillis;
    ///
    /// let (now, later) = (UnixMillis(0), UnixMillis(60_000));
    /// assert!(Alarm::Off.suits(None, now));
    /// assert!(Alarm::At(later).suits(Some(later), now));
    /// assert!(!Alarm::At(later).suits(Some(now), now));
    /// assert!(!Alarm::At(later).suits(None, now), "an object that has nothing to do keeps no alarm");
    /// let calling = Wake { due: None, fallback: Some(UnixMillis(25_000)) };
    /// assert!(Alarm::At(later).suits(calling, now), "after a crash it comes soon enough");
    /// ```
    #[must_use]
    pub fn suits(self, wanted: impl Into<Wake>, now: UnixMillis) -> bool {
        let wanted = wanted.into();
        match (self, wanted.latest(now)) {
            (Self::Off, None) => true,
            (Self::At(set), Some(latest)) => {
                let is_early = wanted.fallback.is_none() && wanted.due.is_some_and(|due| due.since(set) > EARLY);
                set <= latest && !is_early && now.since(set) <= LATE
            }
            (Self::Unknown, _) | (Self::Off, Some(_)) | (Self::At(_), None) => false,
        }
    }
}

impl Alarm {
    /// Whether the alarm fires soon enough after a crash of what is under way.
    #[must_use]
    pub fn recovers(self, now: UnixMillis) -> bool {
        matches!(self, Self::At(set) if now.since(set) <= LATE && set <= now.plus(RECOVERY))
    }
}

impl From<Option<UnixMillis>> for Alarm {
    fn from(at: Option<UnixMillis>) -> Self {
        at.map_or(Self::Off, Self::At)
    }
}
