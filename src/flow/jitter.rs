//! The random part of a wait.

use core::time::Duration;

/// Random jitter of up to a tenth of a wait, so that failed events are not retried at the same moment.
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
