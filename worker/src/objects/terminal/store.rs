//! What a terminal's Durable Object keeps in its database. Every table is described in `STORAGE.md`.

use compago::flow::intent::Intent;
use compago::flow::machine::{Machine as _, Rules as _};
use compago::flow::projection::Projection;
use compago::flow::record;
use compago::json;
use compago::value::{Reference, UnixMillis};
use serde::Deserialize;
use worker::SqlStorageValue;

use crate::config::TERMINALS;
use crate::http::error::InternalError;
use crate::objects::database::{Database, Result};
use crate::objects::durable::projection::{PORTION, list_rows};
use crate::objects::durable::{ObjectClass, Size, projection};
use crate::objects::machine_object::with_corrected_times;
use crate::objects::stored::read_record;
use crate::runtime::clock::now;

/// The objects of terminals.
pub(super) const CLASS: ObjectClass = ObjectClass {
    name: "terminal",
    binding: TERMINALS,
    schema: "
        CREATE TABLE IF NOT EXISTS intent (
            number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, json TEXT NOT NULL, wake_at TEXT, created TEXT
        );
        CREATE INDEX IF NOT EXISTS intent_wake_at ON intent (wake_at) WHERE wake_at IS NOT NULL;
        CREATE TABLE IF NOT EXISTS claim (key TEXT PRIMARY KEY, displacing TEXT NOT NULL) WITHOUT ROWID;
    ",
    size: Size::Many,
    projections,
    on_published,
    wake_at,
    list,
    correct_times,
};

/// The charge of this name.
pub(super) fn intent(database: &Database, key: &Reference) -> Result<Option<Intent>> {
    database.record("SELECT json AS value FROM intent WHERE key = ?", name(key))
}

/// The latest charge that Compago did not refuse to make.
pub(super) fn latest(database: &Database) -> Result<Option<Intent>> {
    const LATEST: &str = "SELECT json AS value FROM intent WHERE json ->> '$.stage.closed.refused' IS NULL \
         ORDER BY number DESC LIMIT 1";
    database.record(LATEST, vec![])
}

/// The charges that must be woken, those that wait longest first; the next alarm goes on with the rest.
pub(super) fn due(database: &Database, now: UnixMillis) -> Result<Vec<Reference>> {
    const DUE: &str = "SELECT key AS value FROM intent WHERE wake_at <= ? ORDER BY wake_at LIMIT 100";
    let keys: Vec<String> = database.values(DUE, vec![now.to_string().into()])?;
    Ok(keys.iter().filter_map(|key| key.parse().ok()).collect())
}

/// The first answer to a request that made a charge, as JSON.
pub(super) fn created(database: &Database, key: &Reference) -> Result<Option<String>> {
    database.value("SELECT created AS value FROM intent WHERE key = ?", name(key))
}

/// The charge that the claim of this name has begun to displace.
pub(super) fn displacing(database: &Database, key: &Reference) -> Result<Option<Reference>> {
    let displacing: Option<String> =
        database.value("SELECT displacing AS value FROM claim WHERE key = ?", name(key))?;
    displacing.map(|key| key.parse().map_err(InternalError::malformed("the charge that a claim displaces"))).transpose()
}

/// Writes a charge after a step, and the answer to the request that made it, of which the first one stays.
///
/// When it is to be woken is in an index, so that is written only if it matters: a time that comes early does no harm while a call
/// is in flight, and a charge that is over stays to be woken until it is published ([`on_published`]).
pub(super) fn put_intent(database: &Database, intent: &Intent, created: Option<String>) -> Result<()> {
    const INSERT: &str = "INSERT INTO intent (key, json, wake_at, created) VALUES (?, ?, ?, ?)";
    const UPDATE: &str = "UPDATE intent SET json = ?2, wake_at = ?3, created = coalesce(created, ?4) WHERE key = ?1";
    const KEEP_TIME: &str = "UPDATE intent SET json = ?2, created = coalesce(created, ?3) WHERE key = ?1";
    let (key, json) = (intent.terms().key.compact(), record::to_string(intent));
    let known: Option<WakeAt> = database.row("SELECT wake_at FROM intent WHERE key = ?", vec![key.as_str().into()])?;
    let next_wake = intent.next_wake();
    let Some(WakeAt { wake_at }) = known else {
        let wake_at = next_wake.map(|at| at.to_string());
        return database.run(INSERT, vec![key.into(), json.into(), wake_at.into(), created.into()]);
    };
    let stored: Option<UnixMillis> = wake_at.and_then(|at| at.parse().ok());
    let stays = match (stored, next_wake) {
        (Some(stored), Some(next)) => stored == next || (intent.in_flight().is_some() && stored <= next),
        (Some(_), None) => true,
        (None, Some(_) | None) => false,
    };
    if stays {
        return database.run(KEEP_TIME, vec![key.into(), json.into(), created.into()]);
    }
    let wake_at = next_wake.unwrap_or_else(now).to_string();
    database.run(UPDATE, vec![key.into(), json.into(), wake_at.into(), created.into()])
}

