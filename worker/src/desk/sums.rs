//! What Compago's list came to when reconciliation last read it: for a list that is too long to be summed within one request.

use compago::api::one_time_payment::Status;
use compago::flow::reconciliation::run::Run;
use compago::flow::record::Record;
use compago::problem::Locale;
use compago::value::UnixMillis;
use serde::{Deserialize, Serialize};
use worker::Env;

use super::message::Ask;
use super::{ask_desk, store};
use crate::durable::database::{Database, Result};
use crate::durable::read;
use crate::fault::Fault;

const RECORD: &str = "sums";

/// The sums of a list that was read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ListSums {
    /// When reading it began.
    pub(crate) at: UnixMillis,
    /// Of each state that a payment was in.
    pub(crate) statuses: Vec<StatusSum>,
    /// How many payments could not be read.
    pub(crate) unreadable: u64,
    /// Whether no payment was missed that existed when reading began.
    pub(crate) whole: bool,
}

impl Record for ListSums {
    const VERSION: u32 = 1;
}

/// The payments in one state, in pesos.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StatusSum {
    /// The state.
    pub(crate) status: Status,
    /// Their amounts together.
    pub(crate) centavos: u64,
    /// How many they are.
    pub(crate) read: u64,
}

/// Sums what a run has taken down, and keeps it until the next one.
///
/// # Errors
/// Those of the storage.
pub(super) fn keep(database: &Database, run: &Run) -> Result<()> {
    const SUMS: &str = "SELECT json_group_array(json_object('status', status, 'centavos', centavos, 'read', seen)) AS value \
         FROM (SELECT status, sum(CAST(replace(amount, '.', '') AS INTEGER)) AS centavos, count(*) AS seen \
         FROM listed WHERE currency = 'MXN' GROUP BY status)";
    let statuses = database.json(SUMS, vec![])?.unwrap_or_default();
    let sums = ListSums { at: run.started_at(), statuses, unreadable: run.unreadable(), whole: run.is_whole() };
    store::put_record(database, RECORD, &sums)
}

/// What was last kept.
///
/// # Errors
/// Those of the storage.
pub(super) fn kept(database: &Database) -> Result<Option<ListSums>> {
    store::record(database, RECORD)
}

/// The sums that reconciliation last came to; `None` before the first time.
///
/// # Errors
/// [`Fault::Internal`].
pub(crate) async fn list_sums(env: &Env) -> core::result::Result<Option<ListSums>, Fault> {
    let mut answer = ask_desk(&Ask::Sums, Locale::En, env).await?;
    Ok(read(&answer.text().await?)?)
}
