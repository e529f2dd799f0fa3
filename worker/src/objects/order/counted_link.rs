//! Reports to the object that counts anonymous links which of the order's links no longer count.

use compago::flow::open_links::LinkTicket;
use compago::flow::order::Order;
use compago::value::Reference;
use serde_json::json;

use super::object::OrderMachine;
use super::store;
use crate::http::error::ApiError;
use crate::objects::open_links;
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

impl OrderMachine {
    /// Reports, in the background, that a counted link was closed before its time. The order does not depend on the outcome:
    /// a link whose report is lost counts until its end.
    pub(super) fn close_link(&self, order: &Order) {
        let attempt = order.current();
        if order.status().is_pending() || attempt.expires_at <= now() {
            return;
        }
        if attempt.number > 1 || self.is_first_link_counted(order.terms().reference) {
            let (reference, started_at, env) = (order.terms().reference, attempt.started_at, self.durable.env.clone());
            self.durable.in_background(async move {
                if let Err(error) = open_links::close(reference, started_at, &env).await {
                    log::write(
                        Level::Warn,
                        "open-link-not-closed",
                        json!({ "reference": reference, "error": error.chain() }),
                    );
                }
                Ok(())
            });
        }
    }

    /// Whether the link of the first attempt counts. If that cannot be read, the link is not reported as closed.
    fn is_first_link_counted(&self, reference: Reference) -> bool {
        match self.database().and_then(|database| Ok(store::meta(&database)?)) {
            Ok(meta) => meta.is_some_and(|meta| meta.counted == Some(true)),
            Err(error) => {
                log::write(
                    Level::Warn,
                    "open-link-not-closed",
                    json!({ "reference": reference, "error": error.internal() }),
                );
                false
            }
        }
    }

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
