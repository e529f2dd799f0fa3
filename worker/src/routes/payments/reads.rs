//! When a payment may be read: not twice within three seconds, whichever client asks.
//!
//! The payment of an order's open attempt is read by the order alone, which keeps to that by itself. Others are read because a
//! person looks at them, in whichever isolate that happens: each keeps to it for itself. An operator who opens or cancels a
//! payment before the operator's index lists its order causes one read that the order's own reads are not counted against.

use std::cell::RefCell;
use std::time::Duration;

use compago::value::{PaymentId, UnixMillis};
use worker::Delay;

use crate::runtime::clock::now;

/// The time between two reads of a payment.
const GAP: Duration = Duration::from_secs(3);

thread_local! {
    /// When each payment was last read, or is going to be, in the last three seconds.
    static TAKEN: RefCell<Vec<(PaymentId, UnixMillis)>> = const { RefCell::new(Vec::new()) };
}

/// Waits until this payment may be read. `earlier` is when it was read last, for all that is known elsewhere.
pub(super) async fn await_turn(payment: PaymentId, earlier: Option<UnixMillis>) {
    let called = now();
    let turn = TAKEN.with_borrow_mut(|taken| {
        taken.retain(|(_, at)| called.since(*at) < GAP);
        let last = taken.iter().filter(|(id, _)| *id == payment).map(|(_, at)| *at).chain(earlier).max();
        let turn = last.map_or(called, |last| called.max(last.plus(GAP)));
        taken.push((payment, turn));
        turn
    });
    let wait = turn.since(called);
    if !wait.is_zero() {
        Delay::from(wait).await;
    }
}
