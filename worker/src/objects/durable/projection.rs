//! The projections of an object: what the operator's index knows of it. The index is written from here alone.
//!
//! A projection is written when the index has taken it; until then it is in memory, see [`super::unpublished`]. One that the index
//! did not take is written down as pending, and published again with growing waits; the latest one replaces those before it.

use std::time::Duration;

use compago::flow::projection::{Projection, wait};
use compago::json;
use compago::value::UnixMillis;
use serde_json::json;

use super::batch::Batch;
use super::{Durable, Size};
use crate::http::error::ApiError;
use crate::objects::database::{Database, Result};
use crate::objects::index_client;
use crate::runtime::clock::{jitter, now};
use crate::runtime::log::{self, Level};

/// The table. The row without an id says how far an object of many machines is registered in the object directory, the row `relist` how
/// far publishing everything again has come.
pub(super) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS listing (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL, next_at TEXT
    ) WITHOUT ROWID;
";

/// The index over what is pending.
pub(super) const INDEX: &str =
    "CREATE INDEX IF NOT EXISTS listing_next ON listing (next_at) WHERE next_at IS NOT NULL;";

/// How many batches one alarm publishes: the number of calls that an alarm may make is limited. The next alarm follows at once.
const PORTIONS: u8 = 10;

/// How long a change waits for others, to be published with them: a new order for its link, an outcome until its webhook is delivered.
pub(super) const GATHER: Duration = Duration::from_secs(2);

impl Durable {
    /// Publishes what is pending. What the index does not take is published again later.
    pub(super) async fn publish_due(&self) -> Result<(), ApiError> {
        if self.publishing.replace(true) {
            return Ok(());
        }
        let published = self.publish_portions().await;
        self.publishing.set(false);
        published
    }

