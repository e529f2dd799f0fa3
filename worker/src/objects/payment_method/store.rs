//! What a saved card's Durable Object keeps in its database. The table is described in `STORAGE.md`.

use compago::flow::charge::Charge;
use compago::flow::listing::Listing;
use compago::flow::machine::Machine as _;
use compago::flow::record;
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
use compago::value::{CardPaymentId, ChargeAmount, Reference, UnixMillis};
use serde::Deserialize;
use worker::SqlStorageValue;

use crate::config::PAYMENT_METHODS;
use crate::objects::database::{Database, Result};
use crate::objects::durable::projection::{PORTION, list_rows};
use crate::objects::durable::{ObjectClass, projection};
use crate::objects::stored::read_record;
use crate::runtime::clock::now;

/// The objects of saved cards.
pub(super) const CLASS: ObjectClass = ObjectClass {
    name: "payment-method",
    binding: PAYMENT_METHODS,
    schema: "
        CREATE TABLE IF NOT EXISTS record (
            kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, wake_at TEXT, PRIMARY KEY (kind, key)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS record_wake_at ON record (wake_at) WHERE wake_at IS NOT NULL;
    ",
    wake_at,
    list,
    correct_times,
};

/// The name of a record.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name {
    /// The card.
    Card,
    /// A charge, by the name that follows from its key.
    Charge(Reference),
    /// The refund of a charge.
    Refund(CardPaymentId),
    /// The payer's form.
    Form,
    /// The answer to the request that saved the card.
    Created,
}

impl Name {
    fn columns(self) -> [SqlStorageValue; 2] {
        let (kind, key) = match self {
            Self::Card => ("card", String::new()),
            Self::Charge(key) => ("charge", key.compact()),
            Self::Refund(payment) => ("refund", payment.to_string()),
            Self::Form => ("form", String::new()),
            Self::Created => ("created", String::new()),
        };
        [kind.into(), key.into()]
    }
}

/// The name of a machine's record, as a row has it.
#[derive(Deserialize)]
struct NameRow {
    kind: String,
    key: String,
}

impl NameRow {
    fn name(&self) -> Option<Name> {
        match self.kind.as_str() {
            "card" => Some(Name::Card),
            "charge" => self.key.parse().ok().map(Name::Charge),
            "refund" => self.key.parse().ok().map(Name::Refund),
            _ => None,
        }
    }
}

/// What is to be written under a name.
pub(super) struct Record {
    pub(super) name: Name,
    pub(super) json: String,
    /// When the machine must be woken.
    pub(super) wake_at: Option<UnixMillis>,
    /// What the desk is told of it.
    pub(super) listing: Option<Listing>,
}

/// Writes a record.
pub(super) fn put(database: &Database, record: &Record) -> Result<()> {
    const PUT: &str = "INSERT INTO record VALUES (?, ?, ?, ?) \
         ON CONFLICT (kind, key) DO UPDATE SET json = excluded.json, wake_at = excluded.wake_at";
    let [kind, key] = record.name.columns();
    let wake_at = record.wake_at.map(|at| at.to_string());
    database.run(PUT, vec![kind, key, record.json.as_str().into(), wake_at.into()])?;
    record.listing.iter().try_for_each(|listing| projection::put(database, listing.clone(), now()))
}

/// Whether the machine that is written under the record's name is the same as the record's. One of an older version is.
pub(super) fn is_unchanged(database: &Database, record: &Record) -> Result<bool> {
    let Some(stored) = text(database, record.name)? else { return Ok(false) };
    match record.name {
        Name::Card => is_same::<SavedCard>(&stored, &record.json),
        Name::Charge(_) => is_same::<Charge>(&stored, &record.json),
        Name::Refund(_) => is_same::<Refund>(&stored, &record.json),
        Name::Form | Name::Created => Ok(stored == record.json),
    }
}

fn is_same<R: record::Record + PartialEq>(stored: &str, json: &str) -> Result<bool> {
    Ok(stored == json || read_record::<R>(stored)? == read_record::<R>(json)?)
}

/// The text under a name.
pub(super) fn text(database: &Database, name: Name) -> Result<Option<String>> {
    database.value("SELECT json AS value FROM record WHERE kind = ? AND key = ?", name.columns().into())
}

/// The record under a name.
pub(super) fn find<R: record::Record>(database: &Database, name: Name) -> Result<Option<R>> {
    text(database, name)?.map(|json| read_record(&json)).transpose()
}

/// The card.
pub(super) fn card(database: &Database) -> Result<Option<SavedCard>> {
    find(database, Name::Card)
}

