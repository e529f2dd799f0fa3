//! Has the order's open link looked for by the list watcher in the operator's index.
//!
//! The index enters a link when it takes the order's projection. The order learns of that by its own listing, and publishes again what
//! may be lost: the index has no other way to learn of links that it has forgotten.

use std::rc::Rc;
use std::time::Duration;

use compago::flow::machine::Machine as _;
use compago::flow::order::{Order, SETTLE_MARGIN};

use super::object::OrderMachine;
use super::store;
use crate::http::error::ApiError;
use crate::runtime::clock::now;

/// How old a publication may be when the object starts.
const FRESH: Duration = Duration::from_secs(2 * 60 * 60);

impl OrderMachine {
    /// Publishes again what was published long ago, when the object has just been started and its link is open.
    pub(super) fn register_again(self: &Rc<Self>) -> Result<(), ApiError> {
        if self.memory.is_started.get() {
            return Ok(());
        }
        if let Some(order) = self.published_long_ago()? {
            self.durable.publish_again(order.projection());
            self.spawn_deliveries();
        }
        self.memory.is_started.set(true);
        Ok(())
    }

    /// Returns the order if its link is open and it was last published long ago.
    fn published_long_ago(&self) -> Result<Option<Order>, ApiError> {
        let Some(database) = self.durable.existing()? else { return Ok(None) };
        let Some(order) = store::order(&database)?.filter(|order| order.watched_link().is_some()) else {
            return Ok(None);
        };
        let is_old = store::is_published_before(&database, &order, now().minus(FRESH))?;
        Ok(Some(order).filter(|_| is_old))
    }

    /// Whether the index has entered the order's link since the order last knew, and the order is to act now. A link that has run out
    /// already is none that the list watcher would look for in time.
    pub(super) fn is_newly_watched(&self) -> Result<bool, ApiError> {
        let order: Order = self.machine(())?;
        let is_due = !order.is_in_flight() && order.next_wake().is_some_and(|at| at <= now());
        let link = order.watched_link().filter(|link| link.expires_at.plus(SETTLE_MARGIN) > now());
        match link.filter(|_| is_due && order.awaits_list_watch()) {
            Some(link) => Ok(store::is_link_published(&self.database()?, &order, link.payment_id)?),
            None => Ok(false),
        }
    }
}
