//! How long to wait between two tries.

use core::time::Duration;

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
