//! How far the shop has come, for the first steps.

use compago::flow::setting_checks::Progress;

use crate::objects::database::{Database, Result};

/// Reads it: two entries, of however many. An order that can be paid, was paid or ran out had a link that was given out.
pub(super) fn read(database: &Database) -> Result<Progress> {
    const LINKED: &str = "SELECT created_at AS value FROM entry WHERE kind = 'order' \
         AND row ->> '$.status' IN ('awaiting-payment', 'paid', 'expired') ORDER BY created_at DESC LIMIT 1";
    const SOLD: &str = "SELECT id AS value FROM entry WHERE settled_at IS NOT NULL LIMIT 1";
    Ok(Progress { linked_at: database.moment(LINKED)?, sold: database.value::<String>(SOLD, vec![])?.is_some() })
}
