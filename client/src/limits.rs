//! What an answer may take.

use core::time::Duration;

/// The limits of one call. A call that exceeds one fails as [`compago::endpoint::Undelivered`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The time for the whole call, its answer's body included.
    pub timeout: Duration,
    /// The largest body of an answer, in bytes.
    pub max_bytes: usize,
}

impl Default for Limits {
    /// Ten seconds and 4 MiB: a page of 500 payments has some 400 kB.
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), max_bytes: 4 * 1024 * 1024 }
    }
}
