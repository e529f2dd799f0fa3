//! Reports to the object that counts anonymous links which requests have created none.

use compago::flow::open_links::LinkTicket;
use compago::flow::order::Order;
use serde_json::json;

use super::object::OrderMachine;
use crate::http::error::ApiError;
use crate::objects::open_links;
use crate::runtime::log::{self, Level};

impl OrderMachine {
    /// Reports, in the background, that a counted request has created no link: no attempt that began after it can be paid, so
    /// nothing else would end its link before its time. If the order cannot be read, the link keeps counting.
    pub(super) fn release_unused(&self, ticket: Option<LinkTicket>) {
        let Some(ticket) = ticket else { return };
        match self.machine::<Order>(()) {
            Ok(order) if order.status().is_pending() && ticket.may_be_for(order.current().started_at) => return,
            // There is no order: nothing was begun.
            Ok(_) | Err(ApiError::NotFound) => {}
            Err(error) => {
                log::write(
                    Level::Warn,
                    "open-link-not-released",
                    json!({ "reference": ticket.reference, "error": error.internal() }),
                );
                return;
            }
        }
        let env = self.durable.env.clone();
        self.durable.in_background(async move {
            if let Err(error) = open_links::release(ticket, &env).await {
                log::write(
                    Level::Warn,
                    "open-link-not-released",
                    json!({ "reference": ticket.reference, "error": error.chain() }),
                );
            }
            Ok(())
        });
    }
}
