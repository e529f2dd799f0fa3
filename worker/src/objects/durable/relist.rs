//! Tells the desk again all that an object holds, in portions: a terminal may have made a hundred thousand charges, and goes on
//! charging meanwhile.
//!
//! The next portion is listed once the desk has heard of the one before. How far it has come is on disk.

use super::{Durable, ObjectClass, outbox, projection};
use crate::objects::database::{Database, Result};

/// What follows the machines.
const WEBHOOKS: &str = "webhook/";

impl Durable {
    /// Lists what follows `after`: nothing for all.
    ///
    /// # Errors
    /// Those of the storage.
    pub(crate) fn relist(&self, after: &str) -> Result<()> {
        self.commit(|database| {
            let next = list(self.class, database, after)?;
            put(database, next.as_deref())
        })
    }

    /// Lists the next portion, if one is to be listed and the desk has heard of the last.
    pub(super) fn relist_more(&self) -> Result<()> {
        let database = self.database()?;
        match stored(&database)? {
            Some(after) if projection::next_at(&database)?.is_none() => self.relist(&after),
            Some(_) | None => Ok(()),
        }
    }
}

/// Lists a portion of machines, or of webhooks, and says where to go on.
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

/// Whether there is more to list.
pub(super) fn is_under_way(database: &Database) -> Result<bool> {
    Ok(stored(database)?.is_some())
}

/// Where to go on, if there is more to list.
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
