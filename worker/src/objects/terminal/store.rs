//! What a terminal's Durable Object keeps in its database. Every table is described in `STORAGE.md`.

use compago::flow::intent::Intent;
use compago::flow::machine::Machine as _;
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

/// Writes a charge after a step.
pub(super) fn put_intent(database: &Database, intent: &Intent) -> Result<()> {
    const PUT: &str = "INSERT INTO intent (key, json, wake_at) VALUES (?, ?, ?) \
         ON CONFLICT (key) DO UPDATE SET json = excluded.json, wake_at = excluded.wake_at";
    let wake_at = intent.next_wake().map(|at| at.to_string());
    database.run(PUT, vec![intent.terms().key.compact().into(), record::to_string(intent).into(), wake_at.into()])
}

/// Writes the answer to the request that made a charge. The first one stays.
pub(super) fn put_created(database: &Database, key: &Reference, created: &str) -> Result<()> {
    const PUT: &str = "UPDATE intent SET created = ? WHERE key = ? AND created IS NULL";
    database.run(PUT, vec![created.into(), key.compact().into()])
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
            put_intent(database, &corrected)?;
            projection::put(database, corrected.projection(), now())?;
        }
    }
    Ok(())
}

fn name(key: &Reference) -> Vec<SqlStorageValue> {
    vec![key.compact().into()]
}
