//! What an answer and a list may take.

use core::time::Duration;

/// The largest number of pages that one stream reads, so that it ends even if the host answers full pages for ever. A
/// longer list is cut there: read the rest by the page's number or cursor.
pub const MAX_PAGES: usize = 1_000;

/// The limits of one exchange. One that exceeds a limit fails as [`compago::endpoint::Undelivered`].
///
/// A client repeats reads ([`RetryReads`](crate::RetryReads)), so its read takes at most
/// (`read_retries` + 1) × `timeout`, and 30 seconds of pauses in total: 60 seconds by default. Any other call is one
/// exchange, and takes at most `timeout`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The time for the whole exchange, its answer's body included.
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
