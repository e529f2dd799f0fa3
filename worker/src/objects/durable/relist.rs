//! Publishes everything that an object holds again, in batches: a terminal may have made a hundred thousand charges, and goes on
//! charging meanwhile.
//!
//! The next batch is written once the index has taken the one before. The cursor is stored.

use super::{Durable, ObjectClass, outbox, projection};
use crate::objects::database::{Database, Result};

/// What follows the machines.
const WEBHOOKS: &str = "webhook/";

impl Durable {
    /// Writes projections of what follows the cursor `after`; an empty cursor is the beginning.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn relist(&self, after: &str) -> Result<()> {
        self.commit(|database| {
            let next = list(self.class, database, after)?;
            put(database, next.as_deref())
        })
    }

    /// Writes the next batch, if there is one and the index has taken the last.
    pub(super) fn relist_more(&self) -> Result<()> {
        let database = self.database()?;
        match stored(&database)? {
            Some(after) if projection::next_at(&database)?.is_none() => self.relist(&after),
            Some(_) | None => Ok(()),
        }
    }
}

/// Writes a batch of machines, or of webhooks, and returns the next cursor.
fn list(class: &ObjectClass, database: &Database, after: &str) -> Result<Option<String>> {
    let (machines, webhooks) = match after.strip_prefix(WEBHOOKS) {
        Some(after) => (None, after),
        None => ((class.list)(database, after)?, ""),
    };
    match machines {
        Some(next) => Ok(Some(next)),
        None => Ok(outbox::list(database, webhooks)?.map(|next| format!("{WEBHOOKS}{next}"))),
    }
}

/// Returns whether there is more to publish.
pub(super) fn is_under_way(database: &Database) -> Result<bool> {
    Ok(stored(database)?.is_some())
}

/// Returns the cursor, if there is more to publish.
fn stored(database: &Database) -> Result<Option<String>> {
    database.value("SELECT json AS value FROM listing WHERE id = 'relist'", vec![])
}

fn put(database: &Database, next: Option<&str>) -> Result<()> {
    match next {
        Some(next) => {
            const PUT: &str = "INSERT OR REPLACE INTO listing VALUES ('relist', 1, ?, NULL)";
            database.run(PUT, vec![next.into()])
        }
        None if is_under_way(database)? => database.run("DELETE FROM listing WHERE id = 'relist'", vec![]),
        None => Ok(()),
    }
}
