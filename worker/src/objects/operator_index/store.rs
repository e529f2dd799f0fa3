//! The database of the operator's index. Every table is described in `STORAGE.md`.

use compago::flow::record::{self, Record};
use compago::value::UnixMillis;
use serde_json::json;

use crate::objects::database::{Database, Result};
use crate::objects::stored::read_or_discard;
use crate::runtime::log::{self, Level};

/// The name of the index in logs.
pub(super) const NAME: &str = "operator-index";

/// Its tables.
pub(super) const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS entry (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, home TEXT NOT NULL, version INTEGER NOT NULL,
        created_at TEXT NOT NULL, settled_at TEXT, needs TEXT, since TEXT, done_at TEXT, row TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS entry_created ON entry (kind, created_at);
    CREATE INDEX IF NOT EXISTS entry_settled ON entry (settled_at) WHERE settled_at IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entry_waiting ON entry (home, row ->> '$.nextAt')
        WHERE kind = 'webhook' AND row ->> '$.nextAt' IS NOT NULL;
    CREATE INDEX IF NOT EXISTS entry_needs ON entry (since) WHERE needs IS NOT NULL AND done_at IS NULL;
    CREATE INDEX IF NOT EXISTS entry_fulfilment ON entry (row ->> '$.fulfilment', settled_at)
        WHERE kind = 'order' AND row ->> '$.fulfilment' IS NOT NULL;
    CREATE TABLE IF NOT EXISTS name (name TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (name, id)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS term (
        value TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (value, key, id)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS attempt (
        payment_id TEXT PRIMARY KEY, id TEXT NOT NULL, external_id TEXT NOT NULL, end TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS watch (
        payment_id TEXT PRIMARY KEY, id TEXT NOT NULL, started_at TEXT NOT NULL, ends_at TEXT NOT NULL, hit TEXT
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS listed (
        id TEXT PRIMARY KEY, status TEXT NOT NULL, amount TEXT NOT NULL, currency TEXT NOT NULL,
        external_id TEXT NOT NULL, reference TEXT
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS suspect (payment_id TEXT PRIMARY KEY, order_id TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS finding (
        run TEXT NOT NULL, payment_id TEXT NOT NULL, class TEXT NOT NULL, needs INTEGER NOT NULL, json TEXT NOT NULL,
        PRIMARY KEY (run, payment_id)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS home (number INTEGER PRIMARY KEY, since TEXT NOT NULL, addresses TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS record (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
";

/// The kinds that are begun once: one that names another beginning was begun anew.
macro_rules! begun_once {
    () => {
        "('order', 'payment-intent', 'card-payment')"
    };
}

/// Projections, each with the field that is missing, if it cannot be read.
macro_rules! projections {
    () => {
        "(SELECT value, CASE WHEN json_type(value, '$.listing.createdAt') IS NOT 'text' THEN 'createdAt' \
         WHEN json_type(value, '$.listing.row') IS NOT 'object' THEN 'row' \
         WHEN EXISTS (SELECT 1 FROM json_each(published.value, '$.listing.attempts') AS attempt \
         WHERE attempt.value ->> '$.paymentId' IS NOT NULL \
         AND (attempt.value ->> '$.externalId') || (attempt.value ->> '$.end') IS NULL) THEN 'attempts' END AS missing \
         FROM json_each(?1) AS published)"
    };
}

/// Takes projections of an object, unless they are older than what is known. One that cannot be read does not stop the others: it
/// needs a person, and lists show it as it was before, if it was. So does what was begun anew under its old name: the object has
/// lost what it had stored, and the index is the last to know of it, see [`lost`].
pub(super) fn take(database: &Database, address: &str, listings: &str, now: UnixMillis) -> Result<()> {
    const UNREADABLE: &str = concat!(
        "SELECT value ->> '$.id' || ' ' || missing AS value FROM ",
        projections!(),
        " WHERE missing IS NOT NULL"
    );
    const ENTRIES: &str = concat!(
        "INSERT INTO entry SELECT value ->> '$.id', \
         substr(value ->> '$.id', 1, instr(value ->> '$.id', '/') - 1), ?2, value ->> '$.version', \
         coalesce(value ->> '$.listing.createdAt', ?3), value ->> '$.listing.settledAt', \
         CASE WHEN missing IS NULL THEN value ->> '$.listing.needs' ELSE 'unreadable' END, ?3, NULL, \
         CASE WHEN missing IS NULL THEN value -> '$.listing.row' ELSE '{}' END FROM ",
        projections!(),
        " WHERE true ON CONFLICT (id) DO UPDATE SET home = excluded.home, version = excluded.version, \
         created_at = CASE excluded.row WHEN '{}' THEN entry.created_at ELSE excluded.created_at END, \
         settled_at = CASE excluded.row WHEN '{}' THEN entry.settled_at ELSE excluded.settled_at END, \
         needs = excluded.needs, row = CASE excluded.row WHEN '{}' THEN entry.row ELSE excluded.row END, \
         since = CASE WHEN entry.needs IS excluded.needs THEN entry.since ELSE excluded.since END, \
         done_at = CASE WHEN entry.needs IS excluded.needs THEN entry.done_at END \
         WHERE (excluded.version > entry.version OR excluded.home != entry.home) AND NOT (entry.created_at != excluded.created_at \
         AND entry.kind IN ",
        begun_once!(),
        " AND entry.row != '{}' AND excluded.row != '{}')"
    );
    // What is not set is not written to its indexes: most projections change the row alone, or when it was settled.
    macro_rules! update {
        ($columns:literal, $settled:literal) => {
            concat!(
                "UPDATE entry SET version = published.version, row = published.row",
                $columns,
                " FROM (SELECT value ->> '$.id' AS id, value ->> '$.version' AS version, \
                 value ->> '$.listing.createdAt' AS created_at, value ->> '$.listing.settledAt' AS settled_at, \
                 value ->> '$.listing.needs' AS needs, value -> '$.listing.row' AS row FROM ",
                projections!(),
                " WHERE missing IS NULL) AS published WHERE entry.id = published.id AND entry.home = ?2 \
                 AND published.version > entry.version AND entry.row != '{}' AND entry.created_at = published.created_at \
                 AND entry.needs IS published.needs AND entry.settled_at ",
                $settled,
                " published.settled_at"
            )
        };
    }
    const ROWS: &str = update!("", "IS");
    const SETTLED: &str = update!(", settled_at = published.settled_at", "IS NOT");
    // A cross join has SQLite read the entries of these projections alone, not first every entry of these kinds.
    const LOST: &str = concat!(
        "SELECT json_group_array(entry.id) AS value FROM ",
        projections!(),
        " CROSS JOIN entry ON entry.id = value ->> '$.id' WHERE missing IS NULL AND entry.row != '{}' \
         AND entry.created_at != value ->> '$.listing.createdAt' AND entry.kind IN ",
        begun_once!()
    );
    // An order is found by its id, which begins its external ids, and by the payments of its attempts.
    const NAMES: &str = "INSERT OR IGNORE INTO name SELECT named.value, published.id FROM (SELECT value, value ->> '$.id' AS id, \
         lower(substr(value ->> '$.id', instr(value ->> '$.id', '/') + 1)) || '-' AS own FROM json_each(?1)) AS published, \
         json_each(published.value, '$.listing.names') AS named WHERE substr(named.value, 1, length(own)) != own \
         AND NOT EXISTS (SELECT 1 FROM json_each(published.value, '$.listing.attempts') AS attempt \
         WHERE attempt.value ->> '$.paymentId' = named.value)";
    const TERMS: &str = "INSERT OR IGNORE INTO term SELECT term.value ->> 1, term.value ->> 0, published.value ->> '$.id' \
         FROM json_each(?1) AS published, json_each(published.value, '$.listing.terms') AS term";
    const ATTEMPTS: &str = "INSERT INTO attempt \
         SELECT attempt.value ->> '$.paymentId', entry.id, attempt.value ->> '$.externalId', attempt.value ->> '$.end' FROM json_each(?1) AS published \
         CROSS JOIN entry ON entry.id = published.value ->> '$.id' AND entry.version = published.value ->> '$.version', \
         json_each(published.value, '$.listing.attempts') AS attempt \
         WHERE attempt.value ->> '$.paymentId' IS NOT NULL AND entry.needs IS NOT 'unreadable' \
         ON CONFLICT (payment_id) DO UPDATE SET id = excluded.id, end = excluded.end \
         WHERE id != excluded.id OR end != excluded.end";
    for projection in database.values::<String>(UNREADABLE, vec![listings.into()])? {
        log::write(Level::Error, "projection-unreadable", json!({ "projection": projection }));
    }
    let anew: Vec<String> = database.json(LOST, vec![listings.into()])?.unwrap_or_default();
    for id in anew {
        lost(database, Lost::Id(&id), now)?;
    }
    database.run(ROWS, vec![listings.into(), address.into()])?;
    database.run(SETTLED, vec![listings.into(), address.into()])?;
    database.run(ENTRIES, vec![listings.into(), address.into(), now.to_string().into()])?;
    database.run(NAMES, vec![listings.into()])?;
    database.run(TERMS, vec![listings.into()])?;
    database.run(ATTEMPTS, vec![listings.into()])
}

/// Returns whether the object at this address has published the first of these projections before.
pub(super) fn knows(database: &Database, address: &str, listings: &str) -> Result<bool> {
    const KNOWN: &str = "SELECT entry.id AS value FROM (SELECT value ->> '$.id' AS id FROM json_each(?1) LIMIT 1) AS first \
         JOIN entry ON entry.id = first.id WHERE entry.home = ?2";
    Ok(database.value::<String>(KNOWN, vec![listings.into(), address.into()])?.is_some())
}

/// What has lost its storage.
pub(super) enum Lost<'a> {
    /// What is listed under this id.
    Id(&'a str),
    /// Everything that the object at this address has published.
    Object(&'a str),
}

/// An order or a charge is no longer where it was stored. The index keeps what it knew, so that the money is still counted and
/// compared with Compago's list, and a person must look.
pub(super) fn lost(database: &Database, lost: Lost<'_>, now: UnixMillis) -> Result<()> {
    macro_rules! update {
        ($column:literal) => {
            concat!(
                "UPDATE entry SET needs = 'storage-lost', since = ?2, done_at = NULL, \
                 row = json_set(row, '$.onHold', 'storage-lost') WHERE needs IS NOT 'storage-lost' AND row != '{}' AND ",
                $column,
                " = ?1 AND kind IN ",
                begun_once!()
            )
        };
    }
    let (sql, value) = match lost {
        Lost::Id(id) => (update!("id"), id),
        Lost::Object(address) => (update!("home"), address),
    };
    database.run(sql, vec![value.into(), now.to_string().into()])
}

/// Returns the addresses behind `after` of objects with webhooks that have been due since before `due_at`, at most so many.
pub(super) fn addresses_of_overdue(
    database: &Database,
    due_at: UnixMillis,
    after: &str,
    count: usize,
) -> Result<Vec<String>> {
    const ADDRESSES: &str = "SELECT json_group_array(home) AS value FROM (SELECT DISTINCT home FROM entry \
         WHERE kind = 'webhook' AND row ->> '$.nextAt' IS NOT NULL AND row ->> '$.nextAt' <= ?1 AND home > ?2 \
         ORDER BY home LIMIT ?3)";
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    let values = vec![due_at.to_string().into(), after.into(), count.into()];
    Ok(database.json(ADDRESSES, values)?.unwrap_or_default())
}

/// Returns the address of the object that published an entry.
pub(super) fn address(database: &Database, id: &str) -> Result<Option<String>> {
    database.value("SELECT home AS value FROM entry WHERE id = ?", vec![id.into()])
}

/// The order that has this name.
pub(super) fn named(database: &Database, name: &str) -> Result<Option<String>> {
    const NAMED: &str = "SELECT id AS value FROM attempt WHERE payment_id = ?1 \
         UNION SELECT id FROM name WHERE name = ?1 AND id >= 'order/' AND id < 'order0'";
    database.value(NAMED, vec![name.into()])
}

/// Records that a person has dealt with it. Returns whether there was anything to deal with.
pub(super) fn put_done(database: &Database, id: &str, now: UnixMillis) -> Result<bool> {
    const DONE: &str = "UPDATE entry SET done_at = ? WHERE id = ? AND needs IS NOT NULL RETURNING id AS value";
    Ok(database.value::<String>(DONE, vec![now.to_string().into(), id.into()])?.is_some())
}

/// How many entries there are.
pub(super) fn entries(database: &Database) -> Result<u64> {
    Ok(database.value("SELECT count(*) AS value FROM entry", vec![])?.unwrap_or_default())
}

/// A record; none if it cannot be read: all of them can be begun anew.
pub(super) fn record<R: Record>(database: &Database, name: &str) -> Result<Option<R>> {
    Ok(text(database, name)?.and_then(|text| read_or_discard(&text, NAME, name)))
}

/// Writes a record.
pub(super) fn put_record(database: &Database, name: &str, record: &impl Record) -> Result<()> {
    put_text(database, name, record::to_string(record))
}

/// The text of a record.
pub(super) fn text(database: &Database, name: &str) -> Result<Option<String>> {
    database.value("SELECT json AS value FROM record WHERE name = ?", vec![name.into()])
}

/// Writes the text of a record.
pub(super) fn put_text(database: &Database, name: &str, text: String) -> Result<()> {
    database.run("INSERT OR REPLACE INTO record VALUES (?, ?)", vec![name.into(), text.into()])
}
