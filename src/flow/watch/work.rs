//! What the list watcher is given of the open links, and what it wants done.

#[cfg(doc)]
use super::Watcher;
use crate::api::one_time_payment::list::ListOneTimePayments;
use crate::value::{PaymentId, UnixMillis};

/// The open links, as far as the list watcher needs to know them. Links of paid orders count as little as those that were never opened.
///
/// `late_at` must be as it is when the page has been read: links may be registered while it is. The rest may be as it was when the alarm
/// began, so that not every page has the caller count all links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Links {
    /// How many are registered.
    pub open: u64,
    /// Whether one has run out, [`SETTLE_MARGIN`](crate::flow::order::SETTLE_MARGIN) ago or earlier.
    pub settling: bool,
    /// The first end of the others.
    pub ends_at: Option<UnixMillis>,
    /// When a link was last registered later than [`LATE`](super::LATE) after it was begun: its payment may be in the list already.
    pub late_at: Option<UnixMillis>,
}

/// What the list watcher wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Send the hits that are not answered yet, in the order of their payment ids; then [`Watcher::on_hits_sent`].
    SendHits {
        /// The last payment of the portion before.
        after: Option<PaymentId>,
    },
    /// Tell the links that had run out by [`SETTLE_MARGIN`](crate::flow::order::SETTLE_MARGIN) at `read_at`, and have no hit, that their payment is not in the list; then
    /// [`Watcher::on_absent_sent`].
    SendAbsent {
        /// The last payment of the portion before.
        after: Option<PaymentId>,
        /// When the scan began that did not find them.
        read_at: UnixMillis,
    },
    /// Wake the next [`WAKE_PORTION`](super::WAKE_PORTION) links, all at the same time; then [`Watcher::on_woken`].
    Wake {
        /// The last payment of the portion before.
        after: Option<PaymentId>,
    },
    /// Read a page of the list, and record which of its confirmed payments are open links that had no hit before; then
    /// [`Watcher::on_page`].
    Read(ListOneTimePayments),
}
