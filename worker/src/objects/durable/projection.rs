//! What an object has told the operator's desk, or owes it: the desk's index is written from here, and never knows more.
//!
//! A listing is written in the transaction that changes what it tells of. It is owed until the desk has it, and told again
//! until then, ever more seldom; the latest takes the place of those before it.

use std::time::Duration;

use compago::flow::listing::{Listing, wait};
use compago::value::UnixMillis;

use serde_json::json;

use super::Durable;
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result};
use crate::objects::index_client;
use crate::objects::object_directory::register;
use crate::runtime::clock::{jitter, now};
use crate::runtime::log::{self, Level};

/// The table: the row without an id says in which month's roster the object stands, the row `relist` how far listing all again
/// has come.
pub(super) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS listing (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL, next_at TEXT
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS listing_next ON listing (next_at) WHERE next_at IS NOT NULL;
";

/// How many portions are told by one alarm: an alarm may make so many calls and no more. The next one goes on at once.
const PORTIONS: u8 = 10;

/// How long a change waits for others that follow it at once: an order that is made changes three times in a second.
pub(super) const GATHER: Duration = Duration::from_millis(400);

impl Durable {
    /// Tells the desk what it is owed. What it does not hear, it is told again.
    pub(super) async fn publish_projection(&self) -> Result<(), ApiError> {
        let address = format!("{}/{}", self.class.binding, self.state.id());
        for _ in 0..PORTIONS {
            let Some(due) = due(&self.database()?, now())? else { break };
            let registered = match directory_month(&self.database()?)? {
                Some(_) => Ok(None),
                None => register(&address, &self.env).await.map(Some),
            };
            let published = match registered {
                Ok(month) => index_client::publish(&address, &due, &self.env).await.map(|()| month),
                Err(error) => Err(error),
            };
            self.commit(|database| match &published {
                Ok(month) => {
                    month.iter().try_for_each(|month| put_directory_month(database, month))?;
                    record_success(database, &due)
                }
                Err(_) => record_failure(database, now()),
            })?;
            if let Err(error) = published {
                log::write(Level::Warn, "desk-not-told", json!({ "object": self.class.name, "error": error.chain() }));
            }
        }
        Ok(())
    }
}

/// Owes the desk a listing, unless it is what it was.
///
/// # Errors
/// Those of the storage.
pub(crate) fn put(database: &Database, listing: Listing, now: UnixMillis) -> Result<()> {
    // A version is a time as well: after storage was set back, it is still larger than any before.
    const PUT: &str = "INSERT INTO listing VALUES (?1, ?4, ?2, ?3) ON CONFLICT (id) DO UPDATE SET \
         version = max(version + 1, excluded.version), json = excluded.json, \
         next_at = coalesce(next_at, excluded.next_at) WHERE json != excluded.json";
    let next_at = now.plus(GATHER).to_string();
    database.run(PUT, vec![listing.id.into(), listing.json.into(), next_at.into(), now.millis().into()])
}

/// What is owed and due, at most a hundred of them, as JSON: an array of `{ id, version, listing }`. One that is no JSON is
/// told as null, so that the desk hears of it.
fn due(database: &Database, now: UnixMillis) -> Result<Option<String>> {
    const DUE: &str = "SELECT json_group_array(json_object('id', id, 'version', version, \
         'listing', CASE WHEN json_valid(json) THEN json(json) END)) AS value \
         FROM (SELECT * FROM listing WHERE next_at <= ? LIMIT 100) HAVING count(*) > 0";
    database.value(DUE, vec![now.to_string().into()])
}

/// The desk has these. What has changed meanwhile is owed as before.
fn record_success(database: &Database, due: &str) -> Result<()> {
    const TOLD: &str = "UPDATE listing SET next_at = NULL FROM json_each(?) AS told \
         WHERE listing.id = told.value ->> '$.id' AND listing.version = told.value ->> '$.version'";
    database.run(TOLD, vec![due.into()])
}

/// The desk did not hear: all that it is owed waits together.
fn record_failure(database: &Database, now: UnixMillis) -> Result<()> {
    // A version is the time of the change that is to be told.
    const OLDEST: &str = "SELECT min(version) AS value FROM listing WHERE next_at IS NOT NULL";
    const LATER: &str = "UPDATE listing SET next_at = ? WHERE next_at IS NOT NULL";
    let oldest = database.value(OLDEST, vec![])?.map(UnixMillis);
    let pending_for = oldest.map_or(Duration::ZERO, |oldest| now.since(oldest));
    database.run(LATER, vec![now.plus(wait(pending_for, jitter())).to_string().into()])
}

/// Owes the desk a listing also if it is what it was: the desk asks, because it has lost what it knew.
///
/// # Errors
/// Those of the storage.
pub(crate) fn put_again(database: &Database, listing: Listing, now: UnixMillis) -> Result<()> {
    const OWE: &str = "INSERT INTO listing VALUES (?1, ?4, ?2, ?3) ON CONFLICT (id) DO UPDATE SET \
         version = max(version + 1, excluded.version), json = excluded.json, next_at = excluded.next_at";
    database.run(OWE, vec![listing.id.into(), listing.json.into(), now.to_string().into(), now.millis().into()])
}

/// If the clock was set back: what waits for a time that was reckoned before is told now.
pub(super) fn correct_times(database: &Database, now: UnixMillis) -> Result<()> {
    // A version is the time of the change that is to be told.
    const CORRECT: &str = "UPDATE listing SET next_at = ?1 WHERE next_at > ?1 AND version > ?2 + 60000";
    database.run(CORRECT, vec![now.to_string().into(), now.millis().into()])
}

/// Whether nothing was ever listed.
pub(super) fn is_empty(database: &Database) -> Result<bool> {
    Ok(database.value::<String>("SELECT id AS value FROM listing LIMIT 1", vec![])?.is_none())
}

/// When the desk is to be told next.
pub(super) fn next_at(database: &Database) -> Result<Option<UnixMillis>> {
    database.moment("SELECT min(next_at) AS value FROM listing WHERE next_at IS NOT NULL")
}

/// In which month's roster the object stands, if in any.
fn directory_month(database: &Database) -> Result<Option<String>> {
    database.value("SELECT json AS value FROM listing WHERE id = ''", vec![])
}

/// The object stands in the roster of this month.
fn put_directory_month(database: &Database, month: &str) -> Result<()> {
    database.run("INSERT OR REPLACE INTO listing VALUES ('', 1, ?, NULL)", vec![month.into()])
}

/// How many rows are listed at once.
pub(crate) const PORTION: i32 = 100;

/// Lists each of these rows, and returns the cursor of the last one if they are a whole portion. A row that cannot be listed
/// stops no other.
pub(crate) fn list_rows<T>(
    rows: &[T],
    cursor: impl Fn(&T) -> String,
    list: impl Fn(&T) -> Result<()>,
) -> Option<String> {
    for row in rows {
        if let Err(error) = list(row) {
            log::write(Level::Error, "row-not-listed", json!({ "row": cursor(row), "error": error.chain() }));
        }
    }
    let is_whole = i32::try_from(rows.len()).is_ok_and(|count| count >= PORTION);
    rows.last().filter(|_| is_whole).map(cursor)
}