    async fn publish_portions(&self) -> Result<(), ApiError> {
        let address = format!("{}/{}", self.class.binding, self.state.id());
        for _ in 0..PORTIONS {
            // What has just changed is published with what is due.
            let until = now().plus(GATHER);
            let batch = self.unpublished.due(until);
            let database = self.database()?;
            let Some(due) = due(&database, &batch, until)? else { break };
            let registration = self.registration(&database)?;
            let is_registered = registration == Registration::Done;
            let published = index_client::publish(&address, is_registered, &due, &self.env).await;
            let write = |database: &Database| {
                match published {
                    Ok(()) => {
                        if self.class.size == Size::Many {
                            put_registration(database, registration, now())?;
                        }
                        record_success(database, &batch, &due)?;
                    }
                    Err(_) => record_failure(database, &batch, now())?,
                }
                (self.class.on_published)(database, &self.unpublished.machines_in(&batch))
            };
            self.commit_then(write, |_| {
                self.unpublished.remove(&batch);
                Ok(())
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

    /// Returns how far the object's address has come into the object directory.
    fn registration(&self, database: &Database) -> Result<Registration> {
        const PUBLISHED: &str = "SELECT id AS value FROM listing WHERE next_at IS NULL AND version > ? \
             AND id NOT IN ('', 'relist') AND id NOT LIKE 'webhook/%' LIMIT 1";
        const BEGUN_AT: &str = "SELECT version AS value FROM listing WHERE id = ''";
        Ok(match self.class.size {
            // What was published long ago may be lost since. The index registers nothing twice that it knows.
            Size::One => {
                let since = now().minus(REGISTERING).millis();
                let published: Option<String> = database.value(PUBLISHED, vec![since.into()])?;
                published.map_or(Registration::None, |_| Registration::Done)
            }
            Size::Many => match database.value(BEGUN_AT, vec![])? {
                None => Registration::None,
                Some(REGISTERED) => Registration::Done,
                Some(begun_at) => Registration::Begun(UnixMillis(begun_at)),
            },
        })
    }
}

/// How far an object's address has come into the object directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Registration {
    /// The index does not know it.
    None,
    /// The index took it first at this time, and keeps it until it hands it over.
    Begun(UnixMillis),
    /// It is in the directory.
    Done,
}

/// How long an object of many machines goes on sending its address: it stays with the index for an hour, which may lose it meanwhile.
const REGISTERING: Duration = Duration::from_secs(2 * 60 * 60);

/// The version of the row without an id once the object is registered; before, it is the time at which that began.
const REGISTERED: i64 = 1;

/// The version with which the projection of an id was last published, or its machine's if it is a webhook's: that a webhook was
/// delivered is not recorded by itself, see [`record_success`].
macro_rules! version_before {
    ($id:literal) => {
        concat!(
            "coalesce((SELECT max(before.version) FROM listing AS before WHERE before.id = ",
            $id,
            " OR before.id IN (SELECT value || '/' || upper(substr(",
            $id,
            ", 13, instr(substr(",
            $id,
            ", 13), '_') - 1)) FROM json_each('[\"order\",\"payment-intent\",\"card-payment\"]') \
             WHERE substr(",
            $id,
            ", 1, 12) = 'webhook/evt_')), 0)"
        )
    };
}

/// Writes a projection, which is pending from then on, unless it is unchanged.
///
/// # Errors
/// Those of the storage.
pub(crate) fn put(database: &Database, projection: Projection, now: UnixMillis) -> Result<()> {
    // A version is a time as well: after storage was set back, it is still larger than any before.
    const PUT: &str = concat!(
        "INSERT INTO listing VALUES (?1, max(?4, ",
        version_before!("?1"),
        " + 1), ?2, ?3) ON CONFLICT (id) DO UPDATE SET version = excluded.version, json = excluded.json, \
         next_at = coalesce(next_at, excluded.next_at) WHERE json != excluded.json"
    );
    let next_at = now.plus(GATHER).to_string();
    database.run(PUT, vec![projection.id.into(), projection.json.into(), next_at.into(), now.millis().into()])
}

/// Returns the projections that are to be published, those of the batch and at most a hundred that are written down as pending until
/// then, as JSON: an array of `{ id, version, listing }`. One that is no JSON is published as null, so that the index learns of it.
fn due(database: &Database, batch: &Batch, until: UnixMillis) -> Result<Option<String>> {
    // A version is a time as well, see `put`.
    const DUE: &str = concat!(
        "WITH batch (id, json) AS (SELECT value ->> 0, value ->> 1 FROM json_each(?1)) \
         SELECT json_group_array(json_object('id', id, 'version', version, \
         'listing', CASE WHEN json_valid(json) THEN json(json) END)) AS value FROM (\
         SELECT batch.id, max(CAST(?2 AS INTEGER), ",
        version_before!("batch.id"),
        " + 1) AS version, batch.json FROM batch \
         UNION ALL SELECT * FROM (SELECT id, version, json FROM listing \
         WHERE next_at <= ?3 AND id NOT IN (SELECT id FROM batch) LIMIT 100)) HAVING count(*) > 0"
    );
    database.value(DUE, vec![batch.json().into(), now().millis().into(), until.to_string().into()])
}

/// Records that the index has taken these. What has changed meanwhile stays pending. That a webhook was delivered is not recorded if
/// its machine was published with it, whose version says so.
fn record_success(database: &Database, batch: &Batch, due: &str) -> Result<()> {
    const BATCH: &str = "INSERT INTO listing \
         SELECT batch.value ->> 0, published.value ->> '$.version', batch.value ->> 1, NULL \
         FROM json_each(?1) AS batch JOIN json_each(?2) AS published ON published.value ->> '$.id' = batch.value ->> 0 \
         WHERE NOT (batch.value ->> 0 IN (SELECT value FROM json_each(?3)) \
         AND batch.value ->> 0 NOT IN (SELECT id FROM listing)) \
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, json = excluded.json, next_at = NULL";
    const TAKEN: &str = "UPDATE listing SET next_at = NULL FROM json_each(?) AS published \
         WHERE listing.id = published.value ->> '$.id' AND listing.version = published.value ->> '$.version' \
         AND next_at IS NOT NULL";
    if !batch.is_empty() {
        let implied = json::to_string(&batch.delivered_with_machine());
        database.run(BATCH, vec![batch.json().into(), due.into(), implied.into()])?;
    }
    database.run(TAKEN, vec![due.into()])
}

/// Records that publishing failed: everything that is pending waits together.
fn record_failure(database: &Database, batch: &Batch, now: UnixMillis) -> Result<()> {
    for [id, json] in batch.iter() {
        put(database, Projection { id: id.clone(), json: json.clone() }, now)?;
    }
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
    const PUT_AGAIN: &str = concat!(
        "INSERT INTO listing VALUES (?1, max(?4, ",
        version_before!("?1"),
        " + 1), ?2, ?3) ON CONFLICT (id) DO UPDATE SET \
         version = excluded.version, json = excluded.json, next_at = excluded.next_at"
    );
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

/// Records that the index has taken the object's address. What it took more than two hours after the first time is the second.
fn put_registration(database: &Database, registration: Registration, now: UnixMillis) -> Result<()> {
    let version = match registration {
        Registration::None => now.millis(),
        Registration::Begun(at) if now.since(at) > REGISTERING => REGISTERED,
        Registration::Begun(_) | Registration::Done => return Ok(()),
    };
    // Releases before kept the month of the directory there.
    let month: String = now.to_string().chars().take("2026-11".len()).collect();
    database.run("INSERT OR REPLACE INTO listing VALUES ('', ?, ?, NULL)", vec![version.into(), month.into()])
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
