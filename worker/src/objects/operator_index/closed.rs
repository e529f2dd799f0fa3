//! Which orders are closed, for the object that counts open links.

use compago::json;
use compago::value::{Reference, UnixMillis};
use serde::Deserialize;

use crate::http::error::InternalError;
use crate::objects::database::{Database, Result};
use crate::objects::index_client::ClosedOrder;

/// Returns those of these orders that are closed. An order that the index does not know, or cannot read, may be open.
pub(super) fn among(database: &Database, references: &[Reference]) -> Result<Vec<ClosedOrder>> {
    // A version is the time of the change that it was published for.
    const CLOSED: &str = "SELECT value AS reference, entry.version AS at FROM json_each(?) \
         CROSS JOIN entry ON entry.id = 'order/' || value WHERE row ->> '$.status' NOT IN ('awaiting-payment', 'verifying')";
    #[derive(Deserialize)]
    struct Row {
        reference: String,
        at: i64,
    }
    let references: Vec<String> = references.iter().map(Reference::compact).collect();
    let rows: Vec<Row> = database.rows(CLOSED, vec![json::to_string(&references).into()])?;
    let order = |Row { reference, at }: Row| {
        let reference = reference.parse().map_err(InternalError::malformed("a reference"))?;
        Ok(ClosedOrder { reference, at: UnixMillis(at) })
    };
    rows.into_iter().map(order).collect()
}
