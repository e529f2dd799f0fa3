//! What Compago's list came to when reconciliation last read it: for a list that is too long to be summed within one request.

use compago::flow::reconciliation::run::Run;

use super::store;
use crate::objects::database::{Database, Result};
use crate::objects::index_client::ListSums;

const RECORD: &str = "sums";

/// Sums the list that a run has stored, and keeps the sums until the next run.
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
