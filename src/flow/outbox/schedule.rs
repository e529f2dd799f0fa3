//! How long to wait between two tries.

use core::time::Duration;

/// A random part of a tenth, by which a wait is lengthened: events that failed together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jitter(u16);

impl Jitter {
    /// No lengthening.
    pub const NONE: Self = Self(0);

    /// The most lengthening.
    pub const MOST: Self = Self(u16::MAX);

    /// From two random bytes.
    #[must_use]
    pub const fn from_random(bits: u16) -> Self {
        Self(bits)
    }

    /// The wait, lengthened by up to a tenth.
    #[must_use]
    pub fn lengthen(self, wait: Duration) -> Duration {
        let tenth = wait / 10;
        wait.saturating_add(tenth.saturating_mul(u32::from(self.0)) / u32::from(u16::MAX))
    }
}

/// What a `Retry-After` can ask for at most.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// The wait after so many tries. It is kept after a lost try as well: a receiver whose answers break this Worker must not
/// use up all tries within minutes.
pub(super) const fn wait_after(tries: u8) -> Duration {
    Duration::from_secs(match tries {
        0 => 0,
        1 => 5,
        2 => 5 * 60,
        3 => 30 * 60,
        4 => 2 * 3600,
        5 => 5 * 3600,
        6 => 10 * 3600,
        7 => 14 * 3600,
        8 => 20 * 3600,
        _ => 24 * 3600,
    })
}
