//! What a saved card's Durable Object keeps in its database. The table is described in `STORAGE.md`.

use compago::flow::charge::Charge;
use compago::flow::listing::Listing;
use compago::flow::refund::Refund;
use compago::flow::saved_card::SavedCard;
use compago::json::FromJson;
use compago::value::{CardPaymentId, ChargeAmount, Reference, UnixMillis};

use crate::clock::now;
use crate::durable::database::{Database, Result, column};
use crate::durable::{Class, listing, read};
use crate::env::PAYMENT_METHODS;

/// The objects of saved cards.
pub(super) const CLASS: Class = Class {
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
    fn columns(self) -> [String; 2] {
        let (kind, key) = match self {
            Self::Card => ("card", String::new()),
            Self::Charge(key) => ("charge", key.compact()),
            Self::Refund(payment) => ("refund", payment.to_string()),
            Self::Form => ("form", String::new()),
            Self::Created => ("created", String::new()),
        };
        [kind.to_owned(), key]
    }

    fn of(row: &wasm_bindgen::JsValue) -> Result<Option<Self>> {
        let (kind, key) = (column(row, "kind")?.unwrap_or_default(), column(row, "key")?.unwrap_or_default());
        Ok(match kind.as_str() {
            "card" => Some(Self::Card),
            "charge" => key.parse().ok().map(Self::Charge),
            "refund" => key.parse().ok().map(Self::Refund),
            _ => None,
        })
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
    const PUT: &str = "INSERT INTO record VALUES (?, ?, ?, nullif(?, '')) \
         ON CONFLICT (kind, key) DO UPDATE SET json = excluded.json, wake_at = excluded.wake_at";
    let [kind, key] = record.name.columns();
    let wake_at = record.wake_at.map(|at| at.to_string()).unwrap_or_default();
    database.rows(PUT, Vec::from([kind, key, record.json.clone(), wake_at]))?;
    record.listing.iter().try_for_each(|listing| listing::put(database, listing.clone(), now()))
}

/// The text under a name.
pub(super) fn text(database: &Database, name: Name) -> Result<Option<String>> {
    database.text("SELECT json AS value FROM record WHERE kind = ? AND key = ?", Vec::from(name.columns()))
}

/// The record under a name.
pub(super) fn find<T: FromJson>(database: &Database, name: Name) -> Result<Option<T>> {
    text(database, name)?.map(|json| read(&json)).transpose()
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
        "SELECT json FROM record WHERE kind = 'charge' AND key != ? AND json ->> '$.stage.closed' IS NULL";
    charges(database, OPEN, but.compact())
}

/// All charges of this amount.
pub(super) fn charges_of(database: &Database, amount: ChargeAmount) -> Result<Vec<Charge>> {
    const ALIKE: &str = "SELECT json FROM record WHERE kind = 'charge' AND json ->> '$.terms.amount' = ?";
    charges(database, ALIKE, amount.to_string())
}

fn charges(database: &Database, sql: &str, value: String) -> Result<Vec<Charge>> {
    let rows = database.rows(sql, Vec::from([value]))?;
    rows.iter().map(|row| read(&column(&row, "json")?.unwrap_or_default())).collect()
}

/// Our own name for a payment of Compago's, if the charge was made here.
pub(super) fn reference(database: &Database, payment: CardPaymentId) -> Result<Option<Reference>> {
    const MADE: &str = "SELECT key AS value FROM record WHERE kind = 'charge' AND json ->> '$.id' = ?";
    Ok(database.text(MADE, Vec::from([payment.to_string()]))?.and_then(|key| key.parse().ok()))
}

fn list(database: &Database) -> Result<()> {
    const ALL: &str = "SELECT kind, json FROM record WHERE kind IN ('charge', 'refund')";
    for row in database.rows(ALL, Vec::new())?.iter() {
        let json = column(&row, "json")?.unwrap_or_default();
        let listing = match column(&row, "kind")?.as_deref() {
            Some("charge") => read::<Charge>(&json)?.listing(),
            _ => read::<Refund>(&json)?.listing(),
        };
        listing::put(database, listing, now())?;
    }
    Ok(())
}

/// What must be woken, what waits longest first.
pub(super) fn due(database: &Database, now: UnixMillis) -> Result<Vec<Name>> {
    const DUE: &str = "SELECT kind, key FROM record WHERE wake_at <= ? ORDER BY wake_at";
    let mut names = Vec::new();
    for row in database.rows(DUE, Vec::from([now.to_string()]))?.iter() {
        names.extend(Name::of(&row)?);
    }
    Ok(names)
}

fn wake_at(database: &Database) -> Result<Option<UnixMillis>> {
    database.moment("SELECT min(wake_at) AS value FROM record WHERE wake_at IS NOT NULL")
}
