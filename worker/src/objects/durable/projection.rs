//! The projections of an object: what the operator's index knows of it. The index is written from here alone.
//!
//! A projection is written in the transaction that changes the machine. It is pending until the index has taken it, and is published
//! again until then with growing waits; the latest one replaces those before it.

use std::time::Duration;

use compago::flow::projection::{Projection, wait};
use compago::value::UnixMillis;
use serde_json::json;

use super::Durable;
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result};
use crate::objects::index_client;
use crate::objects::object_directory::register;
use crate::runtime::clock::{jitter, now};
use crate::runtime::log::{self, Level};

/// The table. The row without an id holds the month of the object directory in which the object is registered, the row `relist` how far
/// publishing everything again has come.
pub(super) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS listing (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL, next_at TEXT
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS listing_next ON listing (next_at) WHERE next_at IS NOT NULL;
";

/// How many batches one alarm publishes: the number of calls that an alarm may make is limited. The next alarm follows at once.
const PORTIONS: u8 = 10;

/// How long a change waits for others, to be published with them: a new order changes three times in a second.
pub(super) const GATHER: Duration = Duration::from_millis(400);

impl Durable {
    /// Publishes the projections that are due. What the index does not take is published again later.
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
                log::write(
                    Level::Warn,
                    "projection-not-published",
                    json!({ "object": self.class.name, "error": error.chain() }),
                );
            }
        }
        Ok(())
    }
}

/// Writes a projection, which is pending from then on, unless it is unchanged.
///
/// # Errors
/// Those of the storage.
pub(crate) fn put(database: &Database, projection: Projection, now: UnixMillis) -> Result<()> {
    // A version is a time as well: after storage was set back, it is still larger than any before.
    const PUT: &str = "INSERT INTO listing VALUES (?1, ?4, ?2, ?3) ON CONFLICT (id) DO UPDATE SET \
         version = max(version + 1, excluded.version), json = excluded.json, \
         next_at = coalesce(next_at, excluded.next_at) WHERE json != excluded.json";
    let next_at = now.plus(GATHER).to_string();
    database.run(PUT, vec![projection.id.into(), projection.json.into(), next_at.into(), now.millis().into()])
}

/// Returns the projections that are due, at most a hundred, as JSON: an array of `{ id, version, listing }`. One that is no JSON is
/// published as null, so that the index learns of it.
fn due(database: &Database, now: UnixMillis) -> Result<Option<String>> {
    const DUE: &str = "SELECT json_group_array(json_object('id', id, 'version', version, \
         'listing', CASE WHEN json_valid(json) THEN json(json) END)) AS value \
         FROM (SELECT * FROM listing WHERE next_at <= ? LIMIT 100) HAVING count(*) > 0";
    database.value(DUE, vec![now.to_string().into()])
}

/// Records that the index has taken these. What has changed meanwhile stays pending.
fn record_success(database: &Database, due: &str) -> Result<()> {
    const TAKEN: &str = "UPDATE listing SET next_at = NULL FROM json_each(?) AS published \
         WHERE listing.id = published.value ->> '$.id' AND listing.version = published.value ->> '$.version'";
    database.run(TAKEN, vec![due.into()])
}

/// Records that publishing failed: everything that is pending waits together.
fn record_failure(database: &Database, now: UnixMillis) -> Result<()> {
    // A version is the time of the change that is to be published.
    const OLDEST: &str = "SELECT min(version) AS value FROM listing WHERE next_at IS NOT NULL";
    const LATER: &str = "UPDATE listing SET next_at = ? WHERE next_at IS NOT NULL";
    let oldest = database.value(OLDEST, vec![])?.map(UnixMillis);
    let pending_for = oldest.map_or(Duration::ZERO, |oldest| now.since(oldest));
    database.run(LATER, vec![now.plus(wait(pending_for, jitter())).to_string().into()])
}

/// Writes a projection, pending also if it is unchanged: the index asks for it, because it has lost what it knew.
///
/// # Errors
/// Those of the storage.
pub(crate) fn put_again(database: &Database, projection: Projection, now: UnixMillis) -> Result<()> {
    const PUT_AGAIN: &str = "INSERT INTO listing VALUES (?1, ?4, ?2, ?3) ON CONFLICT (id) DO UPDATE SET \
         version = max(version + 1, excluded.version), json = excluded.json, next_at = excluded.next_at";
    database
        .run(PUT_AGAIN, vec![projection.id.into(), projection.json.into(), now.to_string().into(), now.millis().into()])
}

/// After the clock was set back: publishes now what waits for a time by the former clock.
pub(super) fn correct_times(database: &Database, now: UnixMillis) -> Result<()> {
    // A version is the time of the change that is to be published.
    const CORRECT: &str = "UPDATE listing SET next_at = ?1 WHERE next_at > ?1 AND version > ?2 + 60000";
    database.run(CORRECT, vec![now.to_string().into(), now.millis().into()])
}

/// Returns whether no projection was ever written.
pub(super) fn is_empty(database: &Database) -> Result<bool> {
    Ok(database.value::<String>("SELECT id AS value FROM listing LIMIT 1", vec![])?.is_none())
}

/// Returns when the next projection is due.
pub(super) fn next_at(database: &Database) -> Result<Option<UnixMillis>> {
    database.moment("SELECT min(next_at) AS value FROM listing WHERE next_at IS NOT NULL")
}

/// Returns the month of the object directory in which the object is registered, if it is.
fn directory_month(database: &Database) -> Result<Option<String>> {
    database.value("SELECT json AS value FROM listing WHERE id = ''", vec![])
}

/// Writes the month of the object directory in which the object is registered.
fn put_directory_month(database: &Database, month: &str) -> Result<()> {
    database.run("INSERT OR REPLACE INTO listing VALUES ('', 1, ?, NULL)", vec![month.into()])
}

/// How many rows are published again at once.
pub(crate) const PORTION: i32 = 100;

/// Writes a projection of each of these rows, and returns the cursor of the last one if the batch is full. A row that cannot be read
/// does not stop the others.
pub(crate) fn list_rows<T>(
    rows: &[T],
    cursor: impl Fn(&T) -> String,
    list: impl Fn(&T) -> Result<()>,
) -> Option<String> {
    for row in rows {
        if let Err(error) = list(row) {
            log::write(Level::Error, "row-not-published", json!({ "row": cursor(row), "error": error.chain() }));
        }
    }
    let is_whole = i32::try_from(rows.len()).is_ok_and(|count| count >= PORTION);
    rows.last().filter(|_| is_whole).map(cursor)
}
