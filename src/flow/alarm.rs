//! Decides whether an object's alarm must be set again; setting it is a billed write.

use std::time::Duration;

use crate::value::UnixMillis;

/// How much earlier than wanted an alarm may fire; one that would fire earlier is set again.
const EARLY: Duration = Duration::from_secs(2);

/// How long after its time an alarm may still fire. Later it counts as lost.
const LATE: Duration = Duration::from_secs(30);

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
    /// Whether it can stay as it is if the object wants to be woken at this time.
    ///
    /// ```
    /// use compago::flow::alarm::Alarm;
    /// use compago::value::UnixMillis;
    ///
    /// let (now, later) = (UnixMillis(0), UnixMillis(60_000));
    /// assert!(Alarm::Off.suits(None, now));
    /// assert!(Alarm::At(later).suits(Some(later), now));
    /// assert!(!Alarm::At(later).suits(Some(now), now));
    /// assert!(!Alarm::At(later).suits(None, now), "an object that has nothing to do keeps no alarm");
    /// ```
    #[must_use]
    pub fn suits(self, wanted: Option<UnixMillis>, now: UnixMillis) -> bool {
        match (self, wanted) {
            (Self::Off, None) => true,
            (Self::At(set), Some(wanted)) => set <= wanted && wanted.since(set) <= EARLY && now.since(set) <= LATE,
            (Self::Unknown, _) | (Self::Off, Some(_)) | (Self::At(_), None) => false,
        }
    }
}

impl From<Option<UnixMillis>> for Alarm {
    fn from(at: Option<UnixMillis>) -> Self {
        at.map_or(Self::Off, Self::At)
    }
}
