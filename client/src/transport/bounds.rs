//! The limits of an exchange by JavaScript's `fetch`: for the transports of this crate, and for a Worker that reads a
//! body of its own within a limit.

use core::pin::pin;
use core::time::Duration;

use compago::endpoint::{Undelivered, retry_after};
use compago::value::UnixMillis;
use futures_util::future::{Either, select};
use futures_util::{Stream, TryStreamExt};
use js_sys::Date;
use thiserror::Error;
use web_sys::{AbortController, AbortSignal};

/// The longest wait of a JavaScript timer, which has 31 bits for its milliseconds and fires at once for more.
const LONGEST_WAIT: Duration = Duration::from_millis(0x7fff_ffff);

/// The reason why a body was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BodyError {
    /// It broke off.
    #[error("the body broke off")]
    Incomplete,
    /// It is larger than the limit.
    #[error("the body is too large")]
    TooLarge,
}

impl From<BodyError> for Undelivered {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::Incomplete => Self::Network,
            BodyError::TooLarge => Self::TooLarge,
        }
    }
}

/// Reads a body of at most `max_bytes`. Stops at the limit; dropping the stream cancels the rest.
///
/// # Errors
/// [`BodyError`].
pub async fn read_bounded<E>(
    body: impl Stream<Item = Result<Vec<u8>, E>>,
    max_bytes: usize,
) -> Result<Vec<u8>, BodyError> {
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    while let Some(chunk) = body.try_next().await.map_err(|_| BodyError::Incomplete)? {
        if bytes.len() + chunk.len() > max_bytes {
            return Err(BodyError::TooLarge);
        }
        bytes.extend(chunk);
    }
    Ok(bytes)
}

/// Runs an exchange until `timer` fires. It gets the signal that aborts it then, or when the future is dropped.
pub(super) async fn abort_after<T, F: Future<Output = Result<T, Undelivered>>>(
    timer: impl Future<Output = ()>,
    exchange: impl FnOnce(AbortSignal) -> F,
) -> Result<T, Undelivered> {
    let mut unfinished = Unfinished(Some(AbortController::new().map_err(|_| Undelivered::Network)?));
    let Some(signal) = unfinished.0.as_ref().map(AbortController::signal) else { return Err(Undelivered::Network) };
    match select(pin!(exchange(signal)), pin!(timer)).await {
        Either::Left((result, _)) => {
            unfinished.0 = None;
            result
        }
        Either::Right(((), _)) => Err(Undelivered::Timeout),
    }
}

/// Aborts an exchange that nobody waits for any more.
struct Unfinished(Option<AbortController>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Returns the milliseconds of a timer. A longer wait ends after 24 days.
pub(super) fn timer_millis(duration: Duration) -> u32 {
    u32::try_from(duration.min(LONGEST_WAIT).as_millis()).unwrap_or(u32::MAX)
}

/// Returns the seconds that an answer asks to wait, by its `Retry-After` header.
pub(super) fn seconds_to_wait(header: Option<String>) -> Option<u32> {
    retry_after(&header?, now())
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far inside of i64")]
fn now() -> UnixMillis {
    UnixMillis(Date::now() as i64)
}