/// A charge.
pub(super) fn charge(database: &Database, key: Reference) -> Result<Option<Charge>> {
    find(database, Name::Charge(key))
}

/// The refund of a charge.
pub(super) fn refund(database: &Database, payment: CardPaymentId) -> Result<Option<Refund>> {
    find(database, Name::Refund(payment))
}

/// The charges that are not over, but for the one of this name.
pub(super) fn open_charges(database: &Database, but: Reference) -> Result<Vec<Charge>> {
    const OPEN: &str =
        "SELECT json AS value FROM record WHERE kind = 'charge' AND key != ? AND json ->> '$.stage.closed' IS NULL";
    charges(database, OPEN, but.compact())
}

/// All charges of this amount.
pub(super) fn charges_of(database: &Database, amount: ChargeAmount) -> Result<Vec<Charge>> {
    const ALIKE: &str = "SELECT json AS value FROM record WHERE kind = 'charge' AND json ->> '$.terms.amount' = ?";
    charges(database, ALIKE, amount.to_string())
}

fn charges(database: &Database, sql: &str, value: String) -> Result<Vec<Charge>> {
    database.values::<String>(sql, vec![value.into()])?.iter().map(|json| read_record(json)).collect()
}

/// The charge that made a payment of Compago's, if it was made here.
pub(super) fn result(database: &Database, payment: CardPaymentId) -> Result<Option<Charge>> {
    const MADE: &str = "SELECT json AS value FROM record WHERE kind = 'charge' AND json ->> '$.id' = ?";
    database.record(MADE, vec![payment.to_string().into()])
}

fn list(database: &Database, after: &str) -> Result<Option<String>> {
    const SOME: &str = "SELECT kind, key, json FROM record WHERE kind IN ('charge', 'refund') AND (kind, key) > (?, ?) \
         ORDER BY kind, key LIMIT ?";
    #[derive(Deserialize)]
    struct Row {
        kind: String,
        key: String,
        json: String,
    }
    let (kind, key) = after.split_once('/').unwrap_or_default();
    let rows: Vec<Row> = database.rows(SOME, vec![kind.into(), key.into(), PORTION.into()])?;
    let list = |row: &Row| {
        let listing = match row.kind.as_str() {
            "charge" => read_record::<Charge>(&row.json)?.listing(),
            _ => read_record::<Refund>(&row.json)?.listing(),
        };
        projection::put_again(database, listing, now())
    };
    Ok(list_rows(&rows, |row| format!("{}/{}", row.kind, row.key), list))
}

fn correct_times(database: &Database) -> Result<()> {
    for name in names(database, "SELECT kind, key FROM record WHERE wake_at IS NOT NULL", vec![])? {
        let Some(json) = text(database, name)? else { continue };
        // One that cannot be read keeps up no other.
        let corrected = match name {
            Name::Card => corrected(&json, |card: &mut SavedCard| {
                card.correct_times(now());
                card.next_wake()
            }),
            Name::Charge(_) => corrected(&json, |charge: &mut Charge| {
                charge.correct_times(now());
                charge.next_wake()
            }),
            Name::Refund(_) => corrected(&json, |refund: &mut Refund| {
                refund.correct_times(now());
                refund.next_wake()
            }),
            Name::Form | Name::Created => None,
        };
        if let Some((json, wake_at)) = corrected {
            put(database, &Record { name, json, wake_at, listing: None })?;
        }
    }
    Ok(())
}

/// Returns a machine's record, and when the machine must be woken, if `correct` changes it. `None` also if it cannot be read.
fn corrected<R: record::Record + Clone + PartialEq>(
    json: &str,
    correct: impl FnOnce(&mut R) -> Option<UnixMillis>,
) -> Option<(String, Option<UnixMillis>)> {
    let stored: R = read_record(json).ok()?;
    let mut machine = stored.clone();
    let wake_at = correct(&mut machine);
    (machine != stored).then(|| (record::to_string(&machine), wake_at))
}

/// What must be woken, what waits longest first; the next alarm goes on with the rest.
pub(super) fn due(database: &Database, now: UnixMillis) -> Result<Vec<Name>> {
    const DUE: &str = "SELECT kind, key FROM record WHERE wake_at <= ? ORDER BY wake_at LIMIT 100";
    names(database, DUE, vec![now.to_string().into()])
}

fn names(database: &Database, sql: &str, values: Vec<SqlStorageValue>) -> Result<Vec<Name>> {
    Ok(database.rows(sql, values)?.iter().filter_map(NameRow::name).collect())
}

fn wake_at(database: &Database) -> Result<Option<UnixMillis>> {
    database.moment("SELECT min(wake_at) AS value FROM record WHERE wake_at IS NOT NULL")
}
