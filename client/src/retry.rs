//! Repeating reads, and nothing else.

use core::time::Duration;

use compago::endpoint::{Method, Reply, Request, Transport, Undelivered};

/// Waits, as the runtime of a transport does.
pub trait Timer {
    /// Resolves after `duration`.
    #[cfg(not(target_family = "wasm"))]
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send;

    /// Resolves after `duration`.
    #[cfg(target_family = "wasm")]
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()>;
}

/// A transport that repeats a read which was not answered, or was answered 408, 429 or 5xx.
///
/// Nothing but a read is repeated: a charge that was sent twice may be paid twice.
#[derive(Debug, Clone)]
pub struct RetryReads<T> {
    transport: T,
    times: u8,
}

/// Longer than a caller waits for an answer: it is told then how long the host asked to wait.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

impl<T> RetryReads<T> {
    /// Repeats a read at most `times` times.
    pub const fn new(transport: T, times: u8) -> Self {
        Self { transport, times }
    }

    #[cfg(any(all(feature = "reqwest", not(target_family = "wasm")), all(feature = "worker", target_family = "wasm")))]
    pub(crate) const fn inner_mut(&mut self) -> &mut T {
        &mut self.transport
    }
}

impl<H, T: Transport<H> + Timer + Sync> Transport<H> for RetryReads<T> {
    async fn send(&self, request: Request) -> Result<Reply, Undelivered> {
        let times = if request.method == Method::Get { self.times } else { 0 };
        for tried in 0..times {
            let result = self.transport.send(request.clone()).await;
            let asked = match &result {
                Ok(reply) if is_temporary(reply.status) => reply.retry_after,
                // It would be as large again.
                Ok(_) | Err(Undelivered::TooLarge) => return result,
                Err(Undelivered::Timeout | Undelivered::Network) => None,
            };
            let pause = pause(tried, asked);
            if pause > LONGEST_PAUSE {
                return result;
            }
            self.transport.sleep(pause).await;
        }
        self.transport.send(request).await
    }
}

const fn is_temporary(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..=599)
}

/// Half a second, doubled each time, or what the host asked for.
fn pause(tried: u8, asked: Option<u32>) -> Duration {
    let backoff = Duration::from_millis(500).saturating_mul(2_u32.saturating_pow(u32::from(tried)));
    asked.map_or(backoff, |seconds| Duration::from_secs(u64::from(seconds)).max(backoff))
}
