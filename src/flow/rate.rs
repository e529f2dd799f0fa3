//! How many calls a caller may make: a token bucket, as a value.
//!
//! A bucket holds the calls that may be made at once and is refilled at a constant rate. All that has to be stored is
//! the moment at which it is full again: each call moves that moment on by the time one token takes.

use core::fmt;
use core::str::FromStr;
use core::time::Duration;

use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};

use crate::flow::record::Record;
use crate::value::UnixMillis;

/// So many calls at once, and as many in each period after that.
///
/// Written `10/60s`; also with `m` and `h`. Tokens drip in whole milliseconds, rounded up.
///
/// ```
/// use compago::flow::rate::Limit;
///
/// let limit: Limit = "10/1m".parse()?;
/// assert_eq!(limit.to_string(), "10/60s");
/// # Ok::<(), compago::flow::rate::LimitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, SerializeDisplay, DeserializeFromStr)]
pub struct Limit {
    burst: u32,
    per_seconds: u32,
}

impl Limit {
    /// Returns the limit of so many calls a minute, from 1 to 1,000; fewer or more count as the nearest of these.
    #[must_use]
    pub const fn per_minute(calls: u32) -> Self {
        let burst = if calls > MAX_BURST { MAX_BURST } else { calls };
        Self { burst: if burst == 0 { 1 } else { burst }, per_seconds: 60 }
    }

    /// Returns how many calls may be made at once, and in each period after that.
    #[must_use]
    pub const fn calls(self) -> u32 {
        self.burst
    }

    /// Returns the limit of ten times as many calls, within the bounds of a limit.
    #[must_use]
    pub const fn tenfold(self) -> Self {
        let burst = if self.burst > MAX_BURST / 10 { MAX_BURST } else { self.burst * 10 };
        Self { burst, per_seconds: self.per_seconds }
    }

    /// How long one token takes.
    fn interval(self) -> Duration {
        let millis = u64::from(self.per_seconds) * 1000;
        Duration::from_millis(millis.div_ceil(u64::from(self.burst)))
    }

    /// How long an empty bucket takes to be full.
    fn whole(self) -> Duration {
        self.interval().saturating_mul(self.burst)
    }
}

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        let (burst, period) = text.split_once('/').ok_or(LimitError::Format)?;
        let (digits, unit) = period.split_at_checked(period.len().saturating_sub(1)).ok_or(LimitError::Format)?;
        let seconds = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => return Err(LimitError::Format),
        };
        let burst = number(burst)?;
        let per_seconds = number(digits)?.checked_mul(seconds).ok_or(LimitError::Range)?;
        if !(1..=MAX_BURST).contains(&burst) || !(1..=MAX_SECONDS).contains(&per_seconds) {
            return Err(LimitError::Range);
        }
        Ok(Self { burst, per_seconds })
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}s", self.burst, self.per_seconds)
    }
}

/// What is left to one caller.
///
/// ```
/// use compago::flow::rate::{Bucket, Limit};
/// use compago::value::UnixMillis;
///
/// let limit: Limit = "2/60s".parse()?;
/// let now = UnixMillis(1_772_388_000_000);
/// let (bucket, first) = Bucket::full(now).take(limit, now);
/// let (bucket, second) = bucket.take(limit, now);
/// let (_, third) = bucket.take(limit, now);
/// assert_eq!((first, second), (Ok(()), Ok(())));
/// assert_eq!(third.map_err(|refused| refused.seconds()), Err(30));
/// # Ok::<(), compago::flow::rate::LimitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bucket {
    full_at: UnixMillis,
}

impl Record for Bucket {
    const VERSION: u32 = 1;
}

impl Bucket {
    /// A bucket that nothing was taken from.
    #[must_use]
    pub const fn full(now: UnixMillis) -> Self {
        Self { full_at: now }
    }

    /// From when on it is as if nothing had been taken: it need not be kept any longer.
    #[must_use]
    pub const fn full_at(self) -> UnixMillis {
        self.full_at
    }

    /// Takes a token. If there is none, returns when there will be one and changes nothing.
    ///
    /// A clock that went back, or a limit that was made smaller, never costs more than an empty bucket does.
    ///
    /// # Errors
    ///
    /// [`RetryAfter`] if the bucket is empty.
    pub fn take(self, limit: Limit, now: UnixMillis) -> (Self, Result<(), RetryAfter>) {
        let full_at = self.full_at.clamp(now, now.plus(limit.whole()));
        let after = full_at.plus(limit.interval());
        let over = after.since(now.plus(limit.whole()));
        if over.is_zero() { (Self { full_at: after }, Ok(())) } else { (Self { full_at }, Err(RetryAfter(over))) }
    }
}

/// A call that came too soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many calls; the next one may be made in {} s", self.seconds())]
pub struct RetryAfter(Duration);

impl RetryAfter {
    /// The value of a `Retry-After` header: whole seconds, at least one.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        let begun = if self.0.subsec_nanos() > 0 { 1 } else { 0 };
        self.0.as_secs().saturating_add(begun)
    }
}

/// The reason why a text is not a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Not a number of calls, a slash, a number and a unit.
    #[error("a limit is written like 10/60s, with s, m or h")]
    Format,
    /// None, more calls than 1,000, or a period over a day.
    #[error("a limit allows 1 to 1,000 calls in 1 second to 24 hours")]
    Range,
}

/// With more in a second, a token would take less than a millisecond.
const MAX_BURST: u32 = 1000;
const MAX_SECONDS: u32 = 24 * 60 * 60;

fn number(digits: &str) -> Result<u32, LimitError> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(LimitError::Format);
    }
    digits.parse().map_err(|_| LimitError::Range)
}
