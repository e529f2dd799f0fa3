//! Waiting for time to pass.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

use crate::runtime::{clear_timeout, set_timeout};

/// Some time, from now on. It may be waited for again when it is over; its timer goes with it.
pub(crate) struct Delay {
    timer: f64,
    rung: Option<JsFuture>,
}

impl Delay {
    /// So long.
    pub(crate) fn of(wait: Duration) -> Self {
        let mut timer = 0.0;
        let rung = Promise::new(&mut |ring, _| timer = set_timeout(&ring, wait.as_secs_f64() * 1000.0));
        Self { timer, rung: Some(rung.into()) }
    }
}

impl Future for Delay {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let rung = self.rung.as_mut().is_none_or(|rung| Pin::new(rung).poll(context).is_ready());
        if !rung {
            return Poll::Pending;
        }
        self.rung = None;
        Poll::Ready(())
    }
}

impl Drop for Delay {
    fn drop(&mut self) {
        clear_timeout(self.timer);
    }
}
