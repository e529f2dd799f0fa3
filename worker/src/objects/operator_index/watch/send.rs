//! Sends orders what the list watcher has to say of their payments.

use compago::problem::Locale;
use futures_util::future::join_all;
use serde_json::json;

use super::super::store::{self, Lost};
use super::links::{self, Link};
use crate::config::ORDERS;
use crate::http::error::{ApiError, InternalError};
use crate::objects::database::Result as Stored;
use crate::objects::durable::Durable;
use crate::objects::order;
use crate::objects::order::message::{Command, ListWatcherMessage};
use crate::runtime::clock::now;
use crate::runtime::log::{self, Level};

/// Sends the orders of these links a message each, all at once. An order that does not exist has lost its storage: its link is deleted, and
/// a person must look. Returns whether another one has not taken its message.
///
/// # Errors
/// Those of the storage.
pub(super) async fn send(
    links: &[Link],
    message: impl Fn(&Link) -> Stored<ListWatcherMessage>,
    durable: &Durable,
) -> Result<bool, ApiError> {
    let outcomes = join_all(links.iter().map(|link| send_one(link, message(link), durable))).await;
    let mut failed = false;
    for (link, outcome) in links.iter().zip(outcomes) {
        match outcome {
            Ok(204) => {}
            Ok(404) => {
                log::write(Level::Error, "order-missing", json!({ "order": link.id }));
                durable.commit(|database| {
                    store::lost(database, Lost::Id(&link.id), now())?;
                    links::remove(database, link.payment_id)
                })?;
            }
            Ok(status) => {
                failed = true;
                let error = ApiError::from(InternalError::Answered { whose: ORDERS, status });
                log_failure(link, &error);
            }
            Err(error) => {
                failed = true;
                log_failure(link, &error);
            }
        }
    }
    Ok(failed)
}

async fn send_one(link: &Link, message: Stored<ListWatcherMessage>, durable: &Durable) -> Result<u16, ApiError> {
    let Some(reference) = link.reference() else { return Ok(404) };
    Ok(order::send(&reference, Command::FromListWatcher(message?), Locale::En, &durable.env).await?.status_code())
}

fn log_failure(link: &Link, error: &ApiError) {
    log::write(Level::Error, "order-not-notified", json!({ "order": link.id, "error": error.internal() }));
}
