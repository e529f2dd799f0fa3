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
///
/// The first pause is half a second and each one is twice as long as the last, or as long as the host asks for. All pauses
/// of a call together take at most 30 seconds; then the last answer is returned. Each exchange has the limits of its
/// transport.
#[derive(Debug, Clone)]
pub struct RetryReads<T> {
    transport: T,
    times: u8,
}

/// The longest time of all pauses of one call together. If the host asks for more, its answer is returned.
const MAX_PAUSES: Duration = Duration::from_secs(30);

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
        let mut paused = Duration::ZERO;
        for tried in 0..times {
            let result = self.transport.send(request.clone()).await;
            let requested = match &result {
                Ok(reply) if is_temporary(reply.status) => reply.retry_after,
                // It would be as large again.
                Ok(_) | Err(Undelivered::TooLarge) => return result,
                Err(Undelivered::Timeout | Undelivered::Network) => None,
            };
            let pause = pause(tried, requested);
            paused = paused.saturating_add(pause);
            if paused > MAX_PAUSES {
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

/// Returns half a second, doubled each time, or the wait that the host requested if it is longer.
fn pause(tried: u8, requested: Option<u32>) -> Duration {
    let backoff = Duration::from_millis(500).saturating_mul(2_u32.saturating_pow(u32::from(tried)));
    requested.map_or(backoff, |seconds| Duration::from_secs(u64::from(seconds)).max(backoff))
}
