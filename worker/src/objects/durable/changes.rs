//! Requests that wait for an object to change.

use std::cell::RefCell;
use std::time::Duration;

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use worker::Delay;

/// How long a request waits for a call to Compago, or for a cancellation to be certain: longer than one lost call, and
/// less than pages wait for an answer.
const STANDARD_WAIT: Duration = Duration::from_secs(15);

/// The time until which one request waits.
pub(crate) struct Deadline(Delay);

impl Deadline {
    /// Returns the deadline of a request that arrives now.
    pub(crate) fn standard() -> Self {
        Self::of(STANDARD_WAIT)
    }

    /// Returns the deadline in `duration` from now.
    pub(crate) fn of(duration: Duration) -> Self {
        Self(Delay::from(duration))
    }
}

/// The requests that wait for a change.
#[derive(Default)]
pub(crate) struct ChangeNotifier(RefCell<Vec<oneshot::Sender<()>>>);

impl ChangeNotifier {
    /// Waits for the next change; returns whether one came before the deadline.
    pub(crate) async fn changed(&self, deadline: &mut Deadline) -> bool {
        let (sender, changed) = oneshot::channel();
        self.0.borrow_mut().push(sender);
        matches!(select(changed, &mut deadline.0).await, Either::Left(_))
    }

    /// Wakes all requests that wait.
    pub(crate) fn notify_all(&self) {
        for waiter in self.0.borrow_mut().drain(..) {
            // A request that has gone meanwhile needs no waking.
            let _ = waiter.send(());
        }
    }
}