/// When a charge is to be woken, as its row has it.
#[derive(Deserialize)]
struct WakeAt {
    wake_at: Option<String>,
}

/// Writes when a charge is to be woken.
pub(super) fn put_wake_at(database: &Database, key: &Reference, at: Option<UnixMillis>) -> Result<()> {
    let at = at.map(|at| at.to_string());
    database.run("UPDATE intent SET wake_at = ? WHERE key = ?", vec![at.into(), key.compact().into()])
}

/// Returns the projections of the charges that are to be woken.
fn projections(database: &Database) -> Result<Vec<Projection>> {
    const FOLLOWED: &str = "SELECT json AS value FROM intent WHERE wake_at IS NOT NULL";
    let followed: Vec<String> = database.values(FOLLOWED, vec![])?;
    // A charge that cannot be read does not stop the others.
    Ok(followed.iter().filter_map(|json| read_record::<Intent>(json).ok()).map(|intent| intent.projection()).collect())
}

/// A charge that is over need not be woken any more once it is published.
fn on_published(database: &Database, machines: &[String]) -> Result<()> {
    for key in machines.iter().filter_map(|machine| machine.parse().ok()) {
        if intent(database, &key)?.is_some_and(|intent| intent.next_wake().is_none()) {
            put_wake_at(database, &key, None)?;
        }
    }
    Ok(())
}

/// Writes which charge a claim displaces. The first one stays.
pub(super) fn put_claim(database: &Database, key: &Reference, displacing: &Reference) -> Result<()> {
    const PUT: &str = "INSERT INTO claim VALUES (?, ?) ON CONFLICT (key) DO NOTHING";
    database.run(PUT, vec![key.compact().into(), displacing.compact().into()])
}

fn wake_at(database: &Database, but: &[String]) -> Result<Option<UnixMillis>> {
    const NEXT: &str = "SELECT min(wake_at) AS value FROM intent WHERE wake_at IS NOT NULL \
         AND key NOT IN (SELECT value FROM json_each(?))";
    database.moment_by(NEXT, vec![json::to_string(but).into()])
}

fn list(database: &Database, after: &str) -> Result<Option<String>> {
    const SOME: &str = "SELECT number, json FROM intent WHERE number > ? ORDER BY number LIMIT ?";
    #[derive(Deserialize)]
    struct Row {
        number: i64,
        json: String,
    }
    // Before the first there is nothing.
    let after: i64 = after.parse().unwrap_or_default();
    let rows: Vec<Row> = database.rows(SOME, vec![after.into(), PORTION.into()])?;
    let list = |row: &Row| projection::put_again(database, read_record::<Intent>(&row.json)?.projection(), now());
    Ok(list_rows(&rows, |row| row.number.to_string(), list))
}

fn correct_times(database: &Database) -> Result<()> {
    const FOLLOWED: &str = "SELECT json AS value FROM intent WHERE wake_at IS NOT NULL";
    for json in database.values::<String>(FOLLOWED, vec![])? {
        // A charge that cannot be read does not stop the others.
        let Ok(intent) = read_record::<Intent>(&json) else { continue };
        if let Some(corrected) = with_corrected_times(&intent) {
            put_intent(database, &corrected, None)?;
            put_wake_at(database, &corrected.terms().key, Some(corrected.next_wake().unwrap_or_else(now)))?;
        }
    }
    Ok(())
}

fn name(key: &Reference) -> Vec<SqlStorageValue> {
    vec![key.compact().into()]
}
