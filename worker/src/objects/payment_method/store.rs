//! What a saved card's Durable Object keeps in its database. The table is described in `STORAGE.md`.

use compago::flow::charge::Charge;
use compago::flow::machine::{CALL_TIMEOUT, Machine};
use compago::flow::projection::Projection;
use compago::flow::record;
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
use compago::json;
use compago::value::{CardPaymentId, ChargeAmount, Reference, UnixMillis};
use serde::Deserialize;
use worker::SqlStorageValue;

use crate::config::PAYMENT_METHODS;
use crate::objects::database::{Database, Result};
use crate::objects::durable::projection::{PORTION, list_rows};
use crate::objects::durable::{ObjectClass, Size, projection};
use crate::objects::machine_object::with_corrected_times;
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
    size: Size::Many,
    projections,
    on_published,
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
    /// Returns the name as text.
    pub(super) fn text(self) -> String {
        let (kind, key) = self.parts();
        format!("{kind}/{key}")
    }

    fn columns(self) -> [SqlStorageValue; 2] {
        let (kind, key) = self.parts();
        [kind.into(), key.into()]
    }

    fn parts(self) -> (&'static str, String) {
        match self {
            Self::Card => ("card", String::new()),
            Self::Charge(key) => ("charge", key.compact()),
            Self::Refund(payment) => ("refund", payment.to_string()),
            Self::Form => ("form", String::new()),
            Self::Created => ("created", String::new()),
        }
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

/// Writes a machine, and when it must be woken.
///
/// That is in an index, so it is written only if it matters: a time that comes early does no harm while a call is in flight, and a
/// charge or refund that is over stays to be woken until it is published ([`on_published`]).
pub(super) fn put_machine(database: &Database, name: Name, machine: &impl Machine) -> Result<()> {
    const INSERT: &str = "INSERT INTO record VALUES (?, ?, ?, ?)";
    const UPDATE: &str = "UPDATE record SET json = ?3, wake_at = ?4 WHERE kind = ?1 AND key = ?2";
    const KEEP_TIME: &str = "UPDATE record SET json = ?3 WHERE kind = ?1 AND key = ?2";
    let ([kind, key], json) = (name.columns(), record::to_string(machine));
    let known: Option<WakeAt> =
        database.row("SELECT wake_at FROM record WHERE kind = ? AND key = ?", name.columns().into())?;
    let next_wake = machine.next_wake();
    let is_published = matches!(name, Name::Charge(_) | Name::Refund(_));
    let Some(WakeAt { wake_at }) = known else {
        // The call that follows the first one counts as lost sooner.
        let next_wake = match machine.in_flight() {
            Some(_) => next_wake.map(|at| at.min(now().plus(CALL_TIMEOUT))),
            None => next_wake,
        };
        let wake_at = next_wake.or(is_published.then(now)).map(|at| at.to_string());
        return database.run(INSERT, vec![kind, key, json.into(), wake_at.into()]);
    };
    let stored: Option<UnixMillis> = wake_at.and_then(|at| at.parse().ok());
    let stays = match (stored, next_wake) {
        (Some(stored), Some(next)) => stored == next || (machine.in_flight().is_some() && stored <= next),
        (Some(_), None) => is_published,
        (None, None) => !is_published,
        (None, Some(_)) => false,
    };
    if stays {
        return database.run(KEEP_TIME, vec![kind, key, json.into()]);
    }
    let wake_at = next_wake.or(is_published.then(now)).map(|at| at.to_string());
    database.run(UPDATE, vec![kind, key, json.into(), wake_at.into()])
}

/// When a machine is to be woken, as its row has it.
#[derive(Deserialize)]
struct WakeAt {
    wake_at: Option<String>,
}

/// Writes when a machine is to be woken.
pub(super) fn put_wake_at(database: &Database, name: Name, at: Option<UnixMillis>) -> Result<()> {
    let [kind, key] = name.columns();
    let at = at.map(|at| at.to_string());
    database.run("UPDATE record SET wake_at = ? WHERE kind = ? AND key = ?", vec![at.into(), kind, key])
}

/// Writes text that is not a machine.
pub(super) fn put_text(database: &Database, name: Name, json: &str) -> Result<()> {
    const PUT: &str =
        "INSERT INTO record VALUES (?, ?, ?, NULL) ON CONFLICT (kind, key) DO UPDATE SET json = excluded.json";
    let [kind, key] = name.columns();
    database.run(PUT, vec![kind, key, json.into()])
}

/// Returns the projections of the charges and refunds that are to be woken.
fn projections(database: &Database) -> Result<Vec<Projection>> {
    let followed = names(database, "SELECT kind, key FROM record WHERE wake_at IS NOT NULL", vec![])?;
    // One that cannot be read does not stop the others.
    Ok(followed.into_iter().filter_map(|name| projection_of(database, name).ok()?).collect())
}

fn projection_of(database: &Database, name: Name) -> Result<Option<Projection>> {
    Ok(match name {
        Name::Charge(_) => find::<Charge>(database, name)?.map(|charge| charge.projection()),
        Name::Refund(_) => find::<Refund>(database, name)?.map(|refund| refund.projection()),
        Name::Card | Name::Form | Name::Created => None,
    })
}

/// A charge or refund that is over need not be woken any more once it is published.
fn on_published(database: &Database, machines: &[String]) -> Result<()> {
    for name in machines.iter().filter_map(|machine| name_of(machine)) {
        let next_wake = match name {
            Name::Charge(_) => find::<Charge>(database, name)?.map(|charge| charge.next_wake()),
            Name::Refund(_) => find::<Refund>(database, name)?.map(|refund| refund.next_wake()),
            Name::Card | Name::Form | Name::Created => None,
        };
        if next_wake == Some(None) {
            put_wake_at(database, name, None)?;
        }
    }
    Ok(())
}

/// The name of a machine that is published under this one.
fn name_of(machine: &str) -> Option<Name> {
    machine.parse().map(Name::Charge).or_else(|_| machine.parse().map(Name::Refund)).ok()
}

/// The text under a name.
pub(super) fn text(database: &Database, name: Name) -> Result<Option<String>> {
    database.value("SELECT json AS value FROM record WHERE kind = ? AND key = ?", name.columns().into())
}

/// The record under a name.
pub(super) fn find<R: record::Record>(database: &Database, name: Name) -> Result<Option<R>> {
    text(database, name)?.map(|json| read_record(&json)).transpose()
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
pub(super) fn charge_of_payment(database: &Database, payment: CardPaymentId) -> Result<Option<Charge>> {
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
        let projection = match row.kind.as_str() {
            "charge" => read_record::<Charge>(&row.json)?.projection(),
            _ => read_record::<Refund>(&row.json)?.projection(),
        };
        projection::put_again(database, projection, now())
    };
    Ok(list_rows(&rows, |row| format!("{}/{}", row.kind, row.key), list))
}

fn correct_times(database: &Database) -> Result<()> {
    for name in names(database, "SELECT kind, key FROM record WHERE wake_at IS NOT NULL", vec![])? {
        let Some(json) = text(database, name)? else { continue };
        match name {
            Name::Card => correct::<SavedCard>(database, name, &json)?,
            Name::Charge(_) => correct::<Charge>(database, name, &json)?,
            Name::Refund(_) => correct::<Refund>(database, name, &json)?,
            Name::Form | Name::Created => {}
        }
    }
    Ok(())
}

/// Corrects a machine. One that cannot be read does not stop the others.
fn correct<M: Machine + Clone + PartialEq>(database: &Database, name: Name, json: &str) -> Result<()> {
    let Ok(machine) = read_record::<M>(json) else { return Ok(()) };
    let Some(corrected) = with_corrected_times(&machine) else { return Ok(()) };
    put_machine(database, name, &corrected)?;
    put_wake_at(database, name, Some(corrected.next_wake().unwrap_or_else(now)))
}

/// What must be woken, what waits longest first; the next alarm goes on with the rest.
pub(super) fn due(database: &Database, now: UnixMillis) -> Result<Vec<Name>> {
    const DUE: &str = "SELECT kind, key FROM record WHERE wake_at <= ? ORDER BY wake_at LIMIT 100";
    names(database, DUE, vec![now.to_string().into()])
}

fn names(database: &Database, sql: &str, values: Vec<SqlStorageValue>) -> Result<Vec<Name>> {
    Ok(database.rows(sql, values)?.iter().filter_map(NameRow::name).collect())
}

fn wake_at(database: &Database, but: &[String]) -> Result<Option<UnixMillis>> {
    const NEXT: &str = "SELECT min(wake_at) AS value FROM record WHERE wake_at IS NOT NULL \
         AND kind || '/' || key NOT IN (SELECT value FROM json_each(?))";
    database.moment_by(NEXT, vec![json::to_string(but).into()])
}
