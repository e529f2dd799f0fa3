//! What a terminal's Durable Object keeps in its database. Every table is described in `STORAGE.md`.

use compago::flow::intent::Intent;
use compago::json;
use compago::value::{Reference, UnixMillis};

use crate::clock::now;
use crate::durable::database::{Database, Result, column};
use crate::durable::relist::{PORTION, list_rows};
use crate::durable::{Class, listing, read};
use crate::env::TERMINALS;

/// The objects of terminals.
pub(super) const CLASS: Class = Class {
    name: "terminal",
    binding: TERMINALS,
    schema: "
        CREATE TABLE IF NOT EXISTS intent (
            number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, json TEXT NOT NULL, wake_at TEXT, created TEXT
        );
        CREATE INDEX IF NOT EXISTS intent_wake_at ON intent (wake_at) WHERE wake_at IS NOT NULL;
        CREATE TABLE IF NOT EXISTS claim (key TEXT PRIMARY KEY, displacing TEXT NOT NULL) WITHOUT ROWID;
    ",
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
    database.record(LATEST, Vec::new())
}

/// The charges that must be woken, those that wait longest first; the next alarm goes on with the rest.
pub(super) fn due(database: &Database, now: UnixMillis) -> Result<Vec<Reference>> {
    const DUE: &str = "SELECT key FROM intent WHERE wake_at <= ? ORDER BY wake_at LIMIT 100";
    let rows = database.rows(DUE, Vec::from([now.to_string()]))?;
    let mut keys = Vec::new();
    for row in rows.iter() {
        keys.extend(column(&row, "key")?.and_then(|key| key.parse::<Reference>().ok()));
    }
    Ok(keys)
}

/// The first answer to a request that made a charge, as JSON.
pub(super) fn created(database: &Database, key: &Reference) -> Result<Option<String>> {
    database.text("SELECT created AS value FROM intent WHERE key = ?", name(key))
}

/// The charge that the claim of this name has begun to displace.
pub(super) fn displacing(database: &Database, key: &Reference) -> Result<Option<Reference>> {
    let displacing = database.text("SELECT displacing AS value FROM claim WHERE key = ?", name(key))?;
    displacing.map(|key| key.parse().map_err(|_| "a claim displaces no charge".into())).transpose()
}

/// Writes a charge after a step.
pub(super) fn put_intent(database: &Database, intent: &Intent) -> Result<()> {
    const PUT: &str = "INSERT INTO intent (key, json, wake_at) VALUES (?, ?, nullif(?, '')) \
         ON CONFLICT (key) DO UPDATE SET json = excluded.json, wake_at = excluded.wake_at";
    let wake_at = intent.wake_at().map(|at| at.to_string()).unwrap_or_default();
    database.rows(PUT, Vec::from([intent.terms().key.compact(), json::to_string(intent), wake_at]))?;
    listing::put(database, intent.listing(), now())
}

/// Writes the answer to the request that made a charge. The first one stays.
pub(super) fn put_created(database: &Database, key: &Reference, created: &str) -> Result<()> {
    const PUT: &str = "UPDATE intent SET created = ? WHERE key = ? AND created IS NULL";
    database.rows(PUT, Vec::from([created.to_owned(), key.compact()]))?;
    Ok(())
}

/// Writes which charge a claim displaces. The first one stays.
pub(super) fn put_claim(database: &Database, key: &Reference, displacing: &Reference) -> Result<()> {
    const PUT: &str = "INSERT INTO claim VALUES (?, ?) ON CONFLICT (key) DO NOTHING";
    database.rows(PUT, Vec::from([key.compact(), displacing.compact()]))?;
    Ok(())
}

fn wake_at(database: &Database) -> Result<Option<UnixMillis>> {
    database.moment("SELECT min(wake_at) AS value FROM intent WHERE wake_at IS NOT NULL")
}

fn list(database: &Database, after: &str) -> Result<Option<String>> {
    let sql = format!(
        "SELECT CAST(number AS TEXT) AS at, json FROM intent WHERE number > CAST(? AS INTEGER) ORDER BY number LIMIT {PORTION}"
    );
    let rows = database.rows(&sql, Vec::from([after.to_owned()]))?;
    list_rows(&rows, "at", |row| {
        let intent: Intent = read(&column(row, "json")?.unwrap_or_default())?;
        listing::owe(database, intent.listing(), now())
    })
}

fn correct_times(database: &Database) -> Result<()> {
    const FOLLOWED: &str = "SELECT json FROM intent WHERE wake_at IS NOT NULL";
    for row in database.rows(FOLLOWED, Vec::new())?.iter() {
        // One that cannot be read keeps up no other.
        let Ok(intent) = read::<Intent>(&column(&row, "json")?.unwrap_or_default()) else { continue };
        let mut corrected = intent.clone();
        corrected.correct_times(now());
        if corrected != intent {
            put_intent(database, &corrected)?;
        }
    }
    Ok(())
}

fn name(key: &Reference) -> Vec<String> {
    Vec::from([key.compact()])
}
